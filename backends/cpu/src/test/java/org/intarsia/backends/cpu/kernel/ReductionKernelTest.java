package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op.Reduce.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionKernelTest {

    private static final String NO_LANES = "";
    private static final String LANES = "lane";
    private static final double BOUND = 300 * 0x1p-23;

    private Axis kept = new Axis("kept", 3);
    private final Axis reduced = new Axis("reduced", 5);

    @ParameterizedTest
    @EnumSource
    void theInnermostAxisIsReduced(Function function) {
        for (int n : Memory.LENGTHS) {
            if (n > 1) {
                check(function, new Axis("inner", n), false, NO_LANES);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theInnermostAxisIsKept(Function function) {
        for (int n : Memory.LENGTHS) {
            if (n > 1) {
                check(function, new Axis("inner", n), true, NO_LANES);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lanesAreReducedWithoutTheirPadding(Function function) {
        for (int n : Memory.LENGTHS) {
            if (n > 1) {
                check(function, new Axis(LANES, n), false, LANES);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lanesAreKept(Function function) {
        for (int n : Memory.LENGTHS) {
            check(function, new Axis(LANES, n), true, LANES);
        }
    }

    /// Fewer kept positions than a block has room for, as many, and more; and rows that are longer than a block.
    @ParameterizedTest
    @EnumSource
    void blocksAreFilled(Function function) {
        for (int positions : new int[] {1, 15, 16, 17, 31, 32, 33, 70}) {
            kept = new Axis("kept", positions);
            for (int n : new int[] {5, 16, 32, 33}) {
                check(function, new Axis(LANES, n), false, LANES);
                check(function, new Axis(LANES, n), true, LANES);
            }
        }
        kept = new Axis("kept", 2);
        for (int n : new int[] {Scratch.LONGEST_BLOCK - 1, Scratch.LONGEST_BLOCK, Scratch.LONGEST_BLOCK + 1,
            2 * Scratch.LONGEST_BLOCK + 5}) {
            check(function, new Axis("inner", n), false, NO_LANES);
            check(function, new Axis("inner", n), true, NO_LANES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsReduced(Function function) {
        for (int n : Memory.LENGTHS) {
            Axis inner = new Axis("inner", n);
            List<Axis> axes = List.of(reduced, inner);
            View x = View.dense(axes, NO_LANES);
            View out = View.dense(List.of(), NO_LANES);
            Chain chain = new Chain(List.of(x), List.of(), List.of(0));
            Memory memory = new Memory(List.of(new ReductionKernel(function, chain, List.of(), List.of(reduced),
                    List.of(inner), false, NO_LANES, out)));
            Memory.fill(x, axes, i -> Memory.number(1, i));
            memory.run("all of " + axes);
            double[] numbers = IntStream.range(0, 5 * n).mapToDouble(i -> Memory.number(1, i)).toArray();
            Memory.close(function + " of " + axes, Memory.read(out, List.of()), new double[] {of(function, numbers)},
                    BOUND);
        }
    }

    @Test
    void theLargestOfNegativeNumbersIsNotZeroAndNanIsTheLargest() {
        for (int n : Memory.LENGTHS) {
            Axis inner = new Axis("inner", n);
            View x = View.dense(List.of(inner), NO_LANES);
            View out = View.dense(List.of(), NO_LANES);
            Chain chain = new Chain(List.of(x), List.of(), List.of(0));
            Memory memory = new Memory(List.of(new ReductionKernel(Function.MAXIMUM, chain, List.of(), List.of(),
                    List.of(inner), false, NO_LANES, out)));
            Memory.fill(x, List.of(inner), i -> -3 - i);
            memory.run("negative");
            assertThat(Memory.read(out, List.of())).containsExactly(-3);
            Memory.fill(x, List.of(inner), i -> i == n - 1 ? Double.NaN : 1);
            memory.run("nan");
            assertThat(Memory.read(out, List.of())).containsExactly(Double.NaN);
        }
    }

    /// Reduces x·y + c over the axis `reduced`, and over the innermost unless that is kept; x is dense, y lacks `kept` and
    /// lies the other way round, c is one number.
    private void check(Function function, Axis inner, boolean keepsInner, String lanes) {
        List<Axis> axes = List.of(kept, reduced, inner);
        List<Axis> few = List.of(inner, reduced);
        View x = View.dense(axes, lanes);
        View y = lanes.isEmpty() ? View.dense(few, lanes) : View.dense(few.reversed(), lanes);
        View c = View.dense(List.of(), NO_LANES);
        List<Axis> result = keepsInner ? List.of(kept, inner) : List.of(kept);
        View out = View.dense(result, lanes);
        Chain chain = new Chain(List.of(x, y, c), List.of(new Chain.Each(Elementwise::multiply, 0, 1, 0),
                new Chain.Each(Elementwise::add, 3, 2, 3)), List.of(4));
        Memory memory = new Memory(List.of(new ReductionKernel(function, chain, List.of(kept), List.of(reduced),
                List.of(inner), keepsInner, lanes, out)));
        Memory.fill(x, axes, i -> Memory.number(1, i));
        Memory.fill(y, few, i -> Memory.number(2, i));
        Memory.fill(c, List.of(), _ -> 0.25);
        String what = function + " of " + axes + (keepsInner ? " to " : " to less than ") + inner;
        memory.run(what);
        List<Double> expected = new ArrayList<>();
        int n = inner.size();
        for (int k = 0; k < kept.size(); k++) {
            int row = k;
            if (keepsInner) {
                for (int i = 0; i < n; i++) {
                    int column = i;
                    expected.add(of(function, IntStream.range(0, reduced.size())
                            .mapToDouble(r -> element(row, r, column, n)).toArray()));
                }
            } else {
                expected.add(of(function, IntStream.range(0, reduced.size() * n)
                        .mapToDouble(i -> element(row, i / n, i % n, n)).toArray()));
            }
        }
        Memory.close(what, Memory.read(out, result), expected.stream().mapToDouble(d -> d).toArray(), BOUND);
    }

    private double element(int k, int r, int i, int n) {
        return Memory.number(1, (k * reduced.size() + r) * n + i) * Memory.number(2, i * reduced.size() + r) + 0.25;
    }

    private static double of(Function function, double[] numbers) {
        double result = function == Function.SUM ? 0 : Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            result = function == Function.SUM ? result + number : Math.max(result, number);
        }
        return result;
    }
}
