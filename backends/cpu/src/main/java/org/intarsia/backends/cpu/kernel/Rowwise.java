package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;
import static org.intarsia.backends.cpu.kernel.Vectors.ZERO;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Functions along an axis, for one vector of lanes at a time: every lane is a row of its own, so nothing is summed across
/// a vector. `xs` is the distance of two neighbours along the axis in x, and so on; `n` is the axis's size.
///
/// A function goes over its rows several times. What one pass leaves to the next lies in an array, `t`: a vector that is handed
/// to a method that the compiler does not take in is an object.
final class Rowwise {

    /// How many vectors the passes leave to one another.
    static final int HELD = 4;

    private static final int MAXIMUM = 0;
    private static final int SUM = LENGTH;
    private static final int MEAN = 0;
    private static final int SCALE = LENGTH;
    private static final int LEVEL = 2 * LENGTH;
    private static final int SLOPE = 3 * LENGTH;

    /// A function of two tensors and a value per row; one of fewer operands ignores the others.
    interface Function {

        /// Applies the function to one vector of lanes.
        ///
        /// @param t room for [#HELD] vectors
        void apply(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out, int outAt,
                int outs, int n, float[] t);
    }

    private Rowwise() {}

    /// eˣ / Σ eˣ
    static void softmax(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n, float[] t) {
        maximum(x, xAt, xs, n, t);
        exponentials(x, xAt, xs, out, outAt, outs, n, t);
        FloatVector.broadcast(SPECIES, 1).div(FloatVector.fromArray(SPECIES, t, SUM)).intoArray(t, SCALE);
        scale(out, outAt, outs, out, outAt, outs, n, t);
    }

    /// y(g − Σ y·g), with y the softmax as x and g as y
    static void softmaxGradient(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n, float[] t) {
        dot(x, xAt, xs, y, yAt, ys, n, t);
        FloatVector dot = FloatVector.fromArray(SPECIES, t, SUM);
        for (int i = 0; i < n; i++) {
            FloatVector g = FloatVector.fromArray(SPECIES, y, yAt + i * ys).sub(dot);
            g.mul(FloatVector.fromArray(SPECIES, x, xAt + i * xs)).intoArray(out, outAt + i * outs);
        }
    }

    /// ln Σ eˣ − xₜ, with the target t as z; y, which is longer by one, becomes e to the x − max x and then their sum, which
    /// the gradient will need
    static void crossEntropy(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt, float[] out,
            int outAt, int outs, int n, float[] t) {
        for (int lane = 0; lane < LENGTH; lane++) {
            out[outAt + lane] = -x[xAt + lane + ((int) z[zAt + lane]) * xs];
        }
        maximum(x, xAt, xs, n, t);
        exponentials(x, xAt, xs, y, yAt, ys, n, t);
        System.arraycopy(t, SUM, y, yAt + n * ys, LENGTH);
        addLogarithm(out, outAt, t);
    }

