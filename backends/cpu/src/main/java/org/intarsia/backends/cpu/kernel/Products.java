package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;

/// Chooses the kernels of a contraction by where the lanes are: in one operand (a linear layer: its weights are packed, the
/// other's panels are read where they lie), kept in both (attention: side by side), summed or absent (a weight's gradient:
/// both are packed).
public final class Products {

    private final View left;
    private final View right;
    private final List<Axis> batch = new ArrayList<>();
    private final List<Axis> rows = new ArrayList<>();
    private final List<Axis> columns = new ArrayList<>();
    private final List<Axis> summed = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final Map<Matrix, PackKernel> packed;
    private final View start;
    private final View out;

    /// A packed matrix: what is packed and how.
    private record Matrix(View view, List<Axis> batch, List<Axis> rows, List<Axis> summed, int size) {}

    private Products(Map<Matrix, PackKernel> packed, View start, View left, List<Axis> leftAxes, View right,
            List<Axis> rightAxes, Set<String> names,
            String lanes) {
        this.packed = packed;
        this.start = start;
        boolean leftHas = contains(leftAxes, lanes);
        boolean rightHas = contains(rightAxes, lanes);
        boolean swap = leftHas && !rightHas;
        this.left = swap ? right : left;
        this.right = swap ? left : right;
        List<Axis> first = this.left.order(swap ? rightAxes : leftAxes);
        List<Axis> second = this.right.order(swap ? leftAxes : rightAxes);
        Axis lane = second.stream().filter(a -> a.name().equals(lanes)).findFirst().orElse(null);
        for (Axis axis : first) {
            if (axis.equals(lane)) {
                continue;
            }
            if (names.contains(axis.name())) {
                summed.add(axis);
            } else {
                (second.contains(axis) ? batch : rows).add(axis);
            }
        }
        second.stream().filter(a -> !first.contains(a) && !a.equals(lane)).forEach(columns::add);
        if (lane == null || names.contains(lane.name())) {
            if (lane != null) {
                summed.add(lane);
            }
            this.out = View.dense(join(batch, rows, columns), lanes);
            packBoth();
        } else if (leftHas && rightHas) {
            this.out = View.dense(join(batch, rows, columns, List.of(lane)), lanes);
            sideBySide(View.padded(lane, lanes));
        } else {
            this.out = View.dense(join(batch, columns, rows, List.of(lane)), lanes);
            panels(View.padded(lane, lanes));
        }
    }

    /// Plans the contractions of a graph. A matrix that several of them pack in the same way is packed once.
    public static final class Shared {

        private final Map<Matrix, PackKernel> packed = new HashMap<>();

        /// Plans start + left · right, summed over the named axes.
        ///
        /// @param start a value for each row, of axes that only the operand without lanes has
        /// @param lanes the lanes' axis, innermost in each operand that has it, or the empty string
        public Products plan(View start, View left, List<Axis> leftAxes, View right, List<Axis> rightAxes,
                Set<String> names,
                String lanes) {
            return new Products(packed, start, left, leftAxes, right, rightAxes, names, lanes);
        }
    }

    /// Returns where the result will stand.
    public View out() {
        return out;
    }

    /// Returns the steps, in order.
    public List<Kernel> kernels() {
        return kernels;
    }

    private void panels(int padded) {
        int size = Tiles.rows(Axis.count(rows));
        PackKernel packed = pack(left, rows, size);
        int[] vectors = IntStream.range(0, padded / Vectors.LENGTH).map(i -> i * Vectors.LENGTH).toArray();
        int[] from = cross(table(columns, right), vectors);
        int[] to = cross(table(columns, out), vectors);
        kernels.add(new PanelProduct(packed, size, right.buffer(), right.offset(),
                new Places(table(batch, right), from), table(summed, right), out,
                new Places(table(batch, out), to), table(rows, out), from.length * Vectors.LENGTH, start,
                new Places(table(batch, start), table(rows, start))));
    }

    private void sideBySide(int padded) {
        kernels.add(new LaneProduct(left, new Places(table(batch, left), table(rows, left)),
                table(summed, left), right, new Places(table(batch, right), table(columns, right)),
                table(summed, right), out, new Places(table(batch, out), table(rows, out)),
                table(columns, out), padded));
    }

    private void packBoth() {
        int size = Tiles.rows(Axis.count(rows));
        PackKernel first = pack(left, rows, size);
        int width = 2 * Vectors.LENGTH;
        PackKernel second = pack(right, columns, width);
        int depth = Axis.count(summed);
        int count = Axis.count(columns);
        int vectors = Math.ceilDiv(count, Vectors.LENGTH);
        int[] from = IntStream.range(0, vectors).map(v -> second.at(0, v / 2) + v % 2 * Vectors.LENGTH).toArray();
        int[] to = IntStream.range(0, vectors).map(v -> v * Vectors.LENGTH).toArray();
        int[] batches = IntStream.range(0, Axis.count(batch)).map(b -> second.at(b, 0)).toArray();
        kernels.add(new PanelProduct(first, size, second.out(), 0, new Places(batches, from),
                IntStream.range(0, depth).map(k -> k * width).toArray(), out,
                new Places(table(batch, out), to), table(rows, out), count, start,
                new Places(table(batch, start), table(rows, start))));
    }

    private PackKernel pack(View view, List<Axis> blocked, int size) {
        return packed.computeIfAbsent(new Matrix(view, batch, blocked, summed, size), _ -> {
            PackKernel kernel =
                    new PackKernel(view, table(batch, view), table(blocked, view), table(summed, view), size);
            kernels.add(kernel);
            return kernel;
        });
    }

    private static int[] table(List<Axis> axes, View view) {
        return Loops.over(axes, List.of(view), "").table(0);
    }

    private static int[] cross(int[] outer, int[] inner) {
        return IntStream.of(outer).flatMap(o -> IntStream.of(inner).map(i -> o + i)).toArray();
    }

    private static boolean contains(List<Axis> axes, String name) {
        return axes.stream().anyMatch(a -> a.name().equals(name));
    }

    @SafeVarargs
    private static List<Axis> join(List<Axis>... parts) {
        List<Axis> all = new ArrayList<>();
        for (List<Axis> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
