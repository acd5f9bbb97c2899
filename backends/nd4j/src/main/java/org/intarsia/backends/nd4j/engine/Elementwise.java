package org.intarsia.backends.nd4j.engine;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Values;
import org.nd4j.linalg.api.ops.TransformOp;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Floor;
import org.nd4j.linalg.api.ops.impl.transforms.same.Negative;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;

/// Functions of each element. Along an axis on which no operand depends nothing is computed: the result repeats there, too.
final class Elementwise {

    private final Program program;
    private final View zero;

    Elementwise(Program program) {
        this.program = program;
        this.zero = program.constant(List.of(), Values.of(0));
    }

    View unary(Op.Unary.Function function, View x, List<Axis> axes) {
        return unary(switch (function) {
            case NEGATE -> new Negative();
            case EXP -> new Exp();
            case LOG -> new Log();
            case SQRT -> new Sqrt();
            case RECIPROCAL -> new Reciprocal();
            case TANH -> new Tanh();
            case ABS -> new Abs();
            case FLOOR -> new Floor();
        }, x, axes);
    }

    View unary(TransformOp function, View x, List<Axis> axes) {
        List<Axis> order = x.spread(axes);
        View out = program.dense(order);
        Dims dims = Dims.of(order, x, out);
        program.add(() -> Natives.transform(function, dims.array(0), dims.array(1)), x, out);
        return out;
    }

    View binary(Op.Binary.Function function, View x, View y, List<Axis> axes) {
        return binary(switch (function) {
            case ADD -> "add";
            case SUBTRACT -> "subtract";
            case MULTIPLY -> "multiply";
            case DIVIDE -> "divide";
            case MAXIMUM -> "maximum";
            case MINIMUM -> "minimum";
        }, x, y, axes);
    }

    private View binary(String function, View x, View y, List<Axis> axes) {
        View out = program.dense(layout(axes, x, y));
        pairs(function, x, y, out, axes);
        return out;
    }

    View compare(Op.Compare.Relation relation, View x, View y, List<Axis> axes) {
        return truth(switch (relation) {
            case LESS -> "less";
            case LESS_OR_EQUAL -> "less_equal";
            case EQUAL -> "equals";
        }, x, y, axes);
    }

    View convert(View x, DataType from, DataType to, List<Axis> axes) {
        return switch (to) {
            case FLOAT -> x;
            case INTEGER -> from == DataType.FLOAT ? truncated(x, axes) : x;
            case BOOLEAN -> from == DataType.BOOLEAN ? x : truth("not_equals", x, zero, axes);
        };
    }

    /// Sets all numbers of a dense view to 0.
    void clear(View view) {
        program.add(() -> Natives.custom("assign", view.whole(), view.whole(), zero.whole()), zero, view);
    }

    /// Chooses in Java: ND4J's `select` takes a hundred nanoseconds for each number.
    View select(View condition, View x, View y, List<Axis> axes) {
        List<Axis> order = layout(axes, condition, x, y);
        View out = program.dense(order);
        Dims dims = Dims.of(order, out, condition, x, y);
        program.add(() -> new Choice(dims), condition, x, y, out);
        return out;
    }

    /// Rounds towards zero. (A cast to an integer type of ND4J would lose what is too large for it.)
    private View truncated(View x, List<Axis> axes) {
        View whole = unary(new Floor(), unary(new Abs(), x, axes), axes);
        return binary("multiply", unary(new Sign(), x, axes), whole, axes);
    }

    /// Truth values are an own type of ND4J; they become numbers like all others.
    private View truth(String relation, View x, View y, List<Axis> axes) {
        List<Axis> order = layout(axes, x, y);
        View truths = View.dense(org.nd4j.linalg.api.buffer.DataType.BOOL, order);
        pairs(relation, x, y, truths, axes);
        return program.copied(truths, order);
    }

    private void pairs(String function, View x, View y, View out, List<Axis> axes) {
        Dims dims = Dims.of(out.spread(axes), x, y, out);
        program.add(() -> Natives.custom(function, dims.array(2), dims.array(0), dims.array(1)), x, y, out);
    }

    /// Returns the axes along which some operand differs, in the order in which the first operand that has them all lies,
    /// or else another value does.
    private List<Axis> layout(List<Axis> axes, View... operands) {
        List<Axis> needed = axes.stream().filter(axis -> List.of(operands).stream()
                .anyMatch(view -> axis.size() > 1 && view.stride(axis.name()) != 0)).toList();
        for (View view : operands) {
            List<Axis> spread = view.spread(needed);
            if (spread.size() == needed.size()) {
                return spread;
            }
        }
        return program.known(needed);
    }
}
