package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class FunctionsTest {

    private static final double LEAST = 0x1p-125;

    @Test
    void expIsWithinTwoUnitsInTheLastPlace() {
        assertThat(worst(Functions::exp, StrictMath::exp)).isLessThan(2);
    }

    @Test
    void aTermOfASoftmaxIsExpBitForBitOrTooSmallToCount() {
        for (float x = -110; x <= 0; x += 0.0137f) {
            float e = of(Functions::exp, x);
            assertThat(of(Functions::softmaxTerm, x)).as("e to the " + x).isEqualTo(e < 0x1p-64f ? 0 : e);
        }
        for (float x : new float[] {0, -0.0f, -1e30f, Float.NEGATIVE_INFINITY}) {
            assertThat(of(Functions::softmaxTerm, x)).as("e to the " + x).isEqualTo(of(Functions::exp, x));
        }
        assertThat(of(Functions::softmaxTerm, Float.NaN)).isNaN();
    }

    @Test
    void powersOfTwoAreWithinTwoUnitsInTheLastPlace() {
        assertThat(worst(Functions::exp2, x -> x > 127.5 ? Double.POSITIVE_INFINITY : Math.pow(2, Math.max(-126, x))))
                .isLessThan(2);
        assertThat(of(Functions::exp2, 0)).isEqualTo(1);
        assertThat(of(Functions::exp2, 10)).isEqualTo(1024);
        assertThat(of(Functions::exp2, 128)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(of(Functions::exp2, Float.NEGATIVE_INFINITY)).isEqualTo(0x1p-126f);
        assertThat(of(Functions::exp2, Float.NaN)).isNaN();
    }

    @Test
    void logIsWithinTwoUnitsInTheLastPlace() {
        assertThat(worst(Functions::log, StrictMath::log)).isLessThan(2);
    }

    @Test
    void tanhIsWithinFourUnitsInTheLastPlace() {
        assertThat(worst(Functions::tanh, StrictMath::tanh)).isLessThan(4);
    }

    @Test
    void theMeasureSeesAnError() {
        assertThat(worst(x -> Functions.exp(x).mul(1 + 0x1p-20f), StrictMath::exp)).isGreaterThan(4);
    }

    @Test
    void expOfNothingLikelyIsExactlyZero() {
        assertThat(of(Functions::exp, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(of(Functions::exp, -1e30f)).isZero();
        assertThat(of(Functions::exp, -104)).isZero();
    }

    @Test
    void ends() {
        assertThat(of(Functions::exp, 0)).isEqualTo(1);
        assertThat(of(Functions::exp, 89)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(of(Functions::exp, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(of(Functions::exp, Float.NaN)).isNaN();
        assertThat(of(Functions::log, 1)).isZero();
        assertThat(of(Functions::log, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(of(Functions::log, -0.0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(of(Functions::log, -1)).isNaN();
        assertThat(of(Functions::log, Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(of(Functions::log, Float.MIN_VALUE)).isEqualTo((float) Math.log(Float.MIN_VALUE));
        assertThat(of(Functions::log, Float.NaN)).isNaN();
        assertThat(of(Functions::tanh, Float.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(of(Functions::tanh, Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(of(Functions::tanh, -0.0f)).isEqualTo(-0.0f);
        assertThat(of(Functions::tanh, Float.NaN)).isNaN();
    }

    private static float of(UnaryOperator<FloatVector> function, float x) {
        return function.apply(FloatVector.broadcast(Vectors.SPECIES, x)).lane(0);
    }

    /// Returns the largest error in units in the last place, over numbers of every magnitude; subnormal results may be 0.
    private static double worst(UnaryOperator<FloatVector> function, DoubleUnaryOperator definition) {
        double worst = 0;
        float[] x = new float[Vectors.LENGTH];
        float[] y = new float[Vectors.LENGTH];
        int step = 40_009;
        for (long bits = 0; bits < 1L << 32; bits += (long) step * Vectors.LENGTH) {
            for (int i = 0; i < x.length; i++) {
                x[i] = Float.intBitsToFloat((int) (bits + (long) i * step));
            }
            function.apply(FloatVector.fromArray(Vectors.SPECIES, x, 0)).intoArray(y, 0);
            for (int i = 0; i < x.length; i++) {
                double expected = definition.applyAsDouble(x[i]);
                float rounded = (float) expected;
                boolean flushed = Math.abs(expected) < LEAST && y[i] == 0;
                boolean same = Float.compare(rounded, y[i]) == 0 || rounded == y[i] || flushed;
                double error = Math.abs(y[i] - expected) / Math.ulp(rounded);
                worst = same ? worst : Math.max(worst, Double.isNaN(error) ? Double.MAX_VALUE : error);
            }
        }
        return worst;
    }
}
