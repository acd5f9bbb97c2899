package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.FIRST;
import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// A matrix product that sums over the lanes too, as in a weight's gradient: `out[m, n] = Σₖ Σ x[m, k] · y[n, k]`, with Σ over
/// the lanes of a vector. Every lane keeps a sum of its own while a tile is computed; at its end the lanes are added.
///
/// Both operands are copied, part by part, to where tiles read them one number after another, and in the order in which they
/// are likely to lie: what pads the last vector of lanes becomes 0 on the way. Parts follow each other in the same order
/// whatever the threads. Where columns are few, x is read where it lies. A unit is four rows of one batch.
public final class DotProduct extends Kernel {

    private static final int TILE = LaneProduct.TILE;
    private static final int ROW = TILE * LENGTH;
    /// How many steps of the summed axes are copied at a time, so that two tiles' rows fill a first-level cache.
    private static final int DEPTH = 64;
    /// How many tiles' rows of x are copied at a time, so that they are read in long runs.
    private static final int GROUP = 8;
    /// So few tiles of columns read rows of x where they lie, if no vector of lanes has to be filled up.
    private static final int FEW_COLUMNS = 2;
    /// How many tiles' rows of y are copied at a time, within a second-level cache.
    private static final int COLUMNS = 16;
    /// Between the panels of two tiles, so that they do not push each other out of a cache.
    private static final int GAP = ROW;

    private final View x;
    private final View y;
    private final View out;
    private final Places xPlaces;
    private final Places yPlaces;
    private final Places outPlaces;
    private final int[] outColumns;
    private final Steps xSteps;
    private final Steps ySteps;
    private final int rowTiles;
    private final int columnTiles;
    private final int depth;
    private final int[] panelSteps;
    private final boolean packsRows;

    /// Where the vectors of lanes of each step of the summed axes stand: first those that are full, then the others.
    static final class Steps {

        private final int[] offsets;
        private final int whole;
        private final int rest;

        /// Plans the steps.
        ///
        /// @param summed the offset of each position of the summed axes but the lanes
        Steps(int[] summed, int lanes) {
            int vectors = lanes / LENGTH;
            this.rest = lanes % LENGTH;
            this.whole = summed.length * vectors;
            this.offsets = new int[whole + (rest > 0 ? summed.length : 0)];
            for (int k = 0; k < offsets.length; k++) {
                offsets[k] = k < whole ? summed[k / vectors] + k % vectors * LENGTH : summed[k - whole] + lanes - rest;
            }
        }
    }

    /// Plans the kernel.
    ///
    /// @param xPlaces batches and rows of x
    /// @param yPlaces batches and columns of y
    /// @param outPlaces batches and rows of the result
    /// @param outColumns the offset of each column of the result
    DotProduct(View x, Places xPlaces, Steps xSteps, View y, Places yPlaces, Steps ySteps, View out, Places outPlaces,
            int[] outColumns) {
        this.x = x;
        this.y = y;
        this.out = out;
        this.xPlaces = xPlaces;
        this.yPlaces = yPlaces;
        this.outPlaces = outPlaces;
        this.outColumns = outColumns;
        this.xSteps = xSteps;
        this.ySteps = ySteps;
        this.rowTiles = Math.ceilDiv(xPlaces.positions.length, TILE);
        this.columnTiles = Math.ceilDiv(outColumns.length, TILE);
        this.depth = Math.min(DEPTH, xSteps.offsets.length);
        this.packsRows = columnTiles > FEW_COLUMNS || xSteps.rest > 0;
        this.panelSteps = IntStream.range(0, depth).map(k -> k * ROW).toArray();
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
        return xPlaces.batches.length * rowTiles;
    }

    @Override
    public long cost() {
        return (long) units() * TILE * outColumns.length * xSteps.offsets.length;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int size = depth * ROW + GAP;
        int room = Math.min(GROUP, rowTiles) + Math.min(COLUMNS, columnTiles);
        float[] panel = s.panel(room * size);
        int unit = from;
        while (unit < to) {
            int batch = unit / rowTiles;
            int end = Math.min(to, (batch + 1) * rowTiles);
            for (int n = 0; n < columnTiles; n += COLUMNS) {
                for (int k = 0; k < xSteps.offsets.length; k += depth) {
                    part(batch, unit - batch * rowTiles, end - batch * rowTiles, n, k, panel, size, s.tile);
                }
            }
            unit = end;
        }
    }

