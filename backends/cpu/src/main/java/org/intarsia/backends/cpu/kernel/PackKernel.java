package org.intarsia.backends.cpu.kernel;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Copies a matrix into the order in which a product reads it: blocks of a few rows, in each block one step of the summed
/// axis after another. A product then reads from one base with constant displacements. The rows' sums can be had by the way; see
/// [RowSums].
public final class PackKernel extends Kernel {

    private static final int FOUR = 4;
    private static final VectorSpecies<Float> QUARTET = FloatVector.SPECIES_128;
    /// Exchanges the halves of a vector, and which lanes the upper half is.
    private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromValues(QUARTET, 2, 3, 0, 1);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(QUARTET, 0b1100);
    /// Exchanges neighbours, and which lanes are odd.
    private static final VectorShuffle<Float> ONES = VectorShuffle.fromValues(QUARTET, 1, 0, 3, 2);
    private static final VectorMask<Float> ODD = VectorMask.fromLong(QUARTET, 0b1010);

    private static final int EIGHT = 8;
    private static final VectorSpecies<Float> OCTET = FloatVector.SPECIES_256;
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(OCTET, lane -> lane ^ 4);
    private static final VectorMask<Float> UPPER_HALF = VectorMask.fromLong(OCTET, 0b11110000);
    private static final VectorShuffle<Float> OCTET_PAIRS = VectorShuffle.fromOp(OCTET, lane -> lane ^ 2);
    private static final VectorMask<Float> OCTET_UPPER = VectorMask.fromLong(OCTET, 0b11001100);
    private static final VectorShuffle<Float> OCTET_ONES = VectorShuffle.fromOp(OCTET, lane -> lane ^ 1);
    private static final VectorMask<Float> OCTET_ODD = VectorMask.fromLong(OCTET, 0b10101010);

    private final View source;
    private final int[] batches;
    private final int[] rows;
    private final int[] steps;
    private final int run;
    private final boolean side;
    private final boolean octets;
    private final int size;
    private final int blocks;
    private final int stride;
    private final Buffer out;
    private final int count;
    private @Nullable RowSums sums;

    /// Plans the kernel.
    ///
    /// @param batches the offset of each matrix
    /// @param rows the offset of each row
    /// @param steps the offset of each step of the summed axis
    /// @param size rows in a block
    PackKernel(View source, int[] batches, int[] rows, int[] steps, int size) {
        this.source = source;
        this.batches = batches;
        this.blocks = Math.ceilDiv(rows.length, size);
        this.rows = Arrays.copyOf(rows, blocks * size);
        Arrays.fill(this.rows, rows.length, this.rows.length, rows[rows.length - 1]);
        this.steps = steps;
        this.run = run(steps);
        this.side = rows.length % size == 0 && run(rows) % size == 0;
        this.octets = run % EIGHT == 0 && Vectors.LENGTH >= EIGHT;
        this.size = size;
        this.stride = Math.multiplyExact(steps.length, size);
        this.out = new Buffer(Math.multiplyExact(Math.multiplyExact(batches.length, blocks), stride));
        this.count = rows.length;
    }

    /// Returns whether it can add up rows as a reduction does.
    boolean canSum(ReductionKernel reduction) {
        return sums == null && batches.length == 1 && !side && run >= FOUR && RowSums.fits(size, run)
                && reduction.sums(source, Arrays.copyOf(rows, count), steps);
    }

    /// Lets it add up the rows, too.
    void sum(View to) {
        sums = new RowSums(to, size);
    }

    /// Returns where a block of a batch starts in the packed buffer.
    int at(int batch, int block) {
        return (batch * blocks + block) * stride;
    }

    Buffer out() {
        return out;
    }

    int blocks() {
        return blocks;
    }

    @Override
    public List<Buffer> reads() {
        return List.of(source.buffer());
    }

    @Override
    public List<Buffer> writes() {
        return sums == null ? List.of(out) : List.of(out, sums.buffer());
    }

    @Override
    public int units() {
        return batches.length * blocks;
    }

    @Override
    public long cost() {
        return (long) batches.length * blocks * stride / 4;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        for (int unit = from; unit < to; unit++) {
            int base = source.start() + batches[unit / blocks];
            int row = unit % blocks * size;
            int at = out.start() + unit * stride;
            float[] x = source.buffer().data();
            if (side) {
                copy(x, base + rows[row], steps, size, out.data(), at);
            } else if (run >= FOUR) {
                if (sums != null) {
                    sums.begin(s);
                }
                for (int k = 0; k < steps.length; k += run) {
                    int r = 0;
                    for (; octets && r + EIGHT <= size; r += EIGHT) {
                        octets(x, base + steps[k], rows, row + r, run, size, out.data(), at + k * size + r);
                    }
                    for (; r < size; r += FOUR) {
                        quartets(x, base + steps[k], rows, row + r, run, size, out.data(), at + k * size + r);
                    }
                    if (sums != null) {
                        sums.add(out.data(), at + k * size, run * size, s);
                    }
                }
                if (sums != null) {
                    sums.end(s, row, Math.min(size, count - row));
                }
            } else {
                gather(x, base, rows, row, steps, size, out.data(), at);
            }
        }
    }

    /// Returns how many offsets at a time lie one after another: all runs are of this length.
    private static int run(int[] offsets) {
        int run = 1;
        while (run < offsets.length && offsets[run] == offsets[run - 1] + 1) {
            run++;
        }
        for (int i = 0; i < offsets.length; i++) {
            if (offsets.length % run != 0 || offsets[i] != offsets[i - i % run] + i % run) {
                return 1;
            }
        }
        return run;
    }

