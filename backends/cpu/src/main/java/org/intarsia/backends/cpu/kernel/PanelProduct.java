package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// A matrix product whose columns lie in vectors: `out[m, n] = start[m] + Σₖ a[m, k] · b[k, n] + addend[m, n]`, with a packed
/// by blocks of rows. The columns are the lanes of a panel of activations, or a packed matrix. A unit is a block of rows of a
/// pair of column vectors.
public final class PanelProduct extends Kernel {

    private final PackKernel a;
    private final int size;
    private final Buffer b;
    private final int[] bBatches;
    private final int[] bColumns;
    private final int[] steps;
    private final View out;
    private final int[] outBatches;
    private final int[] outRows;
    private final int[] outColumns;
    private final int count;
    private final int bOffset;
    private final View start;
    private final Places starts;
    private final @Nullable Addend addend;

    /// What is added to the sums: a view, its batches and column vectors, and its rows.
    static final class Addend {

        private final View view;
        private final Places places;
        private final int[] rows;

        Addend(View view, Places places, int[] rows) {
            this.view = view;
            this.places = places;
            this.rows = rows;
        }
    }

    /// Plans the kernel.
    ///
    /// @param size rows in a block of `a`
    /// @param bOffset where the first column stands in `b`
    /// @param bPlaces batches and column vectors of `b`
    /// @param steps the offset in `b` of each step of the summed axis
    /// @param outPlaces batches and column vectors of `out`
    /// @param outRows the offset of each row of `out`
    /// @param count columns; the last vector may be partly filled
    /// @param start from which the sums start, such as a bias
    /// @param starts batches and rows of `start`
    /// @param addend whole vectors
    PanelProduct(PackKernel a, int size, Buffer b, int bOffset, Places bPlaces, int[] steps, View out, Places outPlaces,
            int[] outRows, int count, View start, Places starts, Optional<Addend> addend) {
        this.a = a;
        this.size = size;
        this.b = b;
        this.bOffset = bOffset;
        this.bBatches = bPlaces.batches;
        this.bColumns = bPlaces.positions;
        this.steps = steps;
        this.out = out;
        this.outBatches = outPlaces.batches;
        this.outColumns = outPlaces.positions;
        this.outRows = outRows;
        this.count = count;
        this.start = start;
        this.addend = addend.orElse(null);
        int blocked = a.blocks() * size;
        this.starts = new Places(starts.batches, Arrays.copyOf(starts.positions, blocked));
    }

    @Override
    public List<Buffer> reads() {
        return addend == null ? List.of(a.out(), b, start.buffer())
                : List.of(a.out(), b, start.buffer(), addend.view.buffer());
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    private int pairs() {
        return Math.ceilDiv(bColumns.length, 2);
    }

    @Override
    public int units() {
        return bBatches.length * pairs() * a.blocks();
    }

    @Override
    public long cost() {
        return (long) bBatches.length * pairs() * outRows.length * steps.length * 2;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int unit = from;
        while (unit < to) {
            int column = unit / a.blocks();
            int block = unit % a.blocks();
            int end = Math.min(a.blocks(), block + to - unit);
            columns(column / pairs(), column % pairs() * 2, block, end, s);
            unit += end - block;
        }
    }

    /// Computes the blocks of rows `from … to−1` of a pair of column vectors.
    private void columns(int batch, int first, int from, int to, Scratch s) {
        int second = Math.min(first + 1, bColumns.length - 1);
        int b0 = b.start() + bOffset + bBatches[batch];
        int o0 = out.start() + outBatches[batch];
        int startAt = start.start() + starts.batches[batch];
        boolean whole = (second + 1) * LENGTH <= count;
        for (int block = from; block < to; block++) {
            int row = block * size;
            int aAt = a.out().start() + a.at(batch, block);
            if (whole && row + size <= outRows.length) {
                Tiles.compute(size, start.buffer().data(), starts.positions, startAt, row, a.out().data(), aAt,
                        b.data(), steps, b0 + bColumns[first], b0 + bColumns[second], steps.length,
                        out.buffer().data(), outRows, row, o0 + outColumns[first], o0 + outColumns[second]);
            } else {
                Tiles.compute(size, start.buffer().data(), starts.positions, startAt, row, a.out().data(), aAt,
                        b.data(), steps, b0 + bColumns[first], b0 + bColumns[second], steps.length, s.tile,
                        s.tileRows, 0, 0, LENGTH);
                store(s.tile, row, first, o0);
                if (second != first) {
                    store(s.tile, row, second, o0);
                }
            }
            if (addend != null) {
                add(addend, batch, row, first, o0);
                if (second != first) {
                    add(addend, batch, row, second, o0);
                }
            }
        }
    }

    private void add(Addend x, int batch, int row, int column, int at) {
        float[] from = x.view.buffer().data();
        float[] to = out.buffer().data();
        int fromAt = x.view.start() + x.places.batches[batch] + x.places.positions[column];
        int toAt = at + outColumns[column];
        for (int r = row; r < Math.min(row + size, outRows.length); r++) {
            FloatVector sum = FloatVector.fromArray(SPECIES, to, toAt + outRows[r]);
            FloatVector.fromArray(SPECIES, from, fromAt + x.rows[r]).add(sum).intoArray(to, toAt + outRows[r]);
        }
    }

    /// Copies the part of a tile that the result has.
    private void store(float[] tile, int row, int column, int at) {
        int columns = Math.min(LENGTH, count - column * LENGTH);
        int side = column % 2 * LENGTH;
        for (int r = 0; r < Math.min(size, outRows.length - row); r++) {
            System.arraycopy(tile, r * 2 * LENGTH + side, out.buffer().data(),
                    at + outRows[row + r] + outColumns[column], columns);
        }
    }
}
