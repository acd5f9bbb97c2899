package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Functions of each element, over blocks of elements. Truth values are 0 and 1. A tail that does not fill a vector is masked,
/// so that every element goes through the same arithmetic.
///
/// In a long function the last vector overlaps the one before instead, which computes the same numbers twice; it is masked
/// only where there is no whole vector. A second copy of such a function for the tail would be more than the compiler
/// inlines, and then every vector is an object. The result of a long function may therefore replace its operand only if
/// all vectors are whole.
final class Elementwise {

    /// A function over a block, `out = f(x, y, z)` element by element; a function of fewer operands ignores the others.
    interface Function {

        /// Applies the function to `n` elements.
        void apply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt, int n);
    }

    private Elementwise() {}

    /// −x
    static void negate(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            a.neg().intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            a.neg().intoArray(out, outAt + i, rest);
        }
    }

    /// eˣ
    static void exp(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        VectorMask<Float> all = SPECIES.indexInRange(0, n);
        for (int i = 0; i < n; i += LENGTH) {
            int at = Math.max(0, Math.min(i, n - LENGTH));
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + at, all);
            Functions.exp(a).intoArray(out, outAt + at, all);
        }
    }

    /// ln x
    static void log(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        VectorMask<Float> all = SPECIES.indexInRange(0, n);
        for (int i = 0; i < n; i += LENGTH) {
            int at = Math.max(0, Math.min(i, n - LENGTH));
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + at, all);
            Functions.log(a).intoArray(out, outAt + at, all);
        }
    }

    /// √x
    static void sqrt(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            a.lanewise(VectorOperators.SQRT).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            a.lanewise(VectorOperators.SQRT).intoArray(out, outAt + i, rest);
        }
    }

    /// 1/x
    static void reciprocal(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector.broadcast(SPECIES, 1).div(a).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector.broadcast(SPECIES, 1).div(a).intoArray(out, outAt + i, rest);
        }
    }

    /// tanh x
    static void tanh(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        VectorMask<Float> all = SPECIES.indexInRange(0, n);
        for (int i = 0; i < n; i += LENGTH) {
            int at = Math.max(0, Math.min(i, n - LENGTH));
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + at, all);
            Functions.tanh(a).intoArray(out, outAt + at, all);
        }
    }

    /// |x|
    static void abs(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            a.abs().intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            a.abs().intoArray(out, outAt + i, rest);
        }
    }

    /// ½x(1 + tanh(√(2/π)(x + 0.044715x³)))
    static void gelu(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        VectorMask<Float> all = SPECIES.indexInRange(0, n);
        for (int i = 0; i < n; i += LENGTH) {
            int at = Math.max(0, Math.min(i, n - LENGTH));
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + at, all);
            Functions.gelu(a).intoArray(out, outAt + at, all);
        }
    }

    /// x + y
    static void add(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.add(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.add(b).intoArray(out, outAt + i, rest);
        }
    }

    /// x − y
    static void subtract(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.sub(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.sub(b).intoArray(out, outAt + i, rest);
        }
    }

    /// x · y
    static void multiply(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.mul(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.mul(b).intoArray(out, outAt + i, rest);
        }
    }

    /// x / y
    static void divide(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.div(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.div(b).intoArray(out, outAt + i, rest);
        }
    }

    /// max(x, y)
    static void maximum(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.max(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.max(b).intoArray(out, outAt + i, rest);
        }
    }

    /// min(x, y)
    static void minimum(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.min(b).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.min(b).intoArray(out, outAt + i, rest);
        }
    }

    /// 1 where x < y, else 0
    static void less(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LT, b)).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LT, b)).intoArray(out, outAt + i, rest);
        }
    }

    /// 1 where x ≤ y, else 0
    static void lessOrEqual(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LE, b)).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.LE, b)).intoArray(out, outAt + i, rest);
        }
    }

    /// 1 where x = y, else 0
    static void equal(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.EQ, b)).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            FloatVector.zero(SPECIES).blend(1, a.compare(VectorOperators.EQ, b)).intoArray(out, outAt + i, rest);
        }
    }

    /// y · GELU′(x)
    static void geluGradient(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        VectorMask<Float> all = SPECIES.indexInRange(0, n);
        for (int i = 0; i < n; i += LENGTH) {
            int at = Math.max(0, Math.min(i, n - LENGTH));
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + at, all);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + at, all);
            Functions.geluGradient(a, b).intoArray(out, outAt + at, all);
        }
    }

    /// x·y + z, rounded once
    static void multiplyAdd(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.fma(b, FloatVector.fromArray(SPECIES, z, zAt + i)).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest);
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.fma(b, FloatVector.fromArray(SPECIES, z, zAt + i, rest)).intoArray(out, outAt + i, rest);
        }
    }

    /// z − x·y, rounded once
    static void multiplySubtract(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i).neg();
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.fma(b, FloatVector.fromArray(SPECIES, z, zAt + i)).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector a = FloatVector.fromArray(SPECIES, x, xAt + i, rest).neg();
            FloatVector b = FloatVector.fromArray(SPECIES, y, yAt + i, rest);
            a.fma(b, FloatVector.fromArray(SPECIES, z, zAt + i, rest)).intoArray(out, outAt + i, rest);
        }
    }

    /// y where x is not 0, else z
    static void select(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            VectorMask<Float> no = FloatVector.fromArray(SPECIES, x, xAt + i).compare(VectorOperators.EQ, 0);
            FloatVector a = FloatVector.fromArray(SPECIES, y, yAt + i);
            a.blend(FloatVector.fromArray(SPECIES, z, zAt + i), no).intoArray(out, outAt + i);
        }
        for (; i < n; i++) {
            out[outAt + i] = x[xAt + i] == 0 ? z[zAt + i] : y[yAt + i];
        }
    }

    /// ⌊x⌋
    static void floor(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (float) Math.floor(x[xAt + i]);
        }
    }

    /// x cut towards 0
    static void truncate(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = (int) x[xAt + i];
        }
    }

    /// 1 where x is not 0, else 0
    static void truth(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        for (int i = 0; i < n; i++) {
            out[outAt + i] = x[xAt + i] == 0 ? 0 : 1;
        }
    }

    /// x
    static void copy(float[] x, int xAt, float[] y, int yAt, float[] z, int zAt, float[] out, int outAt,
            int n) {
        move(x, xAt, out, outAt, n);
    }

    /// Copies elements: few of them in less time than `System.arraycopy` does.
    static void move(float[] x, int xAt, float[] out, int outAt, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(SPECIES, x, xAt + i).intoArray(out, outAt + i);
        }
        if (i < n) {
            VectorMask<Float> rest = SPECIES.indexInRange(i, n);
            FloatVector.fromArray(SPECIES, x, xAt + i, rest).intoArray(out, outAt + i, rest);
        }
    }
}