    /// Rows that lie side by side.
    private static void copy(float[] x, int from, int[] steps, int size, float[] out, int at) {
        for (int k = 0; k < steps.length; k++) {
            for (int r = 0; r < size; r += FOUR) {
                FloatVector.fromArray(QUARTET, x, from + steps[k] + r).intoArray(out, at + k * size + r);
            }
        }
    }

    /// Steps that lie side by side: squares of four rows and four steps are turned by exchanging first
    /// halves, then neighbours. The last square overlaps the one before.
    private static void quartets(float[] x, int base, int[] rows, int row, int run, int size, float[] out, int at) {
        int r0 = base + rows[row];
        int r1 = base + rows[row + 1];
        int r2 = base + rows[row + 2];
        int r3 = base + rows[row + 3];
        for (int i = 0; i < run; i += FOUR) {
            int k = Math.min(i, run - FOUR);
            FloatVector a = FloatVector.fromArray(QUARTET, x, r0 + k);
            FloatVector b = FloatVector.fromArray(QUARTET, x, r1 + k);
            FloatVector c = FloatVector.fromArray(QUARTET, x, r2 + k);
            FloatVector d = FloatVector.fromArray(QUARTET, x, r3 + k);
            FloatVector a2 = a.blend(c.rearrange(PAIRS), UPPER);
            FloatVector b2 = b.blend(d.rearrange(PAIRS), UPPER);
            FloatVector c2 = a.rearrange(PAIRS).blend(c, UPPER);
            FloatVector d2 = b.rearrange(PAIRS).blend(d, UPPER);
            int to = at + k * size;
            a2.blend(b2.rearrange(ONES), ODD).intoArray(out, to);
            a2.rearrange(ONES).blend(b2, ODD).intoArray(out, to + size);
            c2.blend(d2.rearrange(ONES), ODD).intoArray(out, to + 2 * size);
            c2.rearrange(ONES).blend(d2, ODD).intoArray(out, to + 3 * size);
        }
    }

    /// Steps that lie side by side, in squares of eight rows and eight steps: the halves are exchanged as they are read. Not
    /// shared with squares of four: vectors of two sizes at one place of the code would become objects.
    private static void octets(float[] x, int base, int[] rows, int row, int run, int size, float[] out, int at) {
        for (int k = 0; k < run; k += EIGHT) {
            lower(x, base + k, rows, row, size, out, at + k * size);
            upper(x, base + k, rows, row, size, out, at + (k + FOUR) * size);
        }
    }

    private static void lower(float[] x, int at, int[] rows, int row, int size, float[] out, int to) {
        FloatVector a = lower(load(x, at + rows[row]), load(x, at + rows[row + 4]));
        FloatVector b = lower(load(x, at + rows[row + 1]), load(x, at + rows[row + 5]));
        FloatVector c = lower(load(x, at + rows[row + 2]), load(x, at + rows[row + 6]));
        FloatVector d = lower(load(x, at + rows[row + 3]), load(x, at + rows[row + 7]));
        store(a, b, c, d, size, out, to);
    }

    private static void upper(float[] x, int at, int[] rows, int row, int size, float[] out, int to) {
        FloatVector a = upper(load(x, at + rows[row]), load(x, at + rows[row + 4]));
        FloatVector b = upper(load(x, at + rows[row + 1]), load(x, at + rows[row + 5]));
        FloatVector c = upper(load(x, at + rows[row + 2]), load(x, at + rows[row + 6]));
        FloatVector d = upper(load(x, at + rows[row + 3]), load(x, at + rows[row + 7]));
        store(a, b, c, d, size, out, to);
    }

    private static FloatVector load(float[] x, int at) {
        return FloatVector.fromArray(OCTET, x, at);
    }

    /// The lower halves of two vectors.
    private static FloatVector lower(FloatVector a, FloatVector b) {
        return a.blend(b.rearrange(HALVES), UPPER_HALF);
    }

    /// The upper halves of two vectors.
    private static FloatVector upper(FloatVector a, FloatVector b) {
        return a.rearrange(HALVES).blend(b, UPPER_HALF);
    }

    /// Turns squares of four within the halves of vectors, and stores the four rows.
    private static void store(FloatVector a, FloatVector b, FloatVector c, FloatVector d, int size, float[] out,
            int to) {
        FloatVector a2 = a.blend(c.rearrange(OCTET_PAIRS), OCTET_UPPER);
        FloatVector b2 = b.blend(d.rearrange(OCTET_PAIRS), OCTET_UPPER);
        FloatVector c2 = a.rearrange(OCTET_PAIRS).blend(c, OCTET_UPPER);
        FloatVector d2 = b.rearrange(OCTET_PAIRS).blend(d, OCTET_UPPER);
        a2.blend(b2.rearrange(OCTET_ONES), OCTET_ODD).intoArray(out, to);
        a2.rearrange(OCTET_ONES).blend(b2, OCTET_ODD).intoArray(out, to + size);
        c2.blend(d2.rearrange(OCTET_ONES), OCTET_ODD).intoArray(out, to + 2 * size);
        c2.rearrange(OCTET_ONES).blend(d2, OCTET_ODD).intoArray(out, to + 3 * size);
    }

    /// Numbers that lie anywhere.
    private static void gather(float[] x, int base, int[] rows, int row, int[] steps, int size, float[] out, int at) {
        for (int k = 0; k < steps.length; k++) {
            for (int r = 0; r < size; r++) {
                out[at + k * size + r] = x[base + steps[k] + rows[row + r]];
            }
        }
    }
}