    /// Adds some steps to some columns of the rows of tiles `from … to−1`.
    private void part(int batch, int from, int to, int n, int k, float[] panel, int size, float[] tile) {
        int steps = Math.min(depth, xSteps.offsets.length - k);
        int last = Math.min(n + COLUMNS, columnTiles);
        pack(y, yPlaces, batch, n, last, ySteps, k, steps, panel, FIRST, size);
        int rowsAt = FIRST + (last - n) * size;
        for (int m = from; m < to; m += GROUP) {
            int end = Math.min(m + GROUP, to);
            if (packsRows) {
                pack(x, xPlaces, batch, m, end, xSteps, k, steps, panel, rowsAt, size);
            }
            for (int row = m; row < end; row++) {
                for (int column = n; column < last; column++) {
                    int columnAt = FIRST + (column - n) * size;
                    if (packsRows) {
                        tile(panel, rowsAt + (row - m) * size, columnAt, steps, tile);
                    } else {
                        tile(batch, row * TILE, k, panel, columnAt, steps, tile);
                    }
                    Lanewise.fold(tile);
                    store(tile, batch, row * TILE, column * TILE, k == 0);
                }
            }
        }
    }

    private static void pack(View x, Places places, int batch, int tile, int end, Steps steps, int from, int count,
            float[] panel, int start, int size) {
        int at = x.start() + places.batches[batch];
        for (int k = 0; k < count; k++) {
            int base = at + steps.offsets[from + k];
            int to = start + k * ROW;
            if (from + k < steps.whole) {
                copy(x.buffer().data(), base, places.positions, tile * TILE, end * TILE, panel, to, size);
            } else {
                copy(x.buffer().data(), base, places.positions, tile * TILE, end * TILE, panel, to, size, steps.rest);
            }
        }
    }

    private static void copy(float[] x, int at, int[] rows, int from, int end, float[] panel, int start, int size) {
        int to = start;
        int last = rows.length - 1;
        for (int row = from; row < end; row += TILE) {
            FloatVector.fromArray(SPECIES, x, at + rows[row]).intoArray(panel, to);
            FloatVector.fromArray(SPECIES, x, at + rows[Math.min(row + 1, last)]).intoArray(panel, to + LENGTH);
            FloatVector.fromArray(SPECIES, x, at + rows[Math.min(row + 2, last)]).intoArray(panel, to + 2 * LENGTH);
            FloatVector.fromArray(SPECIES, x, at + rows[Math.min(row + 3, last)]).intoArray(panel, to + 3 * LENGTH);
            to += size;
        }
    }

    private static void copy(float[] x, int at, int[] rows, int from, int end, float[] panel, int start, int size,
            int lanes) {
        VectorMask<Float> mask = SPECIES.indexInRange(0, lanes);
        for (int row = from; row < end; row++) {
            FloatVector part = FloatVector.fromArray(SPECIES, x, at + rows[Math.min(row, rows.length - 1)], mask);
            part.intoArray(panel, start + (row - from) / TILE * size + (row - from) % TILE * LENGTH);
        }
    }

    /// Sixteen vectors of sums, of four rows of x and four of y.
    private void tile(float[] panel, int x, int y, int steps, float[] out) {
        LaneProduct.tile(panel, x, x + LENGTH, x + 2 * LENGTH, x + 3 * LENGTH, panelSteps, panel, y, 0, steps, out, 0,
                ROW,
                2 * ROW, 3 * ROW, 0, LENGTH, 2 * LENGTH, 3 * LENGTH);
    }

    /// The same of four rows of x where they lie.
    private void tile(int batch, int row, int k, float[] panel, int y, int steps, float[] out) {
        int at = x.start() + xPlaces.batches[batch];
        int[] rows = xPlaces.positions;
        int last = rows.length - 1;
        LaneProduct.tile(x.buffer().data(), at + rows[row], at + rows[Math.min(row + 1, last)],
                at + rows[Math.min(row + 2, last)], at + rows[Math.min(row + 3, last)], xSteps.offsets, panel,
                y - k * ROW, k, k + steps, out, 0, ROW, 2 * ROW, 3 * ROW, 0, LENGTH, 2 * LENGTH, 3 * LENGTH);
    }

    /// Copies the part of a tile that the result has, or adds it.
    private void store(float[] sums, int batch, int row, int column, boolean first) {
        float[] data = out.buffer().data();
        int at = out.start() + outPlaces.batches[batch];
        int rows = Math.min(TILE, outPlaces.positions.length - row);
        int columns = Math.min(TILE, outColumns.length - column);
        for (int r = 0; r < rows; r++) {
            int rowAt = at + outPlaces.positions[row + r];
            for (int c = 0; c < columns; c++) {
                int to = rowAt + outColumns[column + c];
                float sum = sums[r * TILE + c];
                data[to] = first ? sum : data[to] + sum;
            }
        }
    }
}
