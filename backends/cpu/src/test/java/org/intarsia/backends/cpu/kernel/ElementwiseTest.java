package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseTest {

    private static final double ULP = 0x1p-23;
    private static final double SCALE = Math.sqrt(2 / Math.PI);

    /// A function of three numbers in double precision.
    interface Definition {

        double of(double x, double y, double z);
    }

    /// A function, its definition and how far it may be off, as in [Memory#close].
    record Case(String name, Elementwise.Function function, Definition definition, double bound) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(new Case("negate", Elementwise::negate, (x, _, _) -> -x, 0),
                new Case("exp", Elementwise::exp, (x, _, _) -> Math.exp(x), 2 * ULP),
                new Case("log", Elementwise::log, (x, _, _) -> Math.log(x), 2 * ULP),
                new Case("sqrt", Elementwise::sqrt, (x, _, _) -> Math.sqrt(x), ULP),
                new Case("reciprocal", Elementwise::reciprocal, (x, _, _) -> 1 / x, ULP),
                new Case("tanh", Elementwise::tanh, (x, _, _) -> Math.tanh(x), 4 * ULP),
                new Case("abs", Elementwise::abs, (x, _, _) -> Math.abs(x), 0),
                new Case("floor", Elementwise::floor, (x, _, _) -> Math.floor(x), 0),
                new Case("truncate", Elementwise::truncate, (x, _, _) -> Double.isNaN(x) ? 0 : (int) x, 0),
                new Case("truth", Elementwise::truth, (x, _, _) -> x == 0 ? 0 : 1, 0),
                new Case("copy", Elementwise::copy, (x, _, _) -> x, 0),
                new Case("add", Elementwise::add, (x, y, _) -> x + y, ULP),
                new Case("subtract", Elementwise::subtract, (x, y, _) -> x - y, ULP),
                new Case("multiply", Elementwise::multiply, (x, y, _) -> x * y, ULP),
                new Case("divide", Elementwise::divide, (x, y, _) -> x / y, ULP),
                new Case("maximum", Elementwise::maximum, (x, y, _) -> Math.max(x, y), 0),
                new Case("minimum", Elementwise::minimum, (x, y, _) -> Math.min(x, y), 0),
                new Case("less", Elementwise::less, (x, y, _) -> x < y ? 1 : 0, 0),
                new Case("less or equal", Elementwise::lessOrEqual, (x, y, _) -> x <= y ? 1 : 0, 0),
                new Case("equal", Elementwise::equal, (x, y, _) -> x == y ? 1 : 0, 0),
                new Case("multiply, add", Elementwise::multiplyAdd, Math::fma, ULP),
                new Case("multiply, subtract", Elementwise::multiplySubtract, (x, y, z) -> Math.fma(-x, y, z), ULP),
                new Case("select", Elementwise::select, (x, y, z) -> x == 0 ? z : y, 0),
                new Case("gelu", Elementwise::gelu, (x, _, _) -> gelu(x), 8 * ULP),
                new Case("gelu gradient", Elementwise::geluGradient, (x, y, _) -> y * geluSlope(x), 16 * ULP));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyElementIsTheFunctionOfItsOperandsAndNothingElseIsWritten(Case tested) {
        for (int n : Memory.LENGTHS) {
            check(tested, n, i -> Memory.number(1, (int) i), "numbers");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void specialNumbersAreAsInDoublePrecision(Case tested) {
        double[] special =
                {0, -0.0, 1, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 2.5, -2.5, 3};
        boolean smooth = !tested.name.startsWith("gelu");
        for (int n : Memory.LENGTHS) {
            check(tested, n, i -> {
                double x = special[(int) i % special.length];
                return smooth || Double.isFinite(x) ? x : 0;
            }, "special numbers");
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCheckSeesOneWrongElement(Case tested) {
        for (int n : List.of(1, 17, 257)) {
            Elementwise.Function last = (x, xAt, y, yAt, z, zAt, out, outAt, count) -> {
                tested.function.apply(x, xAt, y, yAt, z, zAt, out, outAt, count);
                out[outAt + count - 1] += 1;
            };
            Elementwise.Function beyond = (x, xAt, y, yAt, z, zAt, out, outAt, count) -> {
                tested.function.apply(x, xAt, y, yAt, z, zAt, out, outAt, count);
                out[outAt + count] = 0;
            };
            for (Elementwise.Function broken : List.of(last, beyond)) {
                Case twin = new Case(tested.name, broken, tested.definition, tested.bound);
                assertThat(Stream.of(twin)).allSatisfy(t -> org.assertj.core.api.Assertions
                        .assertThatThrownBy(() -> check(t, n, i -> 0.5 + i % 3, "numbers"))
                        .isInstanceOf(AssertionError.class).hasMessageStartingWith(tested.name));
            }
        }
    }

    /// Two operands that are one array, and a result that replaces an operand, as sums over rows use them.
    @Test
    void aResultMayReplaceItsOperand() {
        for (int n : Memory.LENGTHS) {
            float[] sums = new float[n];
            float[] largest = new float[n];
            float[] x = new float[n];
            for (int i = 0; i < n; i++) {
                x[i] = (float) Memory.number(2, i);
            }
            Elementwise.add(sums, 0, x, 0, x, 0, sums, 0, n);
            Elementwise.add(sums, 0, x, 0, x, 0, sums, 0, n);
            Elementwise.maximum(largest, 0, x, 0, x, 0, largest, 0, n);
            for (int i = 0; i < n; i++) {
                assertThat(sums[i]).isEqualTo(2 * x[i]);
                assertThat(largest[i]).isEqualTo(Math.max(0, x[i]));
            }
        }
    }

    private static void check(Case tested, int n, DoubleUnaryOperator first, String what) {
        float sentinel = Float.intBitsToFloat(0x7fc5a5a5);
        int before = 5;
        float[][] arrays = new float[4][before + n + 40];
        for (float[] array : arrays) {
            Arrays.fill(array, sentinel);
        }
        for (int i = 0; i < n; i++) {
            arrays[0][before + i] = (float) first.applyAsDouble(i);
            arrays[1][before + i] = i % 5 == 0 ? arrays[0][before + i] : (float) Memory.number(3, i);
            arrays[2][before + i] = (float) Memory.number(4, i);
        }
        float[] out = arrays[3];
        tested.function.apply(arrays[0], before, arrays[1], before, arrays[2], before, out, before, n);
        double[] actual = new double[n];
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            actual[i] = out[before + i];
            expected[i] =
                    (float) tested.definition.of(arrays[0][before + i], arrays[1][before + i], arrays[2][before + i]);
        }
        Memory.close(tested.name + " of " + n + " " + what, actual, expected, tested.bound);
        for (int i = 0; i < out.length; i++) {
            if ((i < before || i >= before + n)
                    && Float.floatToRawIntBits(out[i]) != Float.floatToRawIntBits(sentinel)) {
                throw new AssertionError(tested.name + " of " + n + " wrote " + out[i] + " at " + (i - before));
            }
        }
    }

    private static double gelu(double x) {
        return 0.5 * x * (1 + Math.tanh(SCALE * (x + 0.044715 * x * x * x)));
    }

    private static double geluSlope(double x) {
        double t = Math.tanh(SCALE * (x + 0.044715 * x * x * x));
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * SCALE * (1 + 3 * 0.044715 * x * x);
    }
}
