package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;

/// Chooses the kernels of a contraction by where the lanes are: in one operand (a linear layer: its weights are packed, the
/// other's panels are read where they lie), kept in both (attention: side by side), summed (a weight's gradient: both are
/// packed, unless one is so narrow that its columns would not fill vectors), or absent (both are packed).
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
    private final Optional<View> addend;
    private final View out;

    /// A packed matrix: what is packed and how.
    private record Matrix(View view, List<Axis> batch, List<Axis> rows, List<Axis> summed, int size) {}

    private Products(Map<Matrix, PackKernel> packed, View start, Optional<View> addend, Operand left, Operand right,
            Set<String> names, String lanes, Optional<Triangle> needed) {
        this.packed = packed;
        this.start = start;
        this.addend = addend;
        boolean leftHas = contains(left.axes, lanes);
        boolean rightHas = contains(right.axes, lanes);
        boolean both = leftHas && rightHas && !names.contains(lanes);
        boolean sums = leftHas && rightHas && names.contains(lanes);
        int leftRows = alone(left, right, names);
        int rightRows = alone(right, left, names);
        boolean narrow = sums && Math.min(leftRows, rightRows) < 2 * Vectors.LENGTH;
        boolean swap = both ? rowsAreRight(left, right, names, lanes, needed)
                : narrow ? leftRows < rightRows
                : leftHas == rightHas ? waste(rightRows, leftRows) < waste(leftRows, rightRows) : leftHas;
        Operand a = swap ? right : left;
        Operand b = swap ? left : right;
        this.left = a.view;
        this.right = b.view;
        List<Axis> first = a.view.order(a.axes);
        List<Axis> second = b.view.order(b.axes);
        Axis lane = second.stream().filter(axis -> axis.name().equals(lanes)).findFirst().orElse(null);
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
        second.stream().filter(axis -> !first.contains(axis) && !axis.equals(lane)).forEach(columns::add);
        if (lane == null) {
            this.out = View.dense(join(batch, rows, columns), lanes);
            packBoth();
        } else if (narrow) {
            this.out = View.dense(gradientOrder(left, right, names), lanes);
            dots(lane);
        } else if (sums) {
            summed.add(lane);
            this.out = View.dense(join(batch, rows, columns), lanes);
            packBoth();
        } else if (both) {
            this.out = View.dense(join(batch, rows, columns, List.of(lane)), lanes);
            sideBySide(View.padded(lane, lanes), bounds(a, b, names, lanes, needed));
        } else {
            this.out = View.dense(join(batch, columns, rows, List.of(lane)), lanes);
            panels(View.padded(lane, lanes));
        }
    }

    /// Plans the contractions of a graph. A matrix that several of them pack in the same way is packed once.
    public static final class Shared {

        private final Map<Matrix, PackKernel> packed = new HashMap<>();

        /// Plans start + left · right + addend, summed over the named axes.
        ///
        /// @param start a value for each row, of axes that only the operand without lanes has
        /// @param addend if only one operand has lanes: a value of the same axes, with the lanes side by side
        /// @param lanes the lanes' axis, innermost in each operand that has it, or the empty string
        /// @param needed outside which nothing reads the result
        public Products plan(View start, Optional<View> addend, Operand left, Operand right, Set<String> names,
                String lanes, Optional<Triangle> needed) {
            return new Products(packed, start, addend, left, right, names, lanes, needed);
        }
    }

    /// One side of a product.
    ///
    /// @param zeroOutside where it is not 0 whatever the numbers are
    public record Operand(View view, List<Axis> axes, Optional<Triangle> zeroOutside) {

        private Triangle.Place place(Operand other, Set<String> summed, String lanes) {
            return zeroOutside.map(t -> t.place(axes, other.axes, summed, lanes)).orElse(Triangle.Place.NONE);
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
                new Places(table(batch, start), table(rows, start)),
                addend.map(view -> new PanelProduct.Addend(view,
                        new Places(table(batch, view), cross(table(columns, view), vectors)), table(rows, view)))));
    }

    /// Returns the order in which a gradient's contraction names its axes, which is mostly that of the parameter.
    private static List<Axis> gradientOrder(Operand left, Operand right, Set<String> names) {
        List<Axis> order = new ArrayList<>(left.axes);
        right.axes.stream().filter(axis -> !order.contains(axis)).forEach(order::add);
        order.removeIf(axis -> names.contains(axis.name()));
        return order;
    }

    private void dots(Axis lane) {
        kernels.add(new DotProduct(left, new Places(table(batch, left), table(rows, left)),
                new DotProduct.Steps(table(summed, left), lane.size()), right,
                new Places(table(batch, right), table(columns, right)),
                new DotProduct.Steps(table(summed, right), lane.size()), out,
                new Places(table(batch, out), table(rows, out)), table(columns, out)));
    }

    private void sideBySide(int padded, LaneProduct.Bounds[] bounds) {
        kernels.add(new LaneProduct(left, new Places(table(batch, left), table(rows, left)),
                table(summed, left), right, new Places(table(batch, right), table(columns, right)),
                table(summed, right), out, new Places(table(batch, out), table(rows, out)),
                table(columns, out), padded, bounds));
    }

    /// Returns how many sums the tiles of a matrix compute, those past its edges included.
    private static long waste(int rows, int columns) {
        int size = Tiles.rows(rows);
        return (long) Math.ceilDiv(rows, size) * size * Math.ceilDiv(columns, 2 * Vectors.LENGTH);
    }

    /// Returns how many rows an operand has of its own.
    private static int alone(Operand operand, Operand other, Set<String> summed) {
        return Axis.count(operand.axes.stream().filter(a -> !summed.contains(a.name()) && !other.axes.contains(a))
                .toList());
    }

    /// Whether the right operand has the axis of a triangle on which the bounds of the rows depend.
    private static boolean rowsAreRight(Operand left, Operand right, Set<String> names, String lanes,
            Optional<Triangle> needed) {
        return needed.map(t -> contains(right.axes, t.by()) && !contains(left.axes, t.by())).orElseGet(
                () -> left.place(right, names, lanes) == Triangle.Place.NONE
                        && right.place(left, names, lanes) != Triangle.Place.NONE);
    }

    private LaneProduct.Bounds[] bounds(Operand a, Operand b, Set<String> names, String lanes,
            Optional<Triangle> needed) {
        int width = Axis.count(columns);
        int depth = Axis.count(summed);
        LaneProduct.Bounds[] bounds = new LaneProduct.Bounds[Math.ceilDiv(Axis.count(rows), LaneProduct.TILE)];
        Triangle.Place place = a.place(b, names, lanes);
        boolean inside = needed.map(t -> names(rows).equals(List.of(t.by()))
                && names(columns).equals(List.of(t.along()))).orElse(false);
        for (int tile = 0; tile < bounds.length; tile++) {
            int row = tile * LaneProduct.TILE;
            int count = inside ? needed.map(t -> t.reach(row)).orElse(width) : width;
            bounds[tile] = switch (place) {
                case ROWS -> new LaneProduct.Bounds(count, 0, a.zeroOutside.map(t -> t.reach(row)).orElse(depth));
                case STEPS -> new LaneProduct.Bounds(count, a.zeroOutside.map(t -> t.first(row)).orElse(0), depth);
                case NONE -> new LaneProduct.Bounds(count, 0, depth);
            };
        }
        return bounds;
    }

    private static List<String> names(List<Axis> axes) {
        return axes.stream().map(Axis::name).toList();
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
                new Places(table(batch, start), table(rows, start)), Optional.empty()));
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