    /// g·(x / Σ x − oneₜ), with exponentials and past them their sum as x, the target t as z and g, a value per row, as y
    static void crossEntropyGradient(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] z, int zAt,
            float[] out, int outAt, int outs, int n, float[] t) {
        FloatVector sum = FloatVector.fromArray(SPECIES, x, xAt + n * xs);
        FloatVector.fromArray(SPECIES, y, yAt).div(sum).intoArray(t, SCALE);
        scale(x, xAt, xs, out, outAt, outs, n, t);
        for (int lane = 0; lane < LENGTH; lane++) {
            out[outAt + lane + ((int) z[zAt + lane]) * outs] -= y[yAt + lane];
        }
    }

    /// A layer norm with this ε: (x − mean) / √(variance + ε)
    static Function layerNorm(float epsilon) {
        return (x, xAt, xs, y, yAt, ys, z, zAt, out, outAt, outs, n, t) -> {
            mean(x, xAt, xs, n, t, MEAN);
            inverseDeviation(x, xAt, xs, n, epsilon, t);
            normalise(x, xAt, xs, out, outAt, outs, n, t);
        };
    }

    /// The gradient of a layer norm with this ε: (g − mean g − y·mean(g·y)) / √(variance + ε), with g as y
    static Function layerNormGradient(float epsilon) {
        return (x, xAt, xs, y, yAt, ys, z, zAt, out, outAt, outs, n, t) -> {
            mean(x, xAt, xs, n, t, MEAN);
            inverseDeviation(x, xAt, xs, n, epsilon, t);
            mean(y, yAt, ys, n, t, LEVEL);
            slope(x, xAt, xs, y, yAt, ys, n, t);
            project(x, xAt, xs, y, yAt, ys, out, outAt, outs, n, t);
        };
    }

    private static void maximum(float[] x, int at, int stride, int n, float[] t) {
        FloatVector maximum = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        int i = 0;
        // Four at a time, as each comparison with what was found so far waits for the one before.
        for (; i <= n - 4; i += 4) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, at + i * stride);
            FloatVector b = FloatVector.fromArray(SPECIES, x, at + (i + 1) * stride);
            FloatVector c = FloatVector.fromArray(SPECIES, x, at + (i + 2) * stride);
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + (i + 3) * stride);
            maximum = Functions.greater(Functions.greater(Functions.greater(a, b), Functions.greater(c, d)), maximum);
        }
        for (; i < n; i++) {
            maximum = Functions.greater(FloatVector.fromArray(SPECIES, x, at + i * stride), maximum);
        }
        ZERO.add(maximum).intoArray(t, MAXIMUM);
    }

    private static void exponentials(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n, float[] t) {
        FloatVector maximum = FloatVector.fromArray(SPECIES, t, MAXIMUM);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector e = Functions.softmaxTerm(FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(maximum));
            e.intoArray(out, outAt + i * outs);
            sum = e.add(sum);
        }
        ZERO.add(sum).intoArray(t, SUM);
    }

    private static void addLogarithm(float[] out, int at, float[] t) {
        FloatVector logarithm = Functions.log(FloatVector.fromArray(SPECIES, t, SUM));
        FloatVector.fromArray(SPECIES, out, at).add(FloatVector.fromArray(SPECIES, t, MAXIMUM)).add(logarithm)
                .intoArray(out, at);
    }

    private static void scale(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n, float[] t) {
        FloatVector scale = FloatVector.fromArray(SPECIES, t, SCALE);
        for (int i = 0; i < n; i++) {
            FloatVector.fromArray(SPECIES, x, xAt + i * xs).mul(scale).intoArray(out, outAt + i * outs);
        }
    }

    private static void dot(float[] x, int xAt, int xs, float[] y, int yAt, int ys, int n, float[] t) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i * ys);
            sum = FloatVector.fromArray(SPECIES, x, xAt + i * xs).fma(b, sum);
        }
        ZERO.add(sum).intoArray(t, SUM);
    }

    private static void mean(float[] x, int at, int stride, int n, float[] t, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            sum = FloatVector.fromArray(SPECIES, x, at + i * stride).add(sum);
        }
        ZERO.add(sum).mul(1f / n).intoArray(t, to);
    }

    private static void inverseDeviation(float[] x, int at, int stride, int n, float epsilon, float[] t) {
        FloatVector mean = FloatVector.fromArray(SPECIES, t, MEAN);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + i * stride).sub(mean);
            sum = d.fma(d, sum);
        }
        FloatVector deviation = ZERO.add(sum).mul(1f / n).add(epsilon).lanewise(VectorOperators.SQRT);
        FloatVector.broadcast(SPECIES, 1).div(deviation).intoArray(t, SCALE);
    }

    private static void normalise(float[] x, int xAt, int xs, float[] out, int outAt, int outs, int n, float[] t) {
        FloatVector mean = FloatVector.fromArray(SPECIES, t, MEAN);
        FloatVector scale = FloatVector.fromArray(SPECIES, t, SCALE);
        for (int i = 0; i < n; i++) {
            FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale).intoArray(out, outAt + i * outs);
        }
    }

    /// The mean of (x − mean)·scale·y
    private static void slope(float[] x, int xAt, int xs, float[] y, int yAt, int ys, int n, float[] t) {
        FloatVector mean = FloatVector.fromArray(SPECIES, t, MEAN);
        FloatVector scale = FloatVector.fromArray(SPECIES, t, SCALE);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < n; i++) {
            FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale);
            sum = normal.fma(FloatVector.fromArray(SPECIES, y, yAt + i * ys), sum);
        }
        ZERO.add(sum).mul(1f / n).intoArray(t, SLOPE);
    }

    /// out = (y − level − (x − mean)·scale·slope)·scale
    private static void project(float[] x, int xAt, int xs, float[] y, int yAt, int ys, float[] out, int outAt,
            int outs, int n, float[] t) {
        FloatVector mean = FloatVector.fromArray(SPECIES, t, MEAN);
        FloatVector scale = FloatVector.fromArray(SPECIES, t, SCALE);
        FloatVector level = FloatVector.fromArray(SPECIES, t, LEVEL);
        FloatVector slope = FloatVector.fromArray(SPECIES, t, SLOPE);
        for (int i = 0; i < n; i++) {
            FloatVector tilt = FloatVector.fromArray(SPECIES, x, xAt + i * xs).sub(mean).mul(scale).mul(slope);
            FloatVector g = FloatVector.fromArray(SPECIES, y, yAt + i * ys).sub(level).sub(tilt);
            g.mul(scale).intoArray(out, outAt + i * outs);
        }
    }
}
