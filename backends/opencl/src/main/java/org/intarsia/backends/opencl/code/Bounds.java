package org.intarsia.backends.opencl.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Between which numbers a value lies, as far as the graph alone can tell: so an index that is within its axis whatever is
/// written needs no check on the device.
final class Bounds {

    private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final Map<Tensor, Range> known = new HashMap<>();

    /// From the least to the greatest.
    record Range(double from, double to) {

        private Range or(Range other) {
            return new Range(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    /// Returns whether an index is always within an axis.
    boolean within(Tensor index, Axis axis) {
        Range range = of(index);
        return range.from >= 0 && range.to < axis.size();
    }

    /// Returns the input of which a tensor is a view that shows all of it, and nothing else.
    static Optional<String> input(Tensor tensor) {
        return switch (tensor.op()) {
            case Op.Input(String name, _, _) -> Optional.of(name);
            case Op.Rename(Tensor x, _, _) -> input(x);
            case Op.Split(Tensor x, _, _, _) -> input(x);
            case Op.Merge(Tensor x, _, _, _) -> input(x);
            case Op.Expand(Tensor x, _) -> input(x);
            default -> Optional.empty();
        };
    }

    private Range of(Tensor node) {
        Range found = known.get(node);
        if (found == null) {
            found = compute(node);
            known.put(node, found);
        }
        return found;
    }

    private Range compute(Tensor node) {
        return switch (node.op()) {
            case Op.Index(Axis axis) -> new Range(0, axis.size() - 1);
            case Op.Constant(Values values, _, _) -> {
                double[] all = values.toArray();
                yield new Range(DoubleStream.of(all).min().orElse(0), DoubleStream.of(all).max().orElse(0));
            }
            case Op.Unary(Op.Unary.Function f, Tensor x) -> switch (f) {
                case NEGATE -> new Range(-of(x).to, -of(x).from);
                case FLOOR -> new Range(Math.floor(of(x).from), Math.floor(of(x).to));
                case ABS -> {
                    double greatest = Math.max(Math.abs(of(x).from), Math.abs(of(x).to));
                    yield new Range(of(x).from > 0 ? of(x).from : of(x).to < 0 ? -of(x).to : 0, greatest);
                }
                case EXP, LOG, SQRT, RECIPROCAL, TANH -> ANY;
            };
            case Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) -> switch (f) {
                case ADD, SUBTRACT, MAXIMUM, MINIMUM -> corners(f::of, of(x), of(y));
                case MULTIPLY -> corners((a, b) -> a == 0 || b == 0 ? 0 : a * b, of(x), of(y));
                case DIVIDE -> ANY;
            };
            case Op.Compare _ -> new Range(0, 1);
            case Op.Select(_, Tensor x, Tensor y) -> of(x).or(of(y));
            case Op.Convert(Tensor x, DataType type) -> switch (type) {
                case BOOLEAN -> new Range(0, 1);
                case INTEGER, FLOAT -> of(x);
            };
            case Op.Expand(Tensor x, _) -> of(x);
            case Op.Rename(Tensor x, _, _) -> of(x);
            case Op.Split(Tensor x, _, _, _) -> of(x);
            case Op.Merge(Tensor x, _, _, _) -> of(x);
            case Op.Slice(Tensor x, _, _, _) -> of(x);
            case Op.Pad(Tensor x, _, _, _) -> of(x).or(new Range(0, 0));
            case Op.Concatenate(List<Tensor> parts, _) -> parts.stream().map(this::of).reduce(Range::or).orElse(ANY);
            case Op.Gather(Tensor x, _, _) -> of(x);
            case Op.Reduce(Op.Reduce.Function f, Tensor x, _) -> f == Op.Reduce.Function.MAXIMUM ? of(x) : ANY;
            case Op.Input _, Op.Variable _, Op.Random _, Op.Contract _, Op.ScatterAdd _, Op.Assign _, Op.Call _ -> ANY;
        };
    }

    private static Range corners(DoubleBinaryOperator f, Range x, Range y) {
        double[] all = {f.applyAsDouble(x.from, y.from), f.applyAsDouble(x.from, y.to), f.applyAsDouble(x.to, y.from),
            f.applyAsDouble(x.to, y.to)};
        return DoubleStream.of(all).anyMatch(Double::isNaN) ? ANY
                : new Range(DoubleStream.of(all).min().orElse(0), DoubleStream.of(all).max().orElse(0));
    }
}
