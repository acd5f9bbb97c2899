package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.FIRST;
import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;
import static org.intarsia.backends.cpu.kernel.Vectors.ZERO;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/// Many small products side by side, one in each lane: `out[m, n] = Σₖ x[m, k] · y[n, k]` in every lane, as in attention. A
/// unit is one vector of lanes of one batch. It first copies y to where its tiles read it one number after another: rows that
/// are a power of two apart would push each other out of the cache. Edges compute their last row or column again and store
/// the same values again.
public final class LaneProduct extends Kernel {

    static final int TILE = 4;

    private final View x;
    private final View y;
    private final View out;
    private final Places xPlaces;
    private final Places yPlaces;
    private final Places outPlaces;
    private final int[] xSteps;
    private final int[] ySteps;
    private final int[] outColumns;
    private final int vectors;
    private final Bounds[] bounds;

    /// What of four rows is computed: the first `columns` columns, summed over the steps `from … to−1`.
    record Bounds(int columns, int from, int to) {}

    /// Plans the kernel.
    ///
    /// @param xPlaces batches and rows of x
    /// @param yPlaces batches and columns of y
    /// @param outPlaces batches and rows of the result
    /// @param outColumns the offset of each column of the result
    /// @param xSteps the offset in x of each step of the summed axis
    /// @param ySteps the offset in y of each step
    /// @param lanes a multiple of the vector's length
    /// @param bounds for every four rows
    LaneProduct(View x, Places xPlaces, int[] xSteps, View y, Places yPlaces, int[] ySteps,
            View out, Places outPlaces, int[] outColumns, int lanes, Bounds[] bounds) {
        this.x = x;
        this.y = y;
        this.out = out;
        this.xPlaces = xPlaces;
        this.yPlaces = yPlaces;
        this.outPlaces = outPlaces;
        this.xSteps = xSteps;
        this.ySteps = ySteps;
        this.outColumns = outColumns;
        this.vectors = lanes / LENGTH;
        this.bounds = bounds;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(x.buffer(), y.buffer());
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    @Override
    public int units() {
        return xPlaces.batches.length * bounds.length;
    }

    /// Returns the number of tiles of rows in a batch.
    int tiles() {
        return bounds.length;
    }

    /// Returns whether a row-wise function has its rows where those of the result are, in the same order.
    boolean writes(RowwiseKernel.Side side) {
        return matches(out, outPlaces, outColumns, side);
    }

    /// Returns whether a row-wise function has its rows where those of x are, in the same order, and y is something else.
    boolean readsByRows(RowwiseKernel.Side side) {
        return matches(x, xPlaces, xSteps, side) && y.buffer() != x.buffer();
    }

    private boolean matches(View view, Places places, int[] elements, RowwiseKernel.Side side) {
        return view.buffer() == side.view().buffer() && side.padded() == vectors * LENGTH
                && side.size() == elements.length
                && IntStream.range(0, elements.length).allMatch(i -> elements[i] == i * side.stride())
                && side.rows().equals(rows(places, view.offset() - side.view().offset()));
    }

    private static List<Integer> rows(Places places, int offset) {
        List<Integer> rows = new ArrayList<>();
        for (int batch : places.batches) {
            for (int position : places.positions) {
                rows.add(offset + batch + position);
            }
        }
        return rows;
    }

    @Override
    public long cost() {
        long steps = 0;
        for (Bounds rows : bounds) {
            steps += (long) Math.ceilDiv(rows.columns, TILE) * (rows.to - rows.from);
        }
        return xPlaces.batches.length * steps * TILE * TILE * vectors;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        float[] panel = s.panel(panelSize());
        for (int unit = from; unit < to; unit++) {
            int batch = unit / bounds.length;
            int tile = unit % bounds.length;
            if (unit == from || tile == 0) {
                pack(batch, panel, FIRST);
            }
            rows(batch, tile, panel, FIRST);
        }
    }

    /// Returns how many numbers [#pack] copies.
    int panelSize() {
        return vectors * vectorSize();
    }

    private int vectorSize() {
        return Math.ceilDiv(outColumns.length, TILE) * ySteps.length * TILE * LENGTH;
    }

    /// Copies y of a batch to where [#rows] reads it.
    void pack(int batch, float[] panel, int at) {
        int from = y.start() + yPlaces.batches[batch];
        for (int v = 0; v < vectors; v++) {
            pack(y.buffer().data(), from + v * LENGTH, yPlaces.positions, ySteps, panel, at + v * vectorSize());
        }
    }

    /// Computes four rows of a batch, which stands packed in a panel.
    void rows(int batch, int tile, float[] panel, int at) {
        for (int v = 0; v < vectors; v++) {
            rows(batch, tile, v * LENGTH, panel, at + v * vectorSize());
        }
    }

    /// Four columns after another, in each one step after another.
    private static void pack(float[] y, int at, int[] columns, int[] steps, float[] panel, int start) {
        int to = start;
        for (int n = 0; n < columns.length; n += TILE) {
            for (int k = 0; k < steps.length; k++) {
                for (int i = 0; i < TILE; i++) {
                    int from = at + columns[Math.min(n + i, columns.length - 1)] + steps[k];
                    FloatVector.fromArray(SPECIES, y, from).intoArray(panel, to);
                    to += LENGTH;
                }
            }
        }
    }

    private void rows(int batch, int tile, int lane, float[] panel, int panelAt) {
        int[] xRows = xPlaces.positions;
        int[] outRows = outPlaces.positions;
        Bounds inside = bounds[tile];
        int xAt = x.start() + xPlaces.batches[batch] + lane;
        int outAt = out.start() + outPlaces.batches[batch] + lane;
        int m = tile * TILE;
        int last = xRows.length - 1;
        int m1 = Math.min(m + 1, last);
        int m2 = Math.min(m + 2, last);
        int m3 = Math.min(m + 3, last);
        int end = outColumns.length - 1;
        for (int n = 0; n < inside.columns; n += TILE) {
            int n1 = Math.min(n + 1, end);
            int n2 = Math.min(n + 2, end);
            int n3 = Math.min(n + 3, end);
            tile(x.buffer().data(), xAt + xRows[m], xAt + xRows[m1], xAt + xRows[m2], xAt + xRows[m3], xSteps,
                    panel, panelAt + n * xSteps.length * LENGTH, inside.from, inside.to, out.buffer().data(),
                    outAt + outRows[m], outAt + outRows[m1], outAt + outRows[m2], outAt + outRows[m3], outColumns[n],
                    outColumns[n1], outColumns[n2], outColumns[n3]);
        }
    }

    /// `out[m][n] = Σₖ x[m][k] · y[n][k]` for four m and four n, element by element of one vector of lanes.
    static void tile(float[] x, int x0, int x1, int x2, int x3, int[] xSteps, float[] y, int yAt, int from,
            int to, float[] out, int m0, int m1, int m2, int m3, int n0, int n1, int n2, int n3) {
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
        for (int k = from; k < to; k++) {
            int xk = xSteps[k];
            int yk = yAt + k * TILE * LENGTH;
            FloatVector b0 = FloatVector.fromArray(SPECIES, y, yk);
            FloatVector b1 = FloatVector.fromArray(SPECIES, y, yk + LENGTH);
            FloatVector b2 = FloatVector.fromArray(SPECIES, y, yk + 2 * LENGTH);
            FloatVector b3 = FloatVector.fromArray(SPECIES, y, yk + 3 * LENGTH);
            FloatVector a0 = FloatVector.fromArray(SPECIES, x, x0 + xk);
            s00 = a0.fma(b0, s00);
            s01 = a0.fma(b1, s01);
            s02 = a0.fma(b2, s02);
            s03 = a0.fma(b3, s03);
            FloatVector a1 = FloatVector.fromArray(SPECIES, x, x1 + xk);
            s10 = a1.fma(b0, s10);
            s11 = a1.fma(b1, s11);
            s12 = a1.fma(b2, s12);
            s13 = a1.fma(b3, s13);
            FloatVector a2 = FloatVector.fromArray(SPECIES, x, x2 + xk);
            s20 = a2.fma(b0, s20);
            s21 = a2.fma(b1, s21);
            s22 = a2.fma(b2, s22);
            s23 = a2.fma(b3, s23);
            FloatVector a3 = FloatVector.fromArray(SPECIES, x, x3 + xk);
            s30 = a3.fma(b0, s30);
            s31 = a3.fma(b1, s31);
            s32 = a3.fma(b2, s32);
            s33 = a3.fma(b3, s33);
        }
        ZERO.add(s00).intoArray(out, m0 + n0);
        ZERO.add(s01).intoArray(out, m0 + n1);
        ZERO.add(s02).intoArray(out, m0 + n2);
        ZERO.add(s03).intoArray(out, m0 + n3);
        ZERO.add(s10).intoArray(out, m1 + n0);
        ZERO.add(s11).intoArray(out, m1 + n1);
        ZERO.add(s12).intoArray(out, m1 + n2);
        ZERO.add(s13).intoArray(out, m1 + n3);
        ZERO.add(s20).intoArray(out, m2 + n0);
        ZERO.add(s21).intoArray(out, m2 + n1);
        ZERO.add(s22).intoArray(out, m2 + n2);
        ZERO.add(s23).intoArray(out, m2 + n3);
        ZERO.add(s30).intoArray(out, m3 + n0);
        ZERO.add(s31).intoArray(out, m3 + n1);
        ZERO.add(s32).intoArray(out, m3 + n2);
        ZERO.add(s33).intoArray(out, m3 + n3);
    }
}
