package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;
import static org.intarsia.backends.cpu.kernel.Vectors.ZERO;

import jdk.incubator.vector.FloatVector;

/// The inner loops of matrix products: a tile of the result is kept in registers while the summed axis goes by. Twelve rows
/// by two vectors fill the 32 registers of 512-bit machines; machines with 16 registers take four rows.
final class Tiles {

    /// The most rows of a tile.
    static final int ROWS = LENGTH >= 16 ? 12 : 4;

    private Tiles() {}

    /// Returns how many rows at a time waste least on a matrix of that many rows: smaller tiles compute less per load.
    static int rows(int count) {
        int best = 4;
        double least = Double.MAX_VALUE;
        for (int rows = 4; rows <= ROWS; rows += 4) {
            double waste = Math.ceilDiv(count, rows) * rows * (1 + 0.6 / rows);
            if (waste < least) {
                least = waste;
                best = rows;
            }
        }
        return best;
    }

    /// Computes a tile.
    ///
    /// @param size the rows of the tile: 4, 8 or 12
    /// @param start the number from which each row's sums start, such as a bias
    /// @param starts where each row's start stands, from index `first` on
    /// @param startAt what is added to that
    /// @param a packed: `size` numbers for each step of the summed axis
    /// @param steps where the second operand stands at each step
    /// @param b0 what is added for the first vector of columns
    /// @param b1 what is added for the second
    /// @param rows where each row of the result stands, from index `row` on
    /// @param o0 what is added for the first vector of columns
    /// @param o1 what is added for the second
    static void compute(int size, float[] start, int[] starts, int startAt, int first, float[] a, int aAt, float[] b,
            int[] steps, int b0, int b1, int depth, float[] out, int[] rows, int row, int o0, int o1) {
        switch (size) {
            case 4 -> rows4(start, starts, startAt, first, a, aAt, b, steps, b0, b1, depth, out, rows, row, o0, o1);
            case 8 -> rows8(start, starts, startAt, first, a, aAt, b, steps, b0, b1, depth, out, rows, row, o0, o1);
            default -> rows12(start, starts, startAt, first, a, aAt, b, steps, b0, b1, depth, out, rows, row, o0, o1);
        }
    }

