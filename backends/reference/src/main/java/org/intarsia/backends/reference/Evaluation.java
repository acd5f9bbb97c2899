package org.intarsia.backends.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// One run of a graph: what each op computes, from the values of its operands. Sums are taken in double precision, one
/// number after another in the order of the axes.
final class Evaluation {

    private final Map<Tensor, Dense> values = new HashMap<>();
    private final Function<String, double[]> inputs;
    private final Function<String, double[]> variables;

    /// @param inputs the values of an input by name
    /// @param variables the values of a variable by name
    Evaluation(Function<String, double[]> inputs, Function<String, double[]> variables) {
        this.inputs = inputs;
        this.variables = variables;
    }

    /// Computes a node whose operands have been computed.
    Dense compute(Tensor node) {
        Dense value = new Dense(node.axes(), numbers(node));
        values.put(node, value);
        return value;
    }

    /// Returns the value of a node that has been computed.
    Dense value(Tensor node) {
        Dense value = values.get(node);
        if (value == null) {
            throw new IllegalStateException("'" + node + "' has not been computed");
        }
        return value;
    }

    private double[] numbers(Tensor node) {
        return switch (node.op()) {
            case Op.Input(String name, _, _) -> inputs.apply(name);
            case Op.Variable(String name, _, _, _) -> variables.apply(name);
            case Op.Constant(Values constants, _, _) -> constants.toArray();
            case Op.Index(Axis axis) -> Values.compute(axis.size(), i -> i).toArray();
            case Op.Random(Seed seed, Tensor counter, _) -> {
                long high = (long) value(counter).numbers()[0];
                yield Values.compute(node.count(), i -> Philox.uniform(seed.key(), i, high)).toArray();
            }
            case Op.Unary(Op.Unary.Function f, Tensor x) -> each(f::of, x);
            case Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) -> each(node, f::of, x, y);
            case Op.Compare(Op.Compare.Relation relation, Tensor x, Tensor y) ->
                each(node, (a, b) -> relation.holds(a, b) ? 1 : 0, x, y);
            case Op.Select(Tensor condition, Tensor x, Tensor y) -> select(node, condition, x, y);
            case Op.Convert(Tensor x, DataType type) -> each(type::of, x);
            case Op.Contract(Tensor x, Tensor y, SequencedSet<String> summed) -> contract(node, x, y, summed);
            case Op.Reduce(Op.Reduce.Function f, Tensor x, SequencedSet<String> names) -> reduce(node, f, x, names);
            case Op.Expand(Tensor x, _) -> value(x).numbers(node.axes());
            // The order of the axes is the operand's, with one renamed, or with two neighbours in place of one.
            case Op.Rename(Tensor x, _, _) -> value(x).numbers();
            case Op.Split(Tensor x, _, _, _) -> value(x).numbers();
            case Op.Merge(Tensor x, String outer, String inner, _) -> merge(x, outer, inner);
            case Op.Slice(Tensor x, String axis, int start, _) -> slice(node, x, axis, start);
            case Op.Pad(Tensor x, String axis, int before, _) -> {
                double[] result = new double[node.count()];
                place(result, node, x, axis, before);
                yield result;
            }
            case Op.Concatenate(List<Tensor> parts, String axis) -> {
                double[] result = new double[node.count()];
                int start = 0;
                for (Tensor part : parts) {
                    place(result, node, part, axis, start);
                    start += part.axis(axis).size();
                }
                yield result;
            }
            case Op.Gather(Tensor x, String axis, Tensor index) -> gather(node, x, x.axis(axis), index);
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, _) -> scatterAdd(node, updates, axis, index);
            case Op.Assign(Tensor variable, Tensor assigned) -> value(assigned).numbers(variable.axes());
            case Op.Call(Composite composite, List<Tensor> operands) ->
                value(composite.decompose(operands)).numbers(node.axes());
        };
    }

    private double[] each(DoubleUnaryOperator function, Tensor x) {
        return Arrays.stream(value(x).numbers()).map(function).toArray();
    }

    private double[] each(Tensor node, DoubleBinaryOperator function, Tensor x, Tensor y) {
        double[] left = value(x).numbers();
        double[] right = value(y).numbers();
        double[] result = new double[node.count()];
        for (Walk walk = new Walk(node.axes(), value(x), value(y)); walk.inside(); walk.step()) {
            result[walk.count()] = function.applyAsDouble(left[walk.offset(0)], right[walk.offset(1)]);
        }
        return result;
    }

    private double[] select(Tensor node, Tensor condition, Tensor x, Tensor y) {
        double[] holds = value(condition).numbers();
        double[] whenTrue = value(x).numbers();
        double[] whenFalse = value(y).numbers();
        double[] result = new double[node.count()];
        for (Walk walk = new Walk(node.axes(), value(condition), value(x), value(y)); walk.inside(); walk.step()) {
            result[walk.count()] = holds[walk.offset(0)] != 0 ? whenTrue[walk.offset(1)] : whenFalse[walk.offset(2)];
        }
        return result;
    }

    private double[] contract(Tensor node, Tensor x, Tensor y, SequencedSet<String> summed) {
        double[] left = value(x).numbers();
        double[] right = value(y).numbers();
        double[] result = new double[node.count()];
        Dense target = new Dense(node.axes(), result);
        List<Axis> axes = joined(node.axes(), summed.stream().map(x::axis).toList());
        for (Walk walk = new Walk(axes, target, value(x), value(y)); walk.inside(); walk.step()) {
            result[walk.offset(0)] += left[walk.offset(1)] * right[walk.offset(2)];
        }
        return result;
    }

    private double[] reduce(Tensor node, Op.Reduce.Function function, Tensor x, SequencedSet<String> names) {
        double[] numbers = value(x).numbers();
        double[] result = new double[node.count()];
        Arrays.fill(result, function.start());
        Dense target = new Dense(node.axes(), result);
        List<Axis> axes = joined(node.axes(), names.stream().map(x::axis).toList());
        for (Walk walk = new Walk(axes, target, value(x)); walk.inside(); walk.step()) {
            int at = walk.offset(0);
            result[at] = function.of(result[at], numbers[walk.offset(1)]);
        }
        return result;
    }

    private double[] merge(Tensor x, String outer, String inner) {
        List<Axis> neighbours = new ArrayList<>(x.axes());
        neighbours.remove(x.axis(inner));
        neighbours.add(neighbours.indexOf(x.axis(outer)) + 1, x.axis(inner));
        return value(x).numbers(neighbours);
    }

    private double[] slice(Tensor node, Tensor x, String axis, int start) {
        double[] numbers = value(x).numbers();
        int first = start * value(x).stride(axis);
        double[] result = new double[node.count()];
        for (Walk walk = new Walk(node.axes(), value(x)); walk.inside(); walk.step()) {
            result[walk.count()] = numbers[first + walk.offset(0)];
        }
        return result;
    }

    /// Copies a part to the positions from `start` on along an axis.
    private void place(double[] result, Tensor node, Tensor part, String axis, int start) {
        double[] numbers = value(part).numbers();
        Dense target = new Dense(node.axes(), result);
        int first = start * target.stride(axis);
        for (Walk walk = new Walk(part.axes(), target); walk.inside(); walk.step()) {
            result[first + walk.offset(0)] = numbers[walk.count()];
        }
    }

    private double[] gather(Tensor node, Tensor x, Axis axis, Tensor index) {
        double[] numbers = value(x).numbers();
        double[] indices = value(index).numbers();
        int stride = value(x).stride(axis.name());
        double[] result = new double[node.count()];
        for (Walk walk = new Walk(node.axes(), value(x), value(index)); walk.inside(); walk.step()) {
            int at = within(node, axis, indices[walk.offset(1)]);
            result[walk.count()] = numbers[walk.offset(0) + at * stride];
        }
        return result;
    }

    private double[] scatterAdd(Tensor node, Tensor updates, Axis axis, Tensor index) {
        double[] numbers = value(updates).numbers();
        double[] indices = value(index).numbers();
        double[] result = new double[node.count()];
        Dense target = new Dense(node.axes(), result);
        int stride = target.stride(axis.name());
        for (Walk walk = new Walk(updates.axes(), target, value(index)); walk.inside(); walk.step()) {
            int at = within(node, axis, indices[walk.offset(1)]);
            result[walk.offset(0) + at * stride] += numbers[walk.count()];
        }
        return result;
    }

    private static int within(Tensor node, Axis axis, double index) {
        if (!(index >= 0 && index < axis.size())) {
            throw new IndexOutOfBoundsException(node.op().name() + ": the index " + (long) index + " is not within "
                    + axis + (node.path().isEmpty() ? "" : ", at " + node.path()));
        }
        return (int) index;
    }

    private static List<Axis> joined(List<Axis> kept, List<Axis> gone) {
        List<Axis> all = new ArrayList<>(kept);
        all.addAll(gone);
        return all;
    }
}
