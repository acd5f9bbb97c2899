package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.junit.jupiter.api.Test;

class ChainBatchTest {

    private final View rate = View.dense(List.of(), "");
    private final View other = View.dense(List.of(), "");

    /// out = x · rate, and x = x · out in place, over so many elements.
    private record Update(View x, View out, ElementwiseKernel kernel, Axis axis) {}

    private static Update update(int size, View rate, Elementwise.Function function) {
        Axis axis = new Axis("a", size);
        View x = View.dense(List.of(axis), "");
        View out = View.dense(List.of(axis), "");
        Chain chain = new Chain(List.of(x, rate), List.of(new Chain.Each(function, 0, 1, 0),
                new Chain.Each(function, 0, 2, 0)), List.of(2, 3));
        return new Update(x, out, new ElementwiseKernel(chain, List.of(axis), "", List.of(out, x)), axis);
    }

    private static List<String> names(List<Kernel> kernels) {
        return kernels.stream().map(kernel -> kernel.getClass().getSimpleName()).toList();
    }

    @Test
    void computesWhatTheKernelsWouldOneAfterAnother() {
        Elementwise.Function product = Elementwise::multiply;
        List<Update> updates = IntStream.of(2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100)
                .mapToObj(size -> update(size, rate, product)).toList();
        List<Kernel> batched =
                ChainBatch.batch(updates.stream().map(update -> (Kernel) update.kernel).toList());
        assertThat(names(batched)).containsExactly("ChainBatch");
        List<View> views = new ArrayList<>(List.of(rate));
        updates.forEach(update -> views.addAll(List.of(update.x, update.out)));
        Memory memory = new Memory(batched, views.toArray(View[]::new));
        Memory.fill(rate, List.of(), _ -> 0.25);
        updates.forEach(
                update -> Memory.fill(update.x, List.of(update.axis), i -> Memory.number(update.axis.size(), i)));
        memory.run("a batch");
        for (Update update : updates) {
            int size = update.axis.size();
            double[] out = IntStream.range(0, size).mapToDouble(i -> 0.25 * Memory.number(size, i)).toArray();
            double[] x = IntStream.range(0, size).mapToDouble(i -> out[i] * Memory.number(size, i)).toArray();
            Memory.close("out " + size, Memory.read(update.out, List.of(update.axis)), out, 1e-6);
            Memory.close("x " + size, Memory.read(update.x, List.of(update.axis)), x, 1e-6);
        }
    }

    @Test
    void sumsEachOfManySmallTensors() {
        List<View> all = IntStream.of(2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100)
                .mapToObj(size -> View.dense(List.of(new Axis("a", size)), "")).toList();
        List<View> sums = all.stream().map(_ -> View.dense(List.of(), "")).toList();
        List<Kernel> kernels = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            kernels.add(sumOfSquares(Op.Reduce.Function.SUM, all.get(i), sums.get(i)));
        }
        List<Kernel> batched = ChainBatch.batch(kernels);
        assertThat(names(batched)).containsExactly("ChainBatch");
        Memory memory = new Memory(batched);
        all.forEach(x -> Memory.fill(x, axes(x), i -> Memory.number(x.buffer().size(), i)));
        memory.run("a batch");
        for (int i = 0; i < all.size(); i++) {
            int size = all.get(i).buffer().size();
            double sum = IntStream.range(0, size).mapToDouble(at -> Math.pow(Memory.number(size, at), 2)).sum();
            Memory.close("the sum of " + size, Memory.read(sums.get(i), List.of()), new double[] {sum}, 1e-5);
        }
    }

    @Test
    void leavesAloneOtherReductions() {
        View x = View.dense(List.of(new Axis("a", 8)), "");
        View y = View.dense(List.of(new Axis("a", 8)), "");
        View kept = View.dense(List.of(new Axis("k", 2), new Axis("a", 8)), "");
        List<Kernel> maxima = Stream.of(x, y)
                .map(view -> sumOfSquares(Op.Reduce.Function.MAXIMUM, view, View.dense(List.of(), ""))).toList();
        assertThat(names(ChainBatch.batch(maxima))).containsOnly("ReductionKernel");
        List<Kernel> rows = Stream.of(kept, kept)
                .map(view -> new ReductionKernel(Op.Reduce.Function.SUM, square(view), List.of(new Axis("k", 2)),
                        List.of(), List.of(new Axis("a", 8)), false, "", View.dense(List.of(new Axis("k", 2)), "")))
                .map(Kernel.class::cast).toList();
        assertThat(names(ChainBatch.batch(rows))).containsOnly("ReductionKernel");
    }

    private static Kernel sumOfSquares(Op.Reduce.Function function, View x, View out) {
        return new ReductionKernel(function, square(x), List.of(), List.of(), axes(x), false, "", out);
    }

    private static Chain square(View x) {
        return new Chain(List.of(x), List.of(new Chain.Each(Elementwise::multiply, 0, 0, 0)), List.of(1));
    }

    private static List<Axis> axes(View x) {
        return List.of(new Axis("a", x.buffer().size()));
    }

    @Test
    void leavesAloneWhatDiffersIsLargeOrDependsOnWhatComesBetween() {
        Elementwise.Function product = Elementwise::multiply;
        Update first = update(8, rate, product);
        Update sum = update(8, rate, Elementwise::add);
        Update atAnotherRate = update(8, other, product);
        Update large = update(Scratch.LONGEST_BLOCK, rate, product);
        assertThat(names(ChainBatch.batch(List.of(first.kernel, sum.kernel, atAnotherRate.kernel, large.kernel))))
                .containsOnly("ElementwiseKernel").hasSize(4);
        Chain after = new Chain(List.of(first.out, rate), List.of(new Chain.Each(product, 0, 1, 0),
                new Chain.Each(product, 0, 2, 0)), List.of(2, 3));
        View a = View.dense(List.of(first.axis), "");
        View b = View.dense(List.of(first.axis), "");
        ElementwiseKernel reader = new ElementwiseKernel(after, List.of(first.axis), "", List.of(a, b));
        assertThat(names(ChainBatch.batch(List.of(first.kernel, reader)))).containsOnly("ElementwiseKernel")
                .hasSize(2);
    }

    @Test
    void theOrderOfOthersStays() {
        Elementwise.Function product = Elementwise::multiply;
        Update first = update(8, rate, product);
        Update large = update(Scratch.LONGEST_BLOCK, rate, product);
        Update second = update(9, rate, product);
        Kernel zero = new ZeroKernel(new Buffer(3));
        Update third = update(10, rate, product);
        assertThat(
                names(ChainBatch.batch(List.of(first.kernel, large.kernel, second.kernel, zero, third.kernel))))
                .containsExactly("ChainBatch", "ElementwiseKernel", "ZeroKernel", "ElementwiseKernel");
    }
}
