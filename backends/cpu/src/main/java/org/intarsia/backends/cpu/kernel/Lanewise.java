package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;
import static org.intarsia.backends.cpu.kernel.Vectors.ZERO;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Sums over the lanes of many vectors at a time, always in the same order.
final class Lanewise {

    /// How many vectors are summed at a time.
    static final int COUNT = 16;
    private static final VectorShuffle<Float> BY_EIGHT = exchange(8);
    private static final VectorShuffle<Float> BY_FOUR = exchange(4);
    private static final VectorShuffle<Float> BY_TWO = exchange(2);
    private static final VectorShuffle<Float> BY_ONE = exchange(1);
    private static final VectorMask<Float> UPPER_EIGHT = upper(8);
    private static final VectorMask<Float> UPPER_FOUR = upper(4);
    private static final VectorMask<Float> UPPER_TWO = upper(2);
    private static final VectorMask<Float> UPPER_ONE = upper(1);

    private Lanewise() {}

    /// Replaces sixteen vectors by the sums over their lanes, side by side. Two vectors become one of their halves' sums, and
    /// so on, so that no lane is idle.
    static void fold(float[] t) {
        if (LENGTH >= 16) {
            eights(t);
        }
        if (LENGTH >= 8) {
            fours(t);
        }
        if (LENGTH >= 4) {
            twos(t);
        }
        ones(t);
    }

    /// Sums rows of numbers, one after another.
    ///
    /// @param width of a row
    /// @param t room for so many vectors
    static void sum(float[] x, int at, int width, int rows, float[] out, int outAt, float[] t) {
        for (int row = 0; row < rows; row += COUNT) {
            int count = Math.min(COUNT, rows - row);
            for (int i = 0; i < count; i++) {
                add(x, at + (row + i) * width, width, t, i * LENGTH);
            }
            fold(t);
            System.arraycopy(t, 0, out, outAt + row, count);
        }
    }

    /// Adds up the vectors of one row.
    private static void add(float[] x, int at, int width, float[] t, int to) {
        FloatVector sum = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= width - LENGTH; i += LENGTH) {
            sum = FloatVector.fromArray(SPECIES, x, at + i).add(sum);
        }
        if (i < width) {
            sum = FloatVector.fromArray(SPECIES, x, at + i, SPECIES.indexInRange(i, width)).add(sum);
        }
        ZERO.add(sum).intoArray(t, to);
    }

    // Each distance has a method of its own, as the compiler has to know the shuffle and the mask.

    /// The sums of lanes at a distance of 8: of vectors a and b that many apart, those of a in the lower lanes of each pair of
    /// groups and those of b in the upper ones.
    private static void eights(float[] t) {
        for (int i = 0; i < COUNT * 8 / LENGTH; i++) {
            int first = (i + i / 8 * 8) * LENGTH;
            FloatVector a = FloatVector.fromArray(SPECIES, t, first);
            FloatVector b = FloatVector.fromArray(SPECIES, t, first + 8 * LENGTH);
            FloatVector low = a.blend(b.rearrange(BY_EIGHT), UPPER_EIGHT);
            a.rearrange(BY_EIGHT).blend(b, UPPER_EIGHT).add(low).intoArray(t, i * LENGTH);
        }
    }

    /// The same at a distance of 4.
    private static void fours(float[] t) {
        for (int i = 0; i < COUNT * 4 / LENGTH; i++) {
            int first = (i + i / 4 * 4) * LENGTH;
            FloatVector a = FloatVector.fromArray(SPECIES, t, first);
            FloatVector b = FloatVector.fromArray(SPECIES, t, first + 4 * LENGTH);
            FloatVector low = a.blend(b.rearrange(BY_FOUR), UPPER_FOUR);
            a.rearrange(BY_FOUR).blend(b, UPPER_FOUR).add(low).intoArray(t, i * LENGTH);
        }
    }

    /// The same at a distance of 2.
    private static void twos(float[] t) {
        for (int i = 0; i < COUNT * 2 / LENGTH; i++) {
            int first = (i + i / 2 * 2) * LENGTH;
            FloatVector a = FloatVector.fromArray(SPECIES, t, first);
            FloatVector b = FloatVector.fromArray(SPECIES, t, first + 2 * LENGTH);
            FloatVector low = a.blend(b.rearrange(BY_TWO), UPPER_TWO);
            a.rearrange(BY_TWO).blend(b, UPPER_TWO).add(low).intoArray(t, i * LENGTH);
        }
    }

    /// The same at a distance of 1.
    private static void ones(float[] t) {
        for (int i = 0; i < COUNT / LENGTH; i++) {
            int first = 2 * i * LENGTH;
            FloatVector a = FloatVector.fromArray(SPECIES, t, first);
            FloatVector b = FloatVector.fromArray(SPECIES, t, first + LENGTH);
            FloatVector low = a.blend(b.rearrange(BY_ONE), UPPER_ONE);
            a.rearrange(BY_ONE).blend(b, UPPER_ONE).add(low).intoArray(t, i * LENGTH);
        }
    }

    private static VectorShuffle<Float> exchange(int distance) {
        return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) % LENGTH);
    }

    private static VectorMask<Float> upper(int distance) {
        boolean[] lanes = new boolean[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            lanes[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }
}
