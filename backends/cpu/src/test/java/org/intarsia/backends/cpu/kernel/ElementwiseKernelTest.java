package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.junit.jupiter.api.Test;

class ElementwiseKernelTest {

    private static final String LANES = "lane";
    private static final int[] ROWS = {1, 2, 5, 40};

    /// out = x·y + x·z in a chain of three steps, whose second is kept too: x is dense, y lies the other way round, z has
    /// one number for each position of the innermost axis, and w, which is added at the end, one for each row.
    @Test
    void aChainReadsEveryLayout() {
        for (int n : Memory.LENGTHS) {
            for (int rows : ROWS) {
                check(new Axis("row", rows), new Axis("inner", n), "");
                check(new Axis("row", rows), new Axis(LANES, n), LANES);
            }
        }
        check(new Axis("row", 3), new Axis("inner", 600), "");
        check(new Axis("row", 3), new Axis(LANES, 515), LANES);
    }

    private static void check(Axis row, Axis inner, String lanes) {
        List<Axis> axes = List.of(row, inner);
        View x = View.dense(axes, lanes);
        View y = lanes.isEmpty() ? View.dense(axes.reversed(), lanes) : View.dense(axes, lanes);
        View z = View.dense(List.of(inner), lanes);
        View w = View.dense(List.of(row), lanes);
        View c = View.dense(List.of(), lanes);
        View product = View.dense(axes, lanes);
        View out = View.dense(axes, lanes);
        Chain chain = new Chain(List.of(x, y, z, w, c),
                List.of(new Chain.Each(Elementwise::multiply, 0, 1, 0), new Chain.Each(Elementwise::multiply, 0, 2, 0),
                        new Chain.Each(Elementwise::add, 5, 6, 5), new Chain.Each(Elementwise::add, 7, 3, 7),
                        new Chain.Each(Elementwise::select, 4, 8, 0)),
                List.of(6, 9));
        Memory memory = new Memory(List.of(new ElementwiseKernel(chain, axes, lanes, List.of(product, out))));
        Memory.fill(x, axes, i -> Memory.number(1, i));
        Memory.fill(y, axes, i -> Memory.number(2, i));
        Memory.fill(z, List.of(inner), i -> Memory.number(3, i));
        Memory.fill(w, List.of(row), i -> Memory.number(4, i));
        Memory.fill(c, List.of(), _ -> 1);
        memory.run("a chain over " + axes);
        int n = inner.size();
        double[] kept = new double[row.size() * n];
        double[] last = new double[row.size() * n];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = Memory.number(1, i) * Memory.number(3, i % n);
            last[i] = Memory.number(1, i) * Memory.number(2, i) + kept[i] + Memory.number(4, i / n);
        }
        Memory.close("kept in a chain over " + axes, Memory.read(product, axes), kept, 4e-7);
        Memory.close("a chain over " + axes, Memory.read(out, axes), last, 2e-6);
    }

    /// v ← v·v + v and w ← v, both in the same kernel: results that replace inputs are written when all is read.
    @Test
    void resultsReplaceInputs() {
        for (int n : Memory.LENGTHS) {
            for (int rows : ROWS) {
                List<Axis> axes = List.of(new Axis("row", rows), new Axis("inner", n));
                View v = View.dense(axes, "");
                View w = View.dense(axes, "");
                Chain chain = new Chain(List.of(v, w), List.of(new Chain.Each(Elementwise::multiply, 0, 0, 0),
                        new Chain.Each(Elementwise::add, 2, 1, 0), new Chain.Each(Elementwise::copy, 0, 0, 0)),
                        List.of(3, 4));
                Memory memory = new Memory(List.of(new ElementwiseKernel(chain, axes, "", List.of(v, w))));
                Memory.fill(v, axes, i -> Memory.number(1, i));
                Memory.fill(w, axes, i -> Memory.number(2, i));
                memory.run("replacing over " + axes);
                double[] first = IntStream.range(0, rows * n)
                        .mapToDouble(i -> Memory.number(1, i) * Memory.number(1, i) + Memory.number(2, i)).toArray();
                double[] second = IntStream.range(0, rows * n).mapToDouble(i -> Memory.number(1, i)).toArray();
                Memory.close("v over " + axes, Memory.read(v, axes), first, 1e-6);
                Memory.close("w over " + axes, Memory.read(w, axes), second, 0);
            }
        }
    }

    @Test
    void aResultMayTakeThePlaceOfAnInputThatNoLaterStepReads() {
        List<Axis> axes = List.of(new Axis("row", 3), new Axis("inner", 32));
        View x = View.dense(axes, "");
        View y = View.dense(axes, "");
        View turned = View.dense(axes.reversed(), "");
        List<Chain.Step> steps = List.of(new Chain.Each(Elementwise::multiply, 0, 1, 0),
                new Chain.Each(Elementwise::add, 3, 0, 3), new Chain.Each(Elementwise::add, 4, 2, 4));
        Chain last = new Chain(List.of(x, y, turned), steps, List.of(5));
        assertThat(new ElementwiseKernel(last, axes, "", List.of(View.dense(axes, ""))).replaceable())
                .containsExactly(x.buffer(), y.buffer());
        Chain first = new Chain(List.of(x, y, turned), steps, List.of(3, 5));
        assertThat(new ElementwiseKernel(first, axes, "", List.of(View.dense(axes, ""), View.dense(axes, "")))
                .replaceable()).containsExactly(y.buffer());
    }

    @Test
    void aChainThatIsTooLongIsRefused() {
        View x = View.dense(List.of(), "");
        List<Chain.Step> steps = Collections.nCopies(64, new Chain.Each(Elementwise::exp, 0, 0, 0));
        assertThatThrownBy(() -> new Chain(List.of(x), steps, List.of(1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chain of 65 values is too long");
        assertThat(new Chain(List.of(x), steps.subList(0, 63), List.of(1)).steps()).isEqualTo(63);
    }

    @Test
    void valuesAreCopiedFromEveryLayoutToEveryOther() {
        for (int n : Memory.LENGTHS) {
            Axis a = new Axis("a", 3);
            Axis b = new Axis("b", n);
            Axis lane = new Axis(LANES, 5);
            List<Axis> axes = List.of(a, b, lane);
            for (List<Axis> from : permutations(axes)) {
                for (List<Axis> to : permutations(axes)) {
                    View x = View.dense(from, "");
                    View out = View.dense(to, LANES);
                    Memory memory = new Memory(List.of(new CopyKernel(x, out, to)));
                    Memory.fill(x, axes, i -> i);
                    memory.run(from + " to " + to);
                    double[] expected = IntStream.range(0, 15 * n).mapToDouble(i -> i).toArray();
                    Memory.close(from + " to " + to, Memory.read(out, axes), expected, 0);
                }
            }
        }
    }

    @Test
    void randomNumbersAreCountedInTheDeclaredOrder() {
        Seed seed = Seed.of(5);
        for (int n : Memory.LENGTHS) {
            List<Axis> axes = List.of(new Axis(LANES, n), new Axis("row", 3));
            View counter = View.dense(List.of(), LANES);
            View out = View.dense(axes.reversed(), LANES);
            Memory memory = new Memory(List.of(new RandomKernel(seed, counter, out, axes)));
            Memory.fill(counter, List.of(), _ -> 12);
            memory.run("random over " + axes);
            double[] expected =
                    IntStream.range(0, 3 * n).mapToDouble(i -> (float) Philox.uniform(seed.key(), i, 12)).toArray();
            Memory.close("random over " + axes, Memory.read(out, axes), expected, 0);
        }
    }

    private static List<List<Axis>> permutations(List<Axis> axes) {
        if (axes.size() < 2) {
            return List.of(axes);
        }
        List<List<Axis>> all = new ArrayList<>();
        for (Axis first : axes) {
            for (List<Axis> rest : permutations(axes.stream().filter(axis -> !axis.equals(first)).toList())) {
                List<Axis> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                all.add(order);
            }
        }
        return all;
    }
}
