package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.intarsia.api.graph.Axis;
import org.junit.jupiter.api.Test;

class ProductsTest {

    private static final String LANES = "lane";
    private static final int[] ROWS = {1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 16, 17, 25};
    private static final int[] COLUMNS = {1, 2, 3, 4, 5, 15, 16, 17, 31, 32, 33};
    private static final int[] DEPTHS = {1, 2, 3, 7, 16, 17, 40};
    private static final int[] LANE_COUNTS = {1, 3, 5, 8, 9, 15, 16, 17, 31, 32, 33};

    private static final Axis BATCH = new Axis("batch", 2);

    /// x{row, depth} · y{column, depth, lane}: a linear layer.
    @Test
    void lanesInOneOperand() {
        for (int rows : ROWS) {
            for (int depth : DEPTHS) {
                check(List.of(row(rows), depth(depth)), List.of(column(3), depth(depth), lane(17)), Set.of("depth"), 0);
            }
            for (int lanes : LANE_COUNTS) {
                check(List.of(depth(5), row(rows)), List.of(depth(5), lane(lanes)), Set.of("depth"), 0);
            }
        }
    }

    @Test
    void lanesInTheOtherOperand() {
        for (int lanes : LANE_COUNTS) {
            check(List.of(depth(5), column(3), lane(lanes)), List.of(depth(5), row(7)), Set.of("depth"), 0);
        }
    }

    @Test
    void lanesInOneOperandAndAnAxisThatIsMatched() {
        for (int rows : ROWS) {
            check(List.of(BATCH, row(rows), depth(6)), List.of(depth(6), column(5), BATCH, lane(9)), Set.of("depth"),
                    0);
        }
    }

    @Test
    void sumsStartFromAValueForEachRow() {
        for (int rows : ROWS) {
            for (int lanes : LANE_COUNTS) {
                check(List.of(BATCH, row(rows), depth(6)), List.of(column(2), depth(6), BATCH, lane(lanes)),
                        Set.of("depth"), 1);
            }
        }
    }

    @Test
    void aValueOfAllAxesIsAddedToTheSumsHoweverItLies() {
        for (int rows : ROWS) {
            for (int lanes : LANE_COUNTS) {
                check(List.of(BATCH, row(rows), depth(6)), List.of(column(2), depth(6), BATCH, lane(lanes)),
                        Set.of("depth"), 1, List.of(row(rows), BATCH, column(2), lane(lanes)));
            }
        }
    }

    /// x{batch, row, depth, lane} · y{batch, column, depth, lane}: attention.
    @Test
    void lanesInBothOperands() {
        for (int rows : ROWS) {
            for (int columns : COLUMNS) {
                check(List.of(BATCH, row(rows), depth(3), lane(9)), List.of(column(columns), BATCH, depth(3), lane(9)),
                        Set.of("depth"), 0);
            }
        }
        for (int lanes : LANE_COUNTS) {
            for (int depth : DEPTHS) {
                check(List.of(row(5), depth(depth), lane(lanes)), List.of(depth(depth), column(6), lane(lanes)),
                        Set.of("depth"), 0);
            }
        }
    }

    @Test
    void lanesThatAreMatchedAndNothingIsSummed() {
        for (int lanes : LANE_COUNTS) {
            check(List.of(row(5), lane(lanes)), List.of(column(6), lane(lanes)), Set.of(), 0);
        }
    }

    /// x{row, depth, lane} · y{column, depth, lane} summed over the lanes too: a weight's gradient.
    @Test
    void lanesThatAreSummed() {
        for (int rows : ROWS) {
            for (int columns : COLUMNS) {
                check(List.of(row(rows), depth(3), lane(9)), List.of(column(columns), depth(3), lane(9)),
                        Set.of("depth", LANES), 0);
            }
        }
        for (int lanes : LANE_COUNTS) {
            check(List.of(BATCH, row(5), depth(2), lane(lanes)), List.of(depth(2), column(18), BATCH, lane(lanes)),
                    Set.of("depth", LANES), 0);
            check(List.of(row(33), depth(3), lane(lanes)), List.of(depth(3), column(34), lane(lanes)),
                    Set.of("depth", LANES), 0);
        }
        // More than is copied at a time, in all directions.
        check(List.of(row(67), depth(71), lane(33)), List.of(depth(71), column(6), lane(33)), Set.of("depth", LANES),
                0);
        // Whole vectors of lanes and few columns: rows are read where they lie.
        check(List.of(row(67), depth(71), lane(32)), List.of(depth(71), column(6), lane(32)), Set.of("depth", LANES),
                0);
        check(List.of(row(5), depth(3), lane(17)), List.of(depth(3), column(70), lane(17)), Set.of("depth", LANES), 0);
    }

    /// x{row, depth} · y{column, depth}: weights alone.
    @Test
    void noLanes() {
        for (int rows : ROWS) {
            for (int columns : COLUMNS) {
                for (int depth : DEPTHS) {
                    check(List.of(row(rows), depth(depth)), List.of(depth(depth), column(columns)), Set.of("depth"), 0);
                }
            }
        }
    }

