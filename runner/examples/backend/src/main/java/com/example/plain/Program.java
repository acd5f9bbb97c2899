package com.example.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Index;
import org.intarsia.backends.common.Lowering;
import org.intarsia.backends.common.Named;
import org.intarsia.backends.common.Strides;

/// A compiled graph: loops over blocks that are allocated once.
final class Program implements Executable {

    private final Map<Tensor, Block> blocks = new HashMap<>();
    private final Map<String, Block> inputs = new HashMap<>();
    private final Map<String, Block> outputs = new HashMap<>();
    private final List<Runnable> steps = new ArrayList<>();

    Program(Graph graph, Map<String, Block> variables) {
        // A backend that has a better way for some composites says here for which.
        Graph lowered = Lowering.lower(graph, _ -> false);
        lowered.inputs().forEach((name, input) -> inputs.put(name, Block.of(input.axes())));
        for (Tensor node : Lowering.live(lowered)) {
            blocks.put(node, compile(node, variables));
        }
        lowered.outputs().forEach((name, output) -> outputs.put(name, copy(output.tensor(), output.order())));
        // Last of all, so that everything else sees the old values, and a run that fails assigns nothing.
        for (Tensor assignment : lowered.assignments()) {
            float[] variable = block(assignment.op().operands().getFirst()).numbers();
            float[] value = block(assignment).numbers();
            steps.add(() -> System.arraycopy(value, 0, variable, 0, value.length));
        }
    }

    @Override
    public void write(String input, double[] values) {
        Named.find(inputs, "input", input).write(input, values);
    }

    @Override
    public void run() {
        steps.forEach(Runnable::run);
    }

    @Override
    public void read(String output, double[] values) {
        Named.find(outputs, "output", output).read(output, values);
    }

    /// Returns where a node's value will be, and adds the loop that puts it there. What only sees numbers in another way
    /// needs none, which is safe since a loop writes to a block of its own.
    private Block compile(Tensor node, Map<String, Block> variables) {
        List<Axis> axes = node.axes();
        return switch (node.op()) {
            case Op.Input(String name, _, _) -> Named.find(inputs, "input", name);
            case Op.Variable(String name, _, _, _) -> Named.find(variables, "variable", name);
            case Op.Constant c -> loop(node, axes, (v, at) -> v[0][at[0]] = (float) c.values().get(at[0]));
            case Op.Index _ -> loop(node, axes, (v, at) -> v[0][at[0]] = at[0]);
            case Op.Random(Seed seed, _, _) -> loop(node, axes,
                    (v, at) -> v[0][at[0]] = (float) Philox.uniform(seed.key(), at[0], (long) v[1][0]));
            case Op.Unary(var f, _) -> loop(node, axes, (v, at) -> v[0][at[0]] = (float) f.of(v[1][at[1]]));
            case Op.Binary(var f, _, _) ->
                loop(node, axes, (v, at) -> v[0][at[0]] = (float) f.of(v[1][at[1]], v[2][at[2]]));
            case Op.Compare(var relation, _, _) ->
                loop(node, axes, (v, at) -> v[0][at[0]] = relation.holds(v[1][at[1]], v[2][at[2]]) ? 1 : 0);
            case Op.Select _ ->
                loop(node, axes, (v, at) -> v[0][at[0]] = v[1][at[1]] != 0 ? v[2][at[2]] : v[3][at[3]]);
            case Op.Convert(_, DataType type) ->
                loop(node, axes, (v, at) -> v[0][at[0]] = (float) type.of(v[1][at[1]]));
            case Op.Contract(Tensor x, _, Set<String> summed) ->
                loop(node, with(axes, x, summed), (v, at) -> v[0][at[0]] += v[1][at[1]] * v[2][at[2]]);
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> names) -> switch (function) {
                case SUM -> loop(node, with(axes, x, names), (v, at) -> v[0][at[0]] += v[1][at[1]]);
                case MAXIMUM -> loop(node, Float.NEGATIVE_INFINITY, with(axes, x, names),
                        (v, at) -> v[0][at[0]] = Math.max(v[0][at[0]], v[1][at[1]]));
            };
            case Op.Expand(Tensor x, _) -> block(x);
            case Op.Rename(Tensor x, String from, String to) -> block(x).seen(strides(x).rename(from, to));
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) ->
                block(x).seen(strides(x).split(axis, outer, inner));
            case Op.Slice(Tensor x, String axis, int start, _) -> block(x).seen(strides(x).slice(axis, start));
            case Op.Merge(Tensor x, String outer, String inner, String merged) -> {
                List<Axis> neighbours = new ArrayList<>(x.axes());
                neighbours.removeAll(List.of(x.axis(outer), x.axis(inner)));
                Block copy = copy(x, with(neighbours, x, List.of(outer, inner)));
                yield copy.seen(copy.strides().merge(x.axis(outer), x.axis(inner), merged));
            }
            case Op.Pad(Tensor x, String axis, int before, _) -> joined(axes, axis, before, List.of(x));
            case Op.Concatenate(List<Tensor> parts, String axis) -> joined(axes, axis, 0, parts);
            case Op.Gather(Tensor x, String axis, _) -> {
                Index along = Index.of(node, x.axis(axis));
                int stride = strides(x).stride(axis);
                yield loop(node, axes,
                        (v, at) -> v[0][at[0]] = v[1][at[1] + stride * along.check((int) v[2][at[2]])]);
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, _, _) -> {
                Index along = Index.of(node, axis);
                int stride = Strides.dense(axes).stride(axis.name());
                yield loop(node, updates.axes(),
                        (v, at) -> v[0][at[0] + stride * along.check((int) v[2][at[2]])] += v[1][at[1]]);
            }
            case Op.Assign(Tensor variable, Tensor value) -> copy(value, variable.axes());
            case Op.Call call -> throw new IllegalStateException("not lowered: " + call.name());
        };
    }

    private Block loop(Tensor node, List<Axis> over, Block.Body body) {
        return loop(node, 0, over, body);
    }

    /// Adds a loop whose blocks are the node's value, which starts as this number everywhere, and its operands.
    private Block loop(Tensor node, float start, List<Axis> over, Block.Body body) {
        Block result = Block.of(node.axes());
        steps.add(() -> Arrays.fill(result.numbers(), start));
        steps.add(
                Block.loop(over, body, Stream.concat(Stream.of(result), node.op().operands().stream().map(this::block))
                        .toArray(Block[]::new)));
        return result;
    }

    /// Copies to another order of axes.
    private Block copy(Tensor x, List<Axis> axes) {
        Block result = Block.of(axes);
        copy(x, result, axes);
        return result;
    }

    private void copy(Tensor x, Block to, List<Axis> axes) {
        steps.add(Block.loop(axes, (v, at) -> v[0][at[0]] = v[1][at[1]], to, block(x)));
    }

    /// Puts parts one after another along an axis; what they do not reach stays 0.
    private Block joined(List<Axis> axes, String axis, int start, List<Tensor> parts) {
        Block result = Block.of(axes);
        int next = start;
        for (Tensor part : parts) {
            copy(part, result.seen(result.strides().slice(axis, next)), part.axes());
            next += part.axis(axis).size();
        }
        return result;
    }

    private Block block(Tensor node) {
        return blocks.get(node);
    }

    private Strides strides(Tensor node) {
        return block(node).strides();
    }

    private static List<Axis> with(List<Axis> axes, Tensor x, Collection<String> names) {
        return Stream.concat(axes.stream(), names.stream().map(x::axis)).toList();
    }
}