    /// A tile of 4 rows and two vectors of columns.
    private static void rows4(float[] start, int[] starts, int startAt, int first, float[] a, int aAt,
            float[] b, int[] steps, int b0, int b1, int depth, float[] out, int[] rows, int row, int o0, int o1) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, start[startAt + starts[first]]);
        FloatVector y0 = x0;
        FloatVector x1 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 1]]);
        FloatVector y1 = x1;
        FloatVector x2 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 2]]);
        FloatVector y2 = x2;
        FloatVector x3 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 3]]);
        FloatVector y3 = x3;
        for (int k = 0; k < depth; k++) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + steps[k]);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b1 + steps[k]);
            int at = aAt + k * 4;
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[at]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[at + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[at + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[at + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
        }
        ZERO.add(x0).intoArray(out, rows[row] + o0);
        ZERO.add(y0).intoArray(out, rows[row] + o1);
        ZERO.add(x1).intoArray(out, rows[row + 1] + o0);
        ZERO.add(y1).intoArray(out, rows[row + 1] + o1);
        ZERO.add(x2).intoArray(out, rows[row + 2] + o0);
        ZERO.add(y2).intoArray(out, rows[row + 2] + o1);
        ZERO.add(x3).intoArray(out, rows[row + 3] + o0);
        ZERO.add(y3).intoArray(out, rows[row + 3] + o1);
    }

    /// A tile of 8 rows and two vectors of columns.
    private static void rows8(float[] start, int[] starts, int startAt, int first, float[] a, int aAt,
            float[] b, int[] steps, int b0, int b1, int depth, float[] out, int[] rows, int row, int o0, int o1) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, start[startAt + starts[first]]);
        FloatVector y0 = x0;
        FloatVector x1 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 1]]);
        FloatVector y1 = x1;
        FloatVector x2 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 2]]);
        FloatVector y2 = x2;
        FloatVector x3 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 3]]);
        FloatVector y3 = x3;
        FloatVector x4 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 4]]);
        FloatVector y4 = x4;
        FloatVector x5 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 5]]);
        FloatVector y5 = x5;
        FloatVector x6 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 6]]);
        FloatVector y6 = x6;
        FloatVector x7 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 7]]);
        FloatVector y7 = x7;
        for (int k = 0; k < depth; k++) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + steps[k]);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b1 + steps[k]);
            int at = aAt + k * 8;
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[at]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[at + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[at + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[at + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[at + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[at + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[at + 6]);
            x6 = w6.fma(u, x6);
            y6 = w6.fma(v, y6);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[at + 7]);
            x7 = w7.fma(u, x7);
            y7 = w7.fma(v, y7);
        }
        ZERO.add(x0).intoArray(out, rows[row] + o0);
        ZERO.add(y0).intoArray(out, rows[row] + o1);
        ZERO.add(x1).intoArray(out, rows[row + 1] + o0);
        ZERO.add(y1).intoArray(out, rows[row + 1] + o1);
        ZERO.add(x2).intoArray(out, rows[row + 2] + o0);
        ZERO.add(y2).intoArray(out, rows[row + 2] + o1);
        ZERO.add(x3).intoArray(out, rows[row + 3] + o0);
        ZERO.add(y3).intoArray(out, rows[row + 3] + o1);
        ZERO.add(x4).intoArray(out, rows[row + 4] + o0);
        ZERO.add(y4).intoArray(out, rows[row + 4] + o1);
        ZERO.add(x5).intoArray(out, rows[row + 5] + o0);
        ZERO.add(y5).intoArray(out, rows[row + 5] + o1);
        ZERO.add(x6).intoArray(out, rows[row + 6] + o0);
        ZERO.add(y6).intoArray(out, rows[row + 6] + o1);
        ZERO.add(x7).intoArray(out, rows[row + 7] + o0);
        ZERO.add(y7).intoArray(out, rows[row + 7] + o1);
    }

    /// A tile of 12 rows and two vectors of columns.
    private static void rows12(float[] start, int[] starts, int startAt, int first, float[] a, int aAt,
            float[] b, int[] steps, int b0, int b1, int depth, float[] out, int[] rows, int row, int o0, int o1) {
        FloatVector x0 = FloatVector.broadcast(SPECIES, start[startAt + starts[first]]);
        FloatVector y0 = x0;
        FloatVector x1 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 1]]);
        FloatVector y1 = x1;
        FloatVector x2 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 2]]);
        FloatVector y2 = x2;
        FloatVector x3 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 3]]);
        FloatVector y3 = x3;
        FloatVector x4 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 4]]);
        FloatVector y4 = x4;
        FloatVector x5 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 5]]);
        FloatVector y5 = x5;
        FloatVector x6 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 6]]);
        FloatVector y6 = x6;
        FloatVector x7 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 7]]);
        FloatVector y7 = x7;
        FloatVector x8 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 8]]);
        FloatVector y8 = x8;
        FloatVector x9 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 9]]);
        FloatVector y9 = x9;
        FloatVector x10 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 10]]);
        FloatVector y10 = x10;
        FloatVector x11 = FloatVector.broadcast(SPECIES, start[startAt + starts[first + 11]]);
        FloatVector y11 = x11;
        for (int k = 0; k < depth; k++) {
            FloatVector u = FloatVector.fromArray(SPECIES, b, b0 + steps[k]);
            FloatVector v = FloatVector.fromArray(SPECIES, b, b1 + steps[k]);
            int at = aAt + k * 12;
            FloatVector w0 = FloatVector.broadcast(SPECIES, a[at]);
            x0 = w0.fma(u, x0);
            y0 = w0.fma(v, y0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, a[at + 1]);
            x1 = w1.fma(u, x1);
            y1 = w1.fma(v, y1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, a[at + 2]);
            x2 = w2.fma(u, x2);
            y2 = w2.fma(v, y2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, a[at + 3]);
            x3 = w3.fma(u, x3);
            y3 = w3.fma(v, y3);
            FloatVector w4 = FloatVector.broadcast(SPECIES, a[at + 4]);
            x4 = w4.fma(u, x4);
            y4 = w4.fma(v, y4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, a[at + 5]);
            x5 = w5.fma(u, x5);
            y5 = w5.fma(v, y5);
            FloatVector w6 = FloatVector.broadcast(SPECIES, a[at + 6]);
            x6 = w6.fma(u, x6);
            y6 = w6.fma(v, y6);
            FloatVector w7 = FloatVector.broadcast(SPECIES, a[at + 7]);
            x7 = w7.fma(u, x7);
            y7 = w7.fma(v, y7);
            FloatVector w8 = FloatVector.broadcast(SPECIES, a[at + 8]);
            x8 = w8.fma(u, x8);
            y8 = w8.fma(v, y8);
            FloatVector w9 = FloatVector.broadcast(SPECIES, a[at + 9]);
            x9 = w9.fma(u, x9);
            y9 = w9.fma(v, y9);
            FloatVector w10 = FloatVector.broadcast(SPECIES, a[at + 10]);
            x10 = w10.fma(u, x10);
            y10 = w10.fma(v, y10);
            FloatVector w11 = FloatVector.broadcast(SPECIES, a[at + 11]);
            x11 = w11.fma(u, x11);
            y11 = w11.fma(v, y11);
        }
        ZERO.add(x0).intoArray(out, rows[row] + o0);
        ZERO.add(y0).intoArray(out, rows[row] + o1);
        ZERO.add(x1).intoArray(out, rows[row + 1] + o0);
        ZERO.add(y1).intoArray(out, rows[row + 1] + o1);
        ZERO.add(x2).intoArray(out, rows[row + 2] + o0);
        ZERO.add(y2).intoArray(out, rows[row + 2] + o1);
        ZERO.add(x3).intoArray(out, rows[row + 3] + o0);
        ZERO.add(y3).intoArray(out, rows[row + 3] + o1);
        ZERO.add(x4).intoArray(out, rows[row + 4] + o0);
        ZERO.add(y4).intoArray(out, rows[row + 4] + o1);
        ZERO.add(x5).intoArray(out, rows[row + 5] + o0);
        ZERO.add(y5).intoArray(out, rows[row + 5] + o1);
        ZERO.add(x6).intoArray(out, rows[row + 6] + o0);
        ZERO.add(y6).intoArray(out, rows[row + 6] + o1);
        ZERO.add(x7).intoArray(out, rows[row + 7] + o0);
        ZERO.add(y7).intoArray(out, rows[row + 7] + o1);
        ZERO.add(x8).intoArray(out, rows[row + 8] + o0);
        ZERO.add(y8).intoArray(out, rows[row + 8] + o1);
        ZERO.add(x9).intoArray(out, rows[row + 9] + o0);
        ZERO.add(y9).intoArray(out, rows[row + 9] + o1);
        ZERO.add(x10).intoArray(out, rows[row + 10] + o0);
        ZERO.add(y10).intoArray(out, rows[row + 10] + o1);
        ZERO.add(x11).intoArray(out, rows[row + 11] + o0);
        ZERO.add(y11).intoArray(out, rows[row + 11] + o1);
    }
}