    @Test
    void anOuterProduct() {
        for (int columns : COLUMNS) {
            check(List.of(row(5)), List.of(column(columns)), Set.of(), 0);
        }
    }

    @Test
    void severalRowsColumnsAndSummedAxes() {
        Axis second = new Axis("row2", 3);
        Axis third = new Axis("column2", 2);
        Axis sum = new Axis("depth2", 2);
        for (int lanes : LANE_COUNTS) {
            check(List.of(row(5), sum, second, depth(3)), List.of(third, depth(3), sum, column(2), lane(lanes)),
                    Set.of("depth", "depth2"), 0);
        }
        check(List.of(row(5), sum, second, depth(3)), List.of(third, depth(3), sum, column(17)),
                Set.of("depth", "depth2"), 0);
    }

    @Test
    void everyAxisIsSummed() {
        for (int lanes : LANE_COUNTS) {
            check(List.of(depth(3), lane(lanes)), List.of(depth(3), lane(lanes)), Set.of("depth", LANES), 0);
        }
    }

    @Test
    void oneMatrixIsPackedOnceForTwoProducts() {
        List<Axis> weights = List.of(row(6), depth(4));
        List<Axis> first = List.of(column(2), depth(4), lane(17));
        View w = View.dense(weights, LANES);
        View zero = View.dense(List.of(), LANES);
        Products.Shared shared = new Products.Shared();
        Products one =
                shared.plan(zero, Optional.empty(), operand(w, weights), operand(View.dense(first, LANES), first),
                        Set.of("depth"), LANES, Optional.empty());
        Products two =
                shared.plan(zero, Optional.empty(), operand(w, weights), operand(View.dense(first, LANES), first),
                        Set.of("depth"), LANES, Optional.empty());
        assertThat(one.kernels()).hasExactlyElementsOfTypes(PackKernel.class, PanelProduct.class);
        assertThat(two.kernels()).hasExactlyElementsOfTypes(PanelProduct.class);
    }

    private static Axis row(int size) {
        return new Axis("row", size);
    }

    private static Axis column(int size) {
        return new Axis("column", size);
    }

    private static Axis depth(int size) {
        return new Axis("depth", size);
    }

    private static Axis lane(int size) {
        return new Axis(LANES, size);
    }

    /// Compares a product with the sum over every combination of positions; `start` is 1 if the sums start from a value for
    /// each position of `batch` and `row`.
    private static void check(List<Axis> left, List<Axis> right, Set<String> summed, int start) {
        check(left, right, summed, start, List.of());
    }

    /// The same, with a value of some axes added; of no axes, nothing.
    private static void check(List<Axis> left, List<Axis> right, Set<String> summed, int start, List<Axis> added) {
        View x = View.dense(left, LANES);
        View y = View.dense(right, LANES);
        List<Axis> rows = start == 0 ? List.of() : List.of(BATCH, left.get(1));
        View from = View.dense(rows, LANES);
        View addend = View.dense(added, LANES);
        Products products = new Products.Shared().plan(from, Optional.of(addend).filter(_ -> !added.isEmpty()),
                operand(x, left), operand(y, right), summed, LANES, Optional.empty());
        Memory memory = new Memory(products.kernels(), from, addend);
        Memory.fill(x, left, i -> Memory.number(1, i));
        Memory.fill(y, right, i -> Memory.number(2, i));
        Memory.fill(from, rows, i -> start * Memory.number(3, i));
        Memory.fill(addend, added, i -> Memory.number(4, i));
        String what = left + " · " + right + " over " + new TreeSet<>(summed);
        memory.run(what);
        List<Axis> all = new ArrayList<>(left);
        right.stream().filter(axis -> !left.contains(axis)).forEach(all::add);
        List<Axis> result = all.stream().filter(axis -> !summed.contains(axis.name())).toList();
        double[] expected = new double[Axis.count(result)];
        double[] starts = new double[expected.length];
        int[] position = new int[all.size()];
        for (int i = 0; i < Axis.count(all); i++) {
            int rest = i;
            for (int d = all.size() - 1; d >= 0; d--) {
                position[d] = rest % all.get(d).size();
                rest /= all.get(d).size();
            }
            double term = Memory.number(1, at(left, all, position)) * Memory.number(2, at(right, all, position));
            int to = at(result, all, position);
            expected[to] += term;
            starts[to] = start * Memory.number(3, at(rows, all, position))
                    + (added.isEmpty() ? 0 : Memory.number(4, at(added, all, position)));
        }
        for (int i = 0; i < expected.length; i++) {
            expected[i] += starts[i];
        }
        Memory.close(what, Memory.read(products.out(), result), expected, 4e-5);
    }

    private static int at(List<Axis> axes, List<Axis> all, int[] position) {
        int at = 0;
        for (Axis axis : axes) {
            at = at * axis.size() + position[all.indexOf(axis)];
        }
        return at;
    }

    private static Products.Operand operand(View view, List<Axis> axes) {
        return new Products.Operand(view, axes, Optional.empty());
    }
}
