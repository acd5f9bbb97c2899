package org.intarsia.backends.nd4j.engine;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// The composites that are one operation of ND4J.
final class Rows {

    private final Program program;

    Rows(Program program) {
        this.program = program;
    }

    /// Returns whether a node is a composite that ND4J computes by itself.
    static boolean claims(Tensor node) {
        return node.op() instanceof Op.Call(Composite composite, _) && composite instanceof Composites.Softmax;
    }

    View plan(Composite composite, List<View> operands, List<Axis> axes) {
        return switch (composite) {
            case Composites.Softmax(String along) -> softmax(operands.getFirst(), axes, along);
            default -> throw new IllegalStateException("not claimed: " + composite);
        };
    }

    private View softmax(View operand, List<Axis> axes, String along) {
        Axis axis = axes.stream().filter(a -> a.name().equals(along)).findFirst().orElseThrow();
        View x = operand.stride(along) == 0 ? program.copied(operand, axes) : operand;
        List<Axis> order = x.spread(axes);
        View out = program.dense(order);
        int at = Math.max(0, order.indexOf(axis));
        Dims outer = Dims.of(order.subList(0, at), x, out);
        Dims row = axis.size() == 1 ? Dims.one(List.of(x, out)) : Dims.of(List.of(axis), x, out);
        Dims inner = Dims.of(order.subList(axis.size() == 1 ? at : at + 1, order.size()), x, out);
        Dims dims = outer.and(row).and(inner);
        int dimension = outer.count();
        program.add(() -> Natives.custom("softmax", new long[] {dimension}, dims.array(1), dims.array(0)), x, out);
        return out;
    }
}
