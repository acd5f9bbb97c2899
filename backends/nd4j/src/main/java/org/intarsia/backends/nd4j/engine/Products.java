package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;

/// Contractions as products of matrices: the axes that only the left operand has are their rows, those that only the right
/// one has their columns, those that both have and that stay number the products. Each product is a call of the BLAS that ND4J
/// brings; ND4J's own `matmul` of many matrices takes 0.9 µs for each product of 8 × 8, the BLAS 0.1.
final class Products {

    private final Program program;
    private final Elementwise elementwise;
    private final Reductions reductions;

    Products(Program program, Elementwise elementwise, Reductions reductions) {
        this.program = program;
        this.elementwise = elementwise;
        this.reductions = reductions;
    }

    /// An operand with its axes of more than one position.
    record Operand(View view, List<Axis> axes) {

        Operand {
            axes = axes.stream().filter(axis -> axis.size() > 1).toList();
        }

        private List<Axis> with(Operand other) {
            return axes.stream().filter(other.axes::contains).toList();
        }

        private List<Axis> without(Operand other) {
            return axes.stream().filter(axis -> !other.axes.contains(axis)).toList();
        }
    }

    View contract(Operand x, Operand y, Set<String> summed) {
        List<Axis> batch = x.with(y).stream().filter(axis -> !summed.contains(axis.name())).toList();
        List<Axis> inner = x.with(y).stream().filter(axis -> summed.contains(axis.name())).toList();
        List<Axis> rows = x.view.order(x.without(y));
        List<Axis> columns = y.view.order(y.without(x));
        if (inner.isEmpty() || (rows.isEmpty() && columns.isEmpty())) {
            List<Axis> all = joined(x.axes, columns);
            View products = elementwise.binary(Op.Binary.Function.MULTIPLY, x.view, y.view, all);
            return reductions.reduce(Op.Reduce.Function.SUM, products, all, summed);
        }
        List<Axis> along = x.view.order(inner);
        if (!isMatrix(x.view, rows, along) || !isMatrix(y.view, along, columns)) {
            along = y.view.order(inner);
        }
        View left = isMatrix(x.view, rows, along) ? x.view : program.copied(x.view, joined(batch, rows, along));
        View right = isMatrix(y.view, along, columns) ? y.view : program.copied(y.view, joined(batch, along, columns));
        View out = program.dense(layout(left.order(joined(batch, rows)), batch, rows, columns));
        Dims products = Dims.of(out.order(batch), left, right, out);
        Matrices matrices = new Matrices(products, Dims.of(rows, left, right, out), Dims.of(columns, left, right, out),
                Dims.of(along, left, right, out));
        program.add(matrices::multiply, left, right, out);
        return out;
    }

    /// Returns the result's axes as the left operand lies, with the columns last, so that a product does not tear apart what
    /// a merge or a next product wants together; but the rows must stay together.
    private static List<Axis> layout(List<Axis> left, List<Axis> batch, List<Axis> rows, List<Axis> columns) {
        int first = rows.isEmpty() ? 0 : left.indexOf(rows.getFirst());
        boolean together = first >= 0 && first + rows.size() <= left.size()
                && left.subList(first, first + rows.size()).equals(rows);
        return together ? joined(left, columns) : joined(batch, rows, columns);
    }

    /// Returns whether a view is matrices that the BLAS takes: at most one dimension each way, and numbers side by side
    /// along one.
    private static boolean isMatrix(View view, List<Axis> rows, List<Axis> columns) {
        Dims down = Dims.of(rows, view);
        Dims across = Dims.of(columns, view);
        if (down.count() > 1 || across.count() > 1) {
            return false;
        }
        int far = down.count() == 0 ? 1 : down.stride(0, 0);
        int near = across.count() == 0 ? 1 : across.stride(0, 0);
        if (down.count() == 0 || across.count() == 0) {
            return far != 0 && near != 0;
        }
        return (near == 1 && far >= across.size(0)) || (far == 1 && near >= down.size(0));
    }

    @SafeVarargs
    private static List<Axis> joined(List<Axis>... parts) {
        List<Axis> all = new ArrayList<>();
        for (List<Axis> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
