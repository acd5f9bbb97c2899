package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;

/// A chain of at least one step whose result is kept, element by element, in the layout in which it is walked.
public final class ElementwiseKernel extends Kernel {

    private final Chain.Walk walk;
    private final View out;
    private final int rowsPerBlock;
    private final int blocksPerRow;

    /// Plans the kernel.
    ///
    /// @param order the axes as `out` lays them out, the innermost last
    /// @param lanes the lanes' axis, or the empty string
    /// @param out dense
    public ElementwiseKernel(Chain chain, List<Axis> order, String lanes, View out) {
        this.walk = new Chain.Walk(chain, Loops.over(order, chain.inputs(), lanes), chain.inputs().size());
        this.out = out;
        this.rowsPerBlock = walk.rowsPerBlock();
        this.blocksPerRow = walk.blocksPerRow();
    }

    @Override
    public List<Buffer> reads() {
        return walk.chain().inputs().stream().map(View::buffer).toList();
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    @Override
    public int units() {
        return Math.ceilDiv(walk.rows(), rowsPerBlock) * blocksPerRow;
    }

    @Override
    public long cost() {
        return (long) walk.rows() * walk.inner() * walk.chain().weight() / 8;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int inner = walk.inner();
        walk.seek(from / blocksPerRow * rowsPerBlock, s);
        for (int unit = from; unit < to; unit++) {
            int row = unit / blocksPerRow * rowsPerBlock;
            int column = unit % blocksPerRow * Scratch.BLOCK;
            int rows = Math.min(rowsPerBlock, walk.rows() - row);
            int length = Math.min(Scratch.BLOCK, inner - column);
            walk.block(s, null, rows, column, length, out.buffer().data(), out.start() + row * inner + column);
        }
    }
}
