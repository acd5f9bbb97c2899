package org.intarsia.backends.cpu.kernel;

import static jdk.incubator.vector.FloatVector.broadcast;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Exponential, logarithm and hyperbolic tangent in plain vector arithmetic, within two units in the last place, and what
/// is made of them. The `EXP`, `LOG` and `TANH` of the Vector API are the machine's library where code is compiled and
/// Java's where it is interpreted, which differ in the last bit: a result would depend on when the compiler came by. The
/// polynomials are those of Moshier's Cephes library (`expf.c`, `exp2f.c`, `logf.c`, `tanhf.c`).
@SuppressWarnings("FloatingPointLiteralPrecision") // the coefficients as Cephes prints them
final class Functions {

    /// 1/ln 2, and what is missing to it.
    private static final float LOG2_E = 1.44269504088896341f;
    private static final float LOG2_E_LOW = (float) (1 / Math.log(2) - LOG2_E);
    /// ln 2 in two parts: the first has so few digits that its product with an exponent is exact.
    private static final FloatVector LN2_HIGH = all(0.693359375f);
    private static final FloatVector LN2_LOW = all(-2.12194440e-4f);
    /// Below this eˣ is taken to be 0: it is less than 2⁻¹²⁵.
    private static final float LEAST = -86.6434f;
    /// Below this a term of a softmax is taken to be 0. It is less than 2⁻⁶⁴ of the sum, and its products would leave the range
    /// of normal numbers, where many processors take a hundred times as long: a model that knows its data did.
    private static final float LEAST_TERM = -44.3615f;
    /// Added to a number, 1.5 · 2²³ leaves it rounded to an integer in the lowest bits; 126 more is an exponent's bias.
    private static final float ROUNDING = 0x1.8p23f + 126;
    private static final float P0 = 6.931472028550421e-1f;
    private static final float P1 = 2.402264791363012e-1f;
    private static final float P2 = 5.550332471162809e-2f;
    private static final float P3 = 9.618437357674640e-3f;
    private static final FloatVector ROUNDED = all(0x1.8p23f);
    private static final IntVector ROUNDED_BITS = ROUNDED.reinterpretAsInts();
    private static final IntVector SQRT_HALF = IntVector.broadcast(ROUNDED_BITS.species(), 0x3f3504f3);
    private static final IntVector FRACTION = IntVector.broadcast(ROUNDED_BITS.species(), 0x7fffff);
    private static final FloatVector LEAST_NORMAL = all(Float.MIN_NORMAL);
    private static final FloatVector DIGITS = all(23);
    private static final FloatVector TWO_TO_DIGITS = all(0x1p23f);
    private static final FloatVector NAN = all(Float.NaN);
    private static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
    private static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
    private static final FloatVector ZERO = all(0);
    private static final FloatVector ONE = all(1);
    private static final FloatVector TWO = all(2);
    private static final FloatVector MINUS_HALF = all(-0.5f);
    private static final FloatVector L3 = all(3.3333331174e-1f);
    private static final FloatVector L4 = all(-2.4999993993e-1f);
    private static final FloatVector L5 = all(2.0000714765e-1f);
    private static final FloatVector L6 = all(-1.6668057665e-1f);
    private static final FloatVector L7 = all(1.4249322787e-1f);
    private static final FloatVector L8 = all(-1.2420140846e-1f);
    private static final FloatVector L9 = all(1.1676998740e-1f);
    private static final FloatVector L10 = all(-1.1514610310e-1f);
    private static final FloatVector L11 = all(7.0376836292e-2f);
    private static final FloatVector T3 = all(-3.33332819422e-1f);
    private static final FloatVector T5 = all(1.33314422036e-1f);
    private static final FloatVector T7 = all(-5.37397155531e-2f);

    private static final float GELU_SCALE = (float) Math.sqrt(2 / Math.PI);
    private static final float GELU_CUBIC = 0.044715f;
    /// −2√(2/π) / ln 2: e⁻²ᵘ is 2 to the power of this times u / √(2/π).
    private static final float GELU_POWER = (float) (-2 * Math.sqrt(2 / Math.PI) / Math.log(2));

    private Functions() {}

    /// The greater of two, lane by lane: a comparison and a choice, as Java's maximum also orders zeros. A NaN may be passed
    /// over; the sum of the exponentials finds it.
    static FloatVector greater(FloatVector x, FloatVector y) {
        return x.blend(y, x.compare(VectorOperators.LT, y));
    }

