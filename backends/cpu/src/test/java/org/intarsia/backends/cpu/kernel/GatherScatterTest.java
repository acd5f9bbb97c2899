package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;
import org.junit.jupiter.api.Test;

class GatherScatterTest {

    private static final String LANES = "lane";
    private static final int PLACES = 7;

    private final Axis place = new Axis("place", PLACES);
    private final Axis row = new Axis("row", 3);

    /// out{row, lane} = x{place, row, lane}[index{row, lane}]: all axes of the index are matched.
    @Test
    void anIndexMayPointAnewAtEveryElement() {
        for (int n : Memory.LENGTHS) {
            Axis lane = new Axis(LANES, n);
            List<Axis> all = List.of(place, row, lane);
            List<Axis> axes = List.of(row, lane);
            View x = View.dense(all, LANES);
            View index = View.dense(axes, LANES);
            View out = View.dense(axes, LANES);
            Memory memory = new Memory(List.of(new GatherKernel(x, index, out, axes, new Index("gather", place, ""))));
            Memory.fill(x, all, i -> Memory.number(1, i));
            Memory.fill(index, axes, GatherScatterTest::index);
            memory.run("gather of " + all);
            double[] expected = new double[3 * n];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = Memory.number(1, index(i) * 3 * n + i);
            }
            Memory.close("gather of " + all, Memory.read(out, axes), expected, 0);
        }
    }

    /// out{lane, row} = x{place, row}[index{lane}]: an embedding, read the other way round.
    @Test
    void rowsAreLookedUp() {
        for (int n : Memory.LENGTHS) {
            Axis lane = new Axis(LANES, n);
            View x = View.dense(List.of(place, row), LANES);
            View index = View.dense(List.of(lane), LANES);
            View out = View.dense(List.of(row, lane), LANES);
            Memory memory = new Memory(
                    List.of(new GatherKernel(x, index, out, List.of(row, lane), new Index("gather", place, ""))));
            Memory.fill(x, List.of(row, place), i -> Memory.number(1, i));
            Memory.fill(index, List.of(lane), GatherScatterTest::index);
            memory.run("rows for " + n);
            double[] expected = new double[3 * n];
            for (int r = 0; r < 3; r++) {
                for (int i = 0; i < n; i++) {
                    expected[r * n + i] = Memory.number(1, r * PLACES + index(i));
                }
            }
            Memory.close("rows for " + n, Memory.read(out, List.of(row, lane)), expected, 0);
        }
    }

    /// out{place, row} = Σ updates{row, lane} where index{row, lane} points to the place.
    @Test
    void updatesAreAddedWhereTheIndexPointsTo() {
        for (int n : Memory.LENGTHS) {
            Axis lane = new Axis(LANES, n);
            List<Axis> axes = List.of(row, lane);
            View updates = View.dense(axes, LANES);
            View index = View.dense(axes, LANES);
            View out = View.dense(List.of(row, place), LANES);
            Memory memory = new Memory(List.of(new ZeroKernel(out.buffer()),
                    new ScatterAddKernel(updates, index, out, List.of(row), List.of(lane),
                            new Index("scatteradd", place, ""))));
            Memory.fill(updates, axes, i -> Memory.number(1, i));
            Memory.fill(index, axes, GatherScatterTest::index);
            memory.run("scatter of " + axes);
            double[] expected = new double[3 * PLACES];
            for (int i = 0; i < 3 * n; i++) {
                expected[i / n * PLACES + index(i)] += Memory.number(1, i);
            }
            Memory.close("scatter of " + axes, Memory.read(out, List.of(row, place)), expected, n * 0x1p-23);
        }
    }

    /// out{place, row, lane} = updates{row, lane} where index{lane} points to the place, else 0: lanes are matched.
    @Test
    void matchedAxesStay() {
        for (int n : Memory.LENGTHS) {
            Axis lane = new Axis(LANES, n);
            View updates = View.dense(List.of(row, lane), LANES);
            View index = View.dense(List.of(lane), LANES);
            List<Axis> all = List.of(place, row, lane);
            View out = View.dense(all, LANES);
            Memory memory = new Memory(List.of(new ZeroKernel(out.buffer()), new ScatterAddKernel(updates, index, out,
                    List.of(row, lane), List.of(), new Index("scatteradd", place, ""))));
            Memory.fill(updates, List.of(row, lane), i -> Memory.number(1, i));
            Memory.fill(index, List.of(lane), GatherScatterTest::index);
            memory.run("matched " + n);
            double[] expected = new double[PLACES * 3 * n];
            for (int i = 0; i < 3 * n; i++) {
                expected[index(i % n) * 3 * n + i] = Memory.number(1, i);
            }
            Memory.close("matched " + n, Memory.read(out, all), expected, 0);
        }
    }

    @Test
    void anIndexOutsideTheAxisIsAnError() {
        for (int n : Memory.LENGTHS) {
            Axis lane = new Axis(LANES, n);
            View x = View.dense(List.of(place), LANES);
            View updates = View.dense(List.of(lane), LANES);
            View index = View.dense(List.of(lane), LANES);
            View out = View.dense(List.of(place), LANES);
            Memory gather = new Memory(List.of(
                    new GatherKernel(x, index, updates, List.of(lane), new Index("gather", place, "model.embedding"))));
            Memory.fill(index, List.of(lane), i -> i == n - 1 ? PLACES : 0);
            assertThatThrownBy(() -> gather.run("gather")).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("gather: the index 7 is not within place 7, at model.embedding");
            Memory scatter = new Memory(List.of(new ScatterAddKernel(updates, index, out, List.of(), List.of(lane),
                    new Index("scatteradd", place, ""))));
            Memory.fill(index, List.of(lane), i -> i == n - 1 ? -1 : 0);
            assertThatThrownBy(() -> scatter.run("scatter")).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("scatteradd: the index -1 is not within place 7");
        }
    }

    private static int index(int i) {
        return i * 5 % PLACES;
    }
}
