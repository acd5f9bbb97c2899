package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.junit.jupiter.api.Test;

class RowSumsTest {

    private static final Axis TIME = new Axis("time", 5);

    private final Axis lane = new Axis("lane", 32);
    private final Axis row = new Axis("row", 37);
    private final View matrix = View.dense(List.of(TIME, row, lane), "lane");

    private PackKernel pack(View of, List<Axis> steps, int size) {
        return new PackKernel(of, new int[] {0}, table(List.of(row), of), table(steps, of), size);
    }

    private static int[] table(List<Axis> axes, View view) {
        return Loops.over(axes, List.of(view), "").table(0);
    }

    private ReductionKernel sum(Op.Reduce.Function function, View of, View to) {
        Chain chain = new Chain(List.of(of), List.of(), List.of(0));
        return new ReductionKernel(function, chain, List.of(row), List.of(TIME), List.of(lane), false, "lane", to);
    }

    private ReductionKernel sum() {
        return sum(Op.Reduce.Function.SUM, matrix, View.dense(List.of(row), ""));
    }

    @Test
    void packingAddsUpTheRows() {
        for (int rows : new int[] {1, 5, 12, 31, 37, 64}) {
            for (int lanes : new int[] {8, 16, 20, 32, 48}) {
                for (int size : new int[] {4, 8, 12, 32}) {
                    check(new Axis("row", rows), new Axis("lane", lanes), size);
                }
            }
        }
    }

    private static void check(Axis row, Axis lane, int size) {
        View matrix = View.dense(List.of(TIME, row, lane), "lane");
        View sums = View.dense(List.of(row), "");
        PackKernel pack = new PackKernel(matrix, new int[] {0}, table(List.of(row), matrix),
                table(List.of(TIME, lane), matrix), size);
        pack.sum(sums);
        Memory memory = new Memory(List.of(pack), sums);
        List<Axis> axes = List.of(row, TIME, lane);
        Memory.fill(matrix, axes, i -> Memory.number(1, i));
        int columns = TIME.size() * lane.size();
        double[] expected = IntStream.range(0, row.size()).mapToDouble(r -> IntStream.range(0, columns)
                .mapToDouble(i -> Memory.number(1, r * columns + i)).sum()).toArray();
        String what = row.size() + " rows of " + lane.size() + " lanes in blocks of " + size;
        if (RowSums.fits(size, lane.size())) {
            memory.run(what);
            Memory.close(what, Memory.read(sums, List.of(row)), expected, 2e-5);
        }
    }

    @Test
    void stepsFillVectorsAgainAndAgainOrRowsAreSummedApart() {
        assertThat(RowSums.fits(Vectors.LENGTH, 1)).isTrue();
        assertThat(RowSums.fits(Vectors.LENGTH / 2, 2)).isTrue();
        assertThat(RowSums.fits(Vectors.LENGTH / 2, 3)).isFalse();
    }

    @Test
    void theGradientOfABiasComesWithThatOfTheWeights() {
        PackKernel before = pack(matrix, List.of(TIME, lane), 12);
        PackKernel after = pack(matrix, List.of(TIME, lane), 12);
        ReductionKernel sum = sum();
        assertThat(fuse(before, sum)).containsExactly(before);
        assertThat(fuse(sum, after)).containsExactly(after);
        assertThat(before.writes()).containsExactly(before.out(), sum.out().buffer());
        assertThat(after.writes()).containsExactly(after.out(), sum.out().buffer());
    }

    @Test
    void othersStay() {
        ReductionKernel sum = sum();
        assertThat(fuse(pack(matrix, List.of(lane), 12), sum)).as("other columns").hasSize(2);
        assertThat(fuse(pack(matrix, List.of(TIME, lane), 12),
                sum(Op.Reduce.Function.MAXIMUM, matrix, View.dense(List.of(row), "")))).as("a maximum").hasSize(2);
        Chain squares = new Chain(List.of(matrix), List.of(new Chain.Each(Elementwise::multiply, 0, 0, 0)), List.of(1));
        assertThat(fuse(pack(matrix, List.of(TIME, lane), 12), new ReductionKernel(Op.Reduce.Function.SUM, squares,
                List.of(row), List.of(TIME), List.of(lane), false, "lane", View.dense(List.of(row), ""))))
                .as("squares").hasSize(2);
        View other = View.dense(List.of(TIME, row, lane), "lane");
        assertThat(fuse(pack(other, List.of(TIME, lane), 12), sum)).as("another matrix").hasSize(2);
        int[] reversed = IntStream.range(0, row.size()).map(r -> (row.size() - 1 - r) * 32).toArray();
        assertThat(fuse(new PackKernel(matrix, new int[] {0}, reversed, table(List.of(TIME, lane), matrix), 12), sum))
                .as("rows in another order").hasSize(2);
    }

    @Test
    void whatChangesInBetweenIsReadTwice() {
        PackKernel pack = pack(matrix, List.of(TIME, lane), 12);
        Kernel change = new ZeroKernel(matrix.buffer());
        assertThat(fuse(pack, change, sum())).hasSize(3);
        assertThat(fuse(sum(), change, pack)).hasSize(3);
        assertThat(fuse(change, sum(), pack)).hasSize(2);
    }

    @Test
    void aPackThatSumsTakesNoSecondSum() {
        assertThat(fuse(pack(matrix, List.of(TIME, lane), 12), sum(), sum())).hasSize(2);
    }

    private static List<Kernel> fuse(Kernel... kernels) {
        return RowSums.fuse(List.of(kernels));
    }
}