    /// eˣ = 2ⁿ·2ʳ with r = x / ln 2 − n.
    static FloatVector exp(FloatVector x) {
        // A comparison and a choice: Java's minimum also orders zeros, which takes longer.
        FloatVector inside = x.blend(89, x.compare(VectorOperators.GT, 89));
        FloatVector shifted = inside.fma(LOG2_E, ROUNDING);
        FloatVector r = inside.fma(broadcast(SPECIES, LOG2_E_LOW),
                inside.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDING).sub(shifted)));
        return exp2(r, shifted).mul(2).blend(0, x.compare(VectorOperators.LT, LEAST));
    }

    /// eˣ for x ≤ 0, a term of a sum that is at least 1: 0 where the sum cannot change by it, elsewhere by the arithmetic of
    /// [#exp]. Where nothing can overflow, two steps are saved.
    static FloatVector softmaxTerm(FloatVector x) {
        FloatVector shifted = x.fma(LOG2_E, ROUNDING + 1);
        FloatVector r = x.fma(broadcast(SPECIES, LOG2_E_LOW),
                x.fma(broadcast(SPECIES, LOG2_E), broadcast(SPECIES, ROUNDING + 1).sub(shifted)));
        return exp2(r, shifted).blend(0, x.compare(VectorOperators.LT, LEAST_TERM));
    }

    /// 2ˣ: infinite where x > 127.5, and never less than 2⁻¹²⁶.
    static FloatVector exp2(FloatVector x) {
        FloatVector above = x.blend(-126, x.compare(VectorOperators.LT, -126));
        FloatVector inside = above.blend(128, above.compare(VectorOperators.GT, 128));
        FloatVector shifted = inside.add(ROUNDING + 1);
        return exp2(inside.sub(shifted.sub(ROUNDING + 1)), shifted);
    }

    /// 2ʳ·2ⁿ
    ///
    /// @param r between −½ and ½
    /// @param shifted whose lowest bits are n + 127
    private static FloatVector exp2(FloatVector r, FloatVector shifted) {
        FloatVector p = r.fma(1.535336188319500e-4f, 1.339887440266574e-3f).fma(r, broadcast(SPECIES, P3))
                .fma(r, broadcast(SPECIES, P2))
                .fma(r, broadcast(SPECIES, P1)).fma(r, broadcast(SPECIES, P0));
        FloatVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
        return p.fma(r, broadcast(SPECIES, 1)).mul(power);
    }

    /// ln x = n ln 2 + ln(1 + f) with √½ ≤ 1 + f < √2. All constants are vectors: the compiler would not take in as many more
    /// operations as it takes to make them.
    static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(VectorOperators.LT, LEAST_NORMAL);
        IntVector bits = x.blend(x.mul(TWO_TO_DIGITS), tiny).reinterpretAsInts().sub(SQRT_HALF);
        FloatVector n = bits.lanewise(VectorOperators.ASHR, 23).add(ROUNDED_BITS).reinterpretAsFloats().sub(ROUNDED);
        n = n.blend(n.sub(DIGITS), tiny);
        FloatVector f = bits.lanewise(VectorOperators.AND, FRACTION).add(SQRT_HALF).reinterpretAsFloats().sub(ONE);
        FloatVector p = f.fma(L11, L10).fma(f, L9).fma(f, L8).fma(f, L7).fma(f, L6).fma(f, L5).fma(f, L4).fma(f, L3);
        FloatVector square = f.mul(f);
        FloatVector y = n.fma(LN2_LOW, p.mul(f).mul(square));
        FloatVector logarithm = n.fma(LN2_HIGH, f.add(square.fma(MINUS_HALF, y)));
        return logarithm.blend(NAN, x.compare(VectorOperators.LT, ZERO))
                .blend(MINUS_INFINITY, x.compare(VectorOperators.EQ, ZERO))
                .blend(x, x.compare(VectorOperators.LT, INFINITY).not());
    }

    /// tanh x: a polynomial near 0, elsewhere 1 − 2 / (e²ˣ + 1).
    static FloatVector tanh(FloatVector x) {
        FloatVector far = ONE.sub(TWO.div(exp(x.add(x)).add(1)));
        FloatVector square = x.mul(x);
        FloatVector p =
                square.fma(-5.70498872745e-3f, 2.06390887954e-2f).fma(square, T7).fma(square, T5).fma(square, T3);
        FloatVector near = p.mul(square).fma(x, x);
        return far.blend(near, square.compare(VectorOperators.LT, 0.390625f));
    }

    /// x·s with s = ½(1 + tanh u) = 1 / (1 + e⁻²ᵘ) and u = √(2/π)(x + 0.044715x³)
    static FloatVector gelu(FloatVector x) {
        return x.div(exp2(x.mul(x).fma(GELU_POWER * GELU_CUBIC, GELU_POWER).mul(x)).add(1));
    }

    /// g·s·(1 + x(1 − s)·2u′)
    static FloatVector geluGradient(FloatVector x, FloatVector g) {
        FloatVector square = x.mul(x);
        FloatVector e = exp2(square.fma(GELU_POWER * GELU_CUBIC, GELU_POWER).mul(x));
        FloatVector s = broadcast(SPECIES, 1).div(e.add(1));
        FloatVector slope = square.fma(6 * GELU_SCALE * GELU_CUBIC, 2 * GELU_SCALE).mul(x);
        return slope.sub(slope.mul(s)).add(1).mul(s).mul(g);
    }

    private static FloatVector all(float value) {
        return broadcast(SPECIES, value);
    }
}
