package org.intarsia.backends.cpu.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;
import org.intarsia.backends.common.Strides;

/// A function along an axis in every lane; a unit is one position of all other axes.
public final class RowwiseKernel extends Kernel {

    private final Rowwise.Function function;
    private final View[] views;
    private final int[] strides;
    private final int n;
    private final int[] counts;
    private final int[] ends;
    private final Axis lanes;
    private final int padded;
    private final Loops loops;
    private final boolean targets;
    private final boolean writesY;
    private final Index along;

    /// Plans the kernel.
    ///
    /// @param views x, y, z and the result; an operand that the function ignores is given as x
    /// @param along which axis the function works along
    /// @param others the other axes without the lanes'
    /// @param lanes the axis whose positions lie side by side
    /// @param part what of a row is read; the result is 0 elsewhere
    /// @param targets whether z holds positions along the axis, which are checked
    /// @param writesY whether y is a second result
    RowwiseKernel(Rowwise.Function function, List<View> views, Index along, List<Axis> others, Axis lanes,
            boolean targets, boolean writesY, Rows.Part part) {
        this.function = function;
        this.views = views.toArray(View[]::new);
        this.strides = views.stream().mapToInt(v -> v.stride(along.axis().name())).toArray();
        this.n = along.axis().size();
        this.lanes = lanes;
        this.padded = View.padded(lanes, lanes.name());
        this.loops = Loops.over(others, views, "");
        this.targets = targets;
        this.writesY = writesY;
        this.along = along;
        this.counts = new int[loops.count()];
        this.ends = new int[loops.count()];
        Arrays.fill(counts, n);
        Arrays.fill(ends, n);
        Triangle triangle = part.triangle();
        if (triangle != null) {
            int[] rows =
                    Loops.over(others, List.of(new View(new Buffer(0), new Strides(0, Map.of(triangle.by(), 1)))), "")
                            .table(0);
            for (int unit = 0; unit < rows.length; unit++) {
                counts[unit] = triangle.counts().get(rows[unit]);
                ends[unit] = part.readInside() ? triangle.reach(rows[unit]) : n;
            }
        }
    }

    /// Where an operand or the result has its rows.
    ///
    /// @param rows the offset of each unit's
    /// @param stride the distance of two elements of a row
    /// @param size how many there are
    /// @param padded lanes, rounded up to whole vectors
    record Side(View view, List<Integer> rows, int stride, int size, int padded) {}

    private Side side(int view) {
        return new Side(views[view], Arrays.stream(loops.table(view)).boxed().toList(), strides[view], n, padded);
    }

    /// Returns whether all that it reads of a product's result is its own rows.
    boolean follows(LaneProduct product) {
        Buffer scores = product.writes().getFirst();
        return !targets && reads().contains(scores)
                && IntStream.range(0, 3).filter(v -> views[v].buffer() == scores)
                        .allMatch(v -> product.writes(side(v)));
    }

    /// Returns whether a product reads the result row by row.
    boolean leads(LaneProduct product) {
        return product.readsByRows(side(3));
    }

    @Override
    public List<Buffer> reads() {
        return writesY ? List.of(views[0].buffer(), views[2].buffer())
                : List.of(views[0].buffer(), views[1].buffer(), views[2].buffer());
    }

    @Override
    public List<Buffer> writes() {
        return writesY ? List.of(views[1].buffer(), views[3].buffer()) : List.of(views[3].buffer());
    }

    /// Every function of one result has read an element of x and of y for the last time when it writes that element.
    @Override
    public List<Buffer> replaceable() {
        if (writesY) {
            return List.of();
        }
        List<Buffer> elsewhere =
                Arrays.stream(views).filter(view -> !view.liesLike(views[3])).map(View::buffer).toList();
        return Stream.of(views[0].buffer(), views[1].buffer())
                .filter(buffer -> !writes().contains(buffer) && !elsewhere.contains(buffer)).toList();
    }

    @Override
    public int units() {
        return loops.count();
    }

    @Override
    public long cost() {
        return Arrays.stream(counts).asLongStream().sum() * padded;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        loops.seek(from, s.cursor, s.offsets, 4);
        for (int unit = from; unit < to; unit++) {
            int x = views[0].start() + s.offsets[0];
            int y = views[1].start() + s.offsets[1];
            int z = views[2].start() + s.offsets[2];
            int out = views[3].start() + s.offsets[3];
            if (targets) {
                check(views[2].buffer().data(), z);
            }
            for (int lane = 0; lane < padded; lane += Vectors.LENGTH) {
                function.apply(views[0].buffer().data(), x + lane, strides[0], views[1].buffer().data(), y + lane,
                        strides[1], views[2].buffer().data(), z + lane, views[3].buffer().data(), out + lane,
                        strides[3], counts[unit], s.tile);
            }
            for (int i = counts[unit]; i < ends[unit]; i++) {
                Arrays.fill(views[3].buffer().data(), out + i * strides[3], out + i * strides[3] + padded, 0);
            }
            loops.next(s.cursor, s.offsets, 4);
        }
    }

    /// Checks the targets of a row, and points the lanes past the last one to the first position.
    private void check(float[] index, int at) {
        for (int lane = 0; lane < lanes.size(); lane++) {
            along.check((int) index[at + lane]);
        }
        Arrays.fill(index, at + lanes.size(), at + padded, 0);
    }
}
