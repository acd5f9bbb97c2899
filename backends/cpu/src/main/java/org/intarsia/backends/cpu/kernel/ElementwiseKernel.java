package org.intarsia.backends.cpu.kernel;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.jspecify.annotations.Nullable;

/// A chain of at least one step whose results are kept, element by element, in the layout in which it is walked. A result
/// that replaces an input is written when its block is complete, any other as it is computed.
public final class ElementwiseKernel extends ChainKernel {

    private final View[] outs;
    private final int[] results;
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
        super(Chain.Walk.inOrder(chain, Loops.over(order, chain.inputs(), lanes), direct(chain, outs)));
        this.outs = outs.toArray(View[]::new);
        this.results = chain.results().stream().mapToInt(i -> i).toArray();
        int[] replacing = IntStream.range(0, outs.size()).filter(i -> replaces(outs.get(i), chain)).toArray();
        this.late = IntStream.of(replacing).map(i -> chain.results().get(i)).toArray();
        this.lateOuts = IntStream.of(replacing).mapToObj(outs::get).toArray(View[]::new);
        this.rowsPerBlock = walk.rowsPerBlock();
        this.blocksPerRow = walk.blocksPerRow();
    }

    private static @Nullable View[] direct(Chain chain, List<View> outs) {
        @Nullable
        View[] direct = new View[chain.steps()];
        for (int i = 0; i < outs.size(); i++) {
            if (!replaces(outs.get(i), chain)) {
                direct[chain.results().get(i) - chain.inputs().size()] = outs.get(i);
            }
        }
        return direct;
    }

    private static boolean replaces(View out, Chain chain) {
        return chain.inputs().stream().anyMatch(input -> input.buffer() == out.buffer());
    }

    @Override
    void store(Scratch s, int at) {
        for (int i = 0; i < outs.length; i++) {
            View out = outs[i];
            Elementwise.move(s.arrays[results[i]], s.starts[results[i]] + at, out.buffer().data(), out.start(), size());
        }
    }

    @Override
    public List<Buffer> writes() {
        return Stream.of(outs).map(View::buffer).toList();
    }

    /// The first result may take the place of an input that no later step reads.
    @Override
    public List<Buffer> replaceable() {
        if (walk.inner() % Vectors.LENGTH != 0) {
            return List.of(); // the last vector of a long function would read what the one before has written
        }
        View out = outs[0];
        List<View> inputs = chain().inputs();
        List<Buffer> elsewhere = inputs.stream().filter(input -> !input.liesLike(out)).map(View::buffer).toList();
        return IntStream.range(0, inputs.size()).filter(input -> chain().lastRead(input) <= results[0])
                .mapToObj(input -> inputs.get(input).buffer())
                .filter(buffer -> !elsewhere.contains(buffer) && !writes().contains(buffer)).toList();
    }

    @Override
    public int units() {
        return Math.ceilDiv(walk.rows(), rowsPerBlock) * blocksPerRow;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int inner = walk.inner();
        int block = chain().block();
        walk.begin(s);
        for (int unit = from; unit < to; unit++) {
            int row = unit / blocksPerRow * rowsPerBlock;
            int column = unit % blocksPerRow * block;
            int rows = Math.min(rowsPerBlock, walk.rows() - row);
            int length = Math.min(block, inner - column);
            int at = row * inner + column;
            walk.block(s, row, rows, column, length, at);
            for (int i = 0; i < late.length; i++) {
                System.arraycopy(s.arrays[late[i]], s.starts[late[i]], lateOuts[i].buffer().data(),
                        lateOuts[i].start() + at, rows * length);
            }
        }
    }
}
