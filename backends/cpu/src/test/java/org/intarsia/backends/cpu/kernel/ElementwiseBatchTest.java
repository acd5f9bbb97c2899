package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.junit.jupiter.api.Test;

class ElementwiseBatchTest {

    private final View rate = View.dense(List.of(), "");
    private final View other = View.dense(List.of(), "");

    /// out = x · rate, and x = x · out in place, over so many elements.
    private record Update(View x, View out, ElementwiseKernel kernel, Axis axis) {}

    private static Update update(int size, View rate, Elementwise.Function function) {
        Axis axis = new Axis("a", size);
        View x = View.dense(List.of(axis), "");
        View out = View.dense(List.of(axis), "");
        Chain chain = new Chain(List.of(x, rate), List.of(new Chain.Step(function, 0, 1, 0),
                new Chain.Step(function, 0, 2, 0)), List.of(2, 3));
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
                ElementwiseBatch.batch(updates.stream().map(update -> (Kernel) update.kernel).toList());
        assertThat(names(batched)).containsExactly("ElementwiseBatch");
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
    void leavesAloneWhatDiffersIsLargeOrDependsOnWhatComesBetween() {
        Elementwise.Function product = Elementwise::multiply;
        Update first = update(8, rate, product);
        Update sum = update(8, rate, Elementwise::add);
        Update atAnotherRate = update(8, other, product);
        Update large = update(Scratch.BLOCK, rate, product);
        assertThat(names(ElementwiseBatch.batch(List.of(first.kernel, sum.kernel, atAnotherRate.kernel, large.kernel))))
                .containsOnly("ElementwiseKernel").hasSize(4);
        Chain after = new Chain(List.of(first.out, rate), List.of(new Chain.Step(product, 0, 1, 0),
                new Chain.Step(product, 0, 2, 0)), List.of(2, 3));
        View a = View.dense(List.of(first.axis), "");
        View b = View.dense(List.of(first.axis), "");
        ElementwiseKernel reader = new ElementwiseKernel(after, List.of(first.axis), "", List.of(a, b));
        assertThat(names(ElementwiseBatch.batch(List.of(first.kernel, reader)))).containsOnly("ElementwiseKernel")
                .hasSize(2);
    }

    @Test
    void theOrderOfOthersStays() {
        Elementwise.Function product = Elementwise::multiply;
        Update first = update(8, rate, product);
        Update large = update(Scratch.BLOCK, rate, product);
        Update second = update(9, rate, product);
        Kernel zero = new ZeroKernel(new Buffer(3));
        Update third = update(10, rate, product);
        assertThat(
                names(ElementwiseBatch.batch(List.of(first.kernel, large.kernel, second.kernel, zero, third.kernel))))
                .containsExactly("ElementwiseBatch", "ElementwiseKernel", "ZeroKernel", "ElementwiseKernel");
    }
}
