package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/// Copies a matrix into the order in which a product reads it: blocks of a few rows, in each block one step of the summed
/// axis after another. A product then reads from one base with constant displacements.
public final class PackKernel extends Kernel {

    private final View source;
    private final int[] batches;
    private final int[] rows;
    private final int[] steps;
    private final int size;
    private final int blocks;
    private final int stride;
    private final Buffer out;

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
        this.rows = Arrays.copyOf(rows, blocks * size + LENGTH);
        Arrays.fill(this.rows, rows.length, this.rows.length, rows[rows.length - 1]);
        this.steps = steps;
        this.size = size;
        this.stride = Math.addExact(Math.multiplyExact(steps.length, size), LENGTH);
        this.out = new Buffer(Math.multiplyExact(Math.multiplyExact(batches.length, blocks), stride));
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
        return List.of(out);
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
            pack(source.buffer().data(), base, rows, row, steps, size, out.data(), at);
        }
    }

    /// Rows past a block's size spill into the next step, which overwrites them; the last step spills into the padding.
    private static void pack(float[] x, int base, int[] rows, int row, int[] steps, int size, float[] out, int at) {
        for (int r = 0; r < size; r += LENGTH) {
            for (int k = 0; k < steps.length; k++) {
                FloatVector.fromArray(SPECIES, x, base + steps[k], rows, row + r).intoArray(out, at + k * size + r);
            }
        }
    }
}
