package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;
import static org.intarsia.backends.cpu.kernel.Vectors.ZERO;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Functions along an axis, for one vector of lanes at a time: every lane is a row of its own, so nothing is summed across
/// a vector. `xs` is the distance of two neighbours along the axis in x, and so on; `n` is the axis's size.
final class Rowwise {

    /// A function of two tensors and a value per row; one of fewer operands ignores the others.
    interface Function {

        /// Applies the function to one vector of lanes.
        void apply(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out, int outAt,
                int outs, int n);
    }

    private Rowwise() {}

    /// eˣ / Σ eˣ
    static void softmax(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n) {
        FloatVector sum = exponentials(x, xAt, xs, out, outAt, outs, n, maximum(x, xAt, xs, n));
        scale(out, outAt, outs, out, outAt, outs, n, FloatVector.broadcast(SPECIES, 1).div(sum));
    }

    /// y(g − Σ y·g), with y the softmax as x and g as y
    static void softmaxGradient(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n) {
        FloatVector dot = dot(x, xAt, xs, y, yAt, ys, n);
        for (int i = 0; i < n; i++) {
            FloatVector g = FloatVector.fromArray(SPECIES, y, yAt + i * ys).sub(dot);
            g.mul(FloatVector.fromArray(SPECIES, x, xAt + i * xs)).intoArray(out, outAt + i * outs);
        }
    }

    /// ln Σ eˣ − xₜ, with the target t as z; y, which is longer by one, becomes e to the x − max x and then their sum, which
    /// the gradient will need
    static void crossEntropy(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n) {
        for (int lane = 0; lane < LENGTH; lane++) {
            out[outAt + lane] = -x[xAt + lane + ((int) z[zAt + lane]) * xs];
        }
        FloatVector maximum = maximum(x, xAt, xs, n);
        FloatVector sum = exponentials(x, xAt, xs, y, yAt, ys, n, maximum);
        sum.intoArray(y, yAt + n * ys);
        FloatVector.fromArray(SPECIES, out, outAt).add(maximum).add(Functions.log(sum)).intoArray(out, outAt);
    }

    /// g·(x / Σ x − oneₜ), with exponentials and past them their sum as x, the target t as z and g, a value per row, as y
    static void crossEntropyGradient(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt,
            float[] out, int outAt, int outs, int n) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x, xAt + n * xs);
        FloatVector factor = FloatVector.fromArray(SPECIES, y, yAt).div(sum);
        scale(x, xAt, xs, out, outAt, outs, n, factor);
        for (int lane = 0; lane < LENGTH; lane++) {
            out[outAt + lane + ((int) z[zAt + lane]) * outs] -= y[yAt + lane];
        }
    }

    /// A layer norm with this ε: (x − mean) / √(variance + ε)
    static Function layerNorm(float epsilon) {
        return (x, xAt, xs, y, yAt, ys, z, zAt, out, outAt, outs, n) -> {
            FloatVector mean = sum(x, xAt, xs, n).mul(1f / n);
            FloatVector scale = inverseDeviation(x, xAt, xs, n, mean, epsilon);
            normalise(x, xAt, xs, out, outAt, outs, n, mean, scale);
        };
    }

    /// The gradient of a layer norm with this ε: (g − mean g − y·mean(g·y)) / √(variance + ε), with g as y
    static Function layerNormGradient(float epsilon) {
        return (x, xAt, xs, y, yAt, ys, z, zAt, out, outAt, outs, n) -> {
            FloatVector mean = sum(x, xAt, xs, n).mul(1f / n);
            FloatVector scale = inverseDeviation(x, xAt, xs, n, mean, epsilon);
            FloatVector level = sum(y, yAt, ys, n).mul(1f / n);
            FloatVector slope = normalisedDot(x, xAt, xs, y, yAt, ys, n, mean, scale).mul(1f / n);
            project(x, xAt, xs, y, yAt, ys, out, outAt, outs, n, mean, level, slope, scale);
        };
    }

    private static FloatVector maximum(float[] x, int at, int stride, int n) {
        FloatVector maximum = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        int i = 0;
        // Four at a time, as each comparison with what was found so far waits for the one before.
        for (; i <= n - 4; i += 4) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, at + i * stride);
            FloatVector b = FloatVector.fromArray(SPECIES, x, at + (i + 1) * stride);
            FloatVector c = FloatVector.fromArray(SPECIES, x, at + (i + 2) * stride);
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + (i + 3) * stride);
            maximum = greater(greater(greater(a, b), greater(c, d)), maximum);
        }
        for (; i < n; i++) {
            maximum = greater(FloatVector.fromArray(SPECIES, x, at + i * stride), maximum);
        }
        return ZERO.add(maximum);
    }

    /// The greater of two, lane by lane: a comparison and a choice, as Java's maximum also orders zeros. A NaN may be passed
    /// over; the sum of the exponentials finds it.
    private static FloatVector greater(FloatVector x, FloatVector y) {
        return x.blend(y, x.compare(VectorOperators.LT, y));
    }

    private static FloatVector sum(float[] x, int at, int stride, int n) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            sum = FloatVector.fromArray(SPECIES, x, at + i * stride).add(sum);
        }
        return ZERO.add(sum);
    }

    private static FloatVector dot(float[] x, int xAt, int xs, float[] y, int yAt, int ys, int n) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i * ys);
            sum = FloatVector.fromArray(SPECIES, x, xAt + i * xs).fma(b, sum);
        }
        return ZERO.add(sum);
    }

    private static FloatVector exponentials(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n,
            FloatVector maximum) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector e = Functions.softmaxTerm(FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(maximum));
            e.intoArray(out, outAt + i * outs);
            sum = e.add(sum);
        }
        return ZERO.add(sum);
    }

    private static void scale(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n, FloatVector factor) {
        for (int i = 0; i < n; i++) {
            FloatVector.fromArray(SPECIES, x, xAt + i * xs).mul(factor).intoArray(out, outAt + i * outs);
        }
    }

    private static FloatVector inverseDeviation(float[] x, int at, int stride, int n, FloatVector mean, float epsilon) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + i * stride).sub(mean);
            sum = d.fma(d, sum);
        }
        FloatVector deviation = ZERO.add(sum).mul(1f / n).add(epsilon).lanewise(VectorOperators.SQRT);
        return FloatVector.broadcast(SPECIES, 1).div(deviation);
    }

    private static void normalise(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n, FloatVector mean,
            FloatVector scale) {
        for (int i = 0; i < n; i++) {
            FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale).intoArray(out, outAt + i * outs);
        }
    }

    /// Σ (x − mean)·scale·y
    private static FloatVector normalisedDot(float[] x, int xAt, int xs, float[] y, int yAt, int ys, int n,
            FloatVector mean, FloatVector scale) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale);
            sum = normal.fma(FloatVector.fromArray(SPECIES, y, yAt + i * ys), sum);
        }
        return ZERO.add(sum);
    }

    /// out = (y − level − (x − mean)·scale·slope)·scale
    private static void project(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] out, int outAt,
            int outs,
            int n, FloatVector mean, FloatVector level, FloatVector slope, FloatVector scale) {
        for (int i = 0; i < n; i++) {
            FloatVector tilt = FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale).mul(slope);
            FloatVector g = FloatVector.fromArray(SPECIES, y, yAt + i * ys).sub(level).sub(tilt);
            g.mul(scale).intoArray(out, outAt + i * outs);
        }
    }
}
