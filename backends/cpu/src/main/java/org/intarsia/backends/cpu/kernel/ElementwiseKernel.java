package org.intarsia.backends.cpu.kernel;

import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.jspecify.annotations.Nullable;

/// A chain of at least one step whose results are kept, element by element, in the layout in which it is walked. A result
/// that replaces an input is written when its block is complete, any other as it is computed.
public final class ElementwiseKernel extends Kernel {

    private static final int[] NOWHERE = new int[Scratch.REGISTERS];

    private final Chain.Walk walk;
    private final List<View> outs;
    private final int[] late;
    private final View[] lateOuts;
    private final int rowsPerBlock;
    private final int blocksPerRow;

    /// Plans the kernel.
    ///
    /// @param order the axes as the results are laid out, the innermost last
    /// @param lanes the lanes' axis, or the empty string
    /// @param outs where the chain's results go, dense
    public ElementwiseKernel(Chain chain, List<Axis> order, String lanes, List<View> outs) {
        List<Buffer> read = chain.inputs().stream().map(View::buffer).toList();
        this.outs = outs;
        int[] replacing = IntStream.range(0, outs.size()).filter(i -> read.contains(outs.get(i).buffer())).toArray();
        this.late = IntStream.of(replacing).map(i -> chain.results().get(i)).toArray();
        this.lateOuts = IntStream.of(replacing).mapToObj(outs::get).toArray(View[]::new);
        @Nullable
        View[] direct = new View[chain.steps()];
        for (int i = 0; i < outs.size(); i++) {
            if (!read.contains(outs.get(i).buffer())) {
                direct[chain.results().get(i) - read.size()] = outs.get(i);
            }
        }
        this.walk = new Chain.Walk(chain, Loops.over(order, chain.inputs(), lanes), direct);
        this.rowsPerBlock = walk.rowsPerBlock();
        this.blocksPerRow = walk.blocksPerRow();
    }

    Chain chain() {
        return walk.chain();
    }

    List<View> outs() {
        return outs;
    }

    /// Returns the number of elements.
    int size() {
        return walk.rows() * walk.inner();
    }

    /// Returns whether an input is one number everywhere.
    boolean uniform(int input) {
        return walk.uniform(input);
    }

    /// Returns whether another kernel is small too, and does the same with other values in the same places.
    boolean isLike(ElementwiseKernel other) {
        return 1 < Math.min(size(), other.size()) && Math.max(size(), other.size()) <= Scratch.BLOCK / 2
                && walk.isFlat() && other.walk.isFlat() && chain().computesLike(other.chain())
                && IntStream.range(0, chain().inputs().size()).allMatch(input -> uniform(input) == other.uniform(input)
                        && (!uniform(input)
                                || chain().inputs().get(input).startsLike(other.chain().inputs().get(input))));
    }

    @Override
    public List<Buffer> reads() {
        return walk.chain().inputs().stream().map(View::buffer).toList();
    }

    @Override
    public List<Buffer> writes() {
        return outs.stream().map(View::buffer).toList();
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
        walk.begin(s, NOWHERE);
        for (int unit = from; unit < to; unit++) {
            int row = unit / blocksPerRow * rowsPerBlock;
            int column = unit % blocksPerRow * Scratch.BLOCK;
            int rows = Math.min(rowsPerBlock, walk.rows() - row);
            int length = Math.min(Scratch.BLOCK, inner - column);
            int at = row * inner + column;
            walk.block(s, NOWHERE, row, rows, column, length, at);
            for (int i = 0; i < late.length; i++) {
                System.arraycopy(s.arrays[late[i]], s.starts[late[i]], lateOuts[i].buffer().data(),
                        lateOuts[i].start() + at, rows * length);
            }
        }
    }
}
