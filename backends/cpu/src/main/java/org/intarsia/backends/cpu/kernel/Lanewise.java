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
        switch (LENGTH) {
            case 16 -> {
                quarters(t);
                ones(t, 4);
            }
            case 8 -> {
                halves(t);
                ones(t, 8);
            }
            default -> ones(t, COUNT);
        }
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

    /// Of vectors i, i + 4, i + 8 and i + 12 remain the sums of lanes at a distance of 8 and of 4.
    private static void quarters(float[] t) {
        for (int i = 0; i < 4; i++) {
            FloatVector low = add(vector(t, i), vector(t, i + 8), BY_EIGHT, UPPER_EIGHT);
            FloatVector high = add(vector(t, i + 4), vector(t, i + 12), BY_EIGHT, UPPER_EIGHT);
            add(low, high, BY_FOUR, UPPER_FOUR).intoArray(t, i * LENGTH);
        }
    }

    /// Of vectors i and i + 4 remains the sum of lanes at a distance of 4.
    private static void halves(float[] t) {
        for (int i = 0; i < COUNT / 2; i++) {
            int first = i / 4 * 8 + i % 4;
            add(vector(t, first), vector(t, first + 4), BY_FOUR, UPPER_FOUR).intoArray(t, i * LENGTH);
        }
    }

    /// Of every four vectors remains the sum of lanes at a distance of 2 and of 1.
    private static void ones(float[] t, int count) {
        for (int i = 0; i < count; i += 4) {
            FloatVector low = add(vector(t, i), vector(t, i + 2), BY_TWO, UPPER_TWO);
            FloatVector high = add(vector(t, i + 1), vector(t, i + 3), BY_TWO, UPPER_TWO);
            add(low, high, BY_ONE, UPPER_ONE).intoArray(t, i / 4 * LENGTH);
        }
    }

    private static FloatVector vector(float[] t, int i) {
        return FloatVector.fromArray(SPECIES, t, i * LENGTH);
    }

    /// In the lower lanes of each pair of groups the sums of a's two groups, in the upper ones those of b's.
    private static FloatVector add(FloatVector a, FloatVector b, VectorShuffle<Float> exchange,
            VectorMask<Float> upper) {
        FloatVector low = a.blend(b.rearrange(exchange), upper);
        FloatVector high = a.rearrange(exchange).blend(b, upper);
        return low.add(high);
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
