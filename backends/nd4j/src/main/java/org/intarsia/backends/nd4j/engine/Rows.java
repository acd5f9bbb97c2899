package org.intarsia.backends.nd4j.engine;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// The composites that are one operation of ND4J: softmax along 64 positions and more, where it is up to a seventh faster than
/// its parts. Its other fused operations are left alone, on 512 × 64 numbers in one thread:
///
/// | operation | as one | in parts | |
/// |---|---|---|---|
/// | `softmax` | 133 µs | 137 µs | of 2048 × 16: 172 and 138 |
/// | `softmax_bp` | 175 µs | 34 µs | |
/// | `layer_norm` | 233 µs | 55 µs | and it knows no ε |
/// | `layer_norm_bp` | 856 µs | 79 µs | |
/// | precise GELU | 518 µs | 243 µs | and of 1 it is 0.831, not 0.841 |
final class Rows {

    private static final int LONG = 64;

    private final Program program;

    Rows(Program program) {
        this.program = program;
    }

    /// Returns whether a node is a composite that ND4J computes by itself.
    static boolean claims(Tensor node) {
        return node.op() instanceof Op.Call(Composite composite, _)
                && composite instanceof Composites.Softmax(String along) && node.axis(along).size() >= LONG;
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
        int at = order.indexOf(axis);
        Dims outer = Dims.of(order.subList(0, at), x, out);
        Dims dims = outer.and(Dims.of(List.of(axis), x, out)).and(Dims.of(order.subList(at + 1, order.size()), x, out));
        int dimension = outer.count();
        program.add(() -> Natives.custom("softmax", new long[] {dimension}, dims.array(1), dims.array(0)), x, out);
        return out;
    }
}
