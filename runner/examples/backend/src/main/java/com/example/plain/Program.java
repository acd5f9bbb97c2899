package com.example.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleBiFunction;
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
        Lowering.live(lowered).forEach(node -> blocks.put(node, compile(node, variables)));
        lowered.outputs().forEach((name, output) -> outputs.put(name, copy(output.tensor(), Block.of(output.order()))));
        // Last of all, so that everything else sees the old values, and a run that fails assigns nothing.
        lowered.assignments().forEach(node -> copy(node, blocks.get(node.op().operands().getFirst())));
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
        return switch (node.op()) {
            case Op.Input(String name, _, _) -> Named.find(inputs, "input", name);
            case Op.Variable(String name, _, _, _) -> Named.find(variables, "variable", name);
            case Op.Constant constant -> each(node, (v, at) -> constant.values().get(at[0]));
            case Op.Index _ -> each(node, (v, at) -> at[0]);
            case Op.Random(Seed seed, _, _) ->
                each(node, (v, at) -> Philox.uniform(seed.key(), at[0], (long) v[1][at[1]]));
            case Op.Unary(var function, _) -> each(node, (v, at) -> function.of(v[1][at[1]]));
            case Op.Binary(var function, _, _) -> each(node, (v, at) -> function.of(v[1][at[1]], v[2][at[2]]));
            case Op.Compare(var relation, _, _) ->
                each(node, (v, at) -> relation.holds(v[1][at[1]], v[2][at[2]]) ? 1 : 0);
            case Op.Select _ -> each(node, (v, at) -> v[1][at[1]] != 0 ? v[2][at[2]] : v[3][at[3]]);
            case Op.Convert(_, DataType type) -> each(node, (v, at) -> type.of(v[1][at[1]]));
            case Op.Contract(Tensor x, _, var summed) -> loop(node, 0, with(node.axes(), x, summed),
                    (v, at) -> v[0][at[0]] += v[1][at[1]] * v[2][at[2]]);
            case Op.Reduce(var function, Tensor x, var names) ->
                loop(node, (float) function.start(), with(node.axes(), x, names),
                        (v, at) -> v[0][at[0]] = (float) function.of(v[0][at[0]], v[1][at[1]]));
            case Op.Expand(Tensor x, _) -> blocks.get(x);
            case Op.Rename(Tensor x, String from, String to) -> blocks.get(x).seen(strides -> strides.rename(from, to));
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) ->
                blocks.get(x).seen(strides -> strides.split(axis, outer, inner));
            case Op.Slice(Tensor x, String axis, int start, _) ->
                blocks.get(x).seen(strides -> strides.slice(axis, start));
            case Op.Merge(Tensor x, String outer, String inner, String merged) -> {
                List<Axis> neighbours = new ArrayList<>(x.axes());
                neighbours.removeAll(List.of(x.axis(outer), x.axis(inner)));
                yield copy(x, Block.of(with(neighbours, x, List.of(outer, inner))))
                        .seen(strides -> strides.merge(x.axis(outer), x.axis(inner), merged));
            }
            case Op.Pad(Tensor x, String axis, int before, _) -> joined(node, axis, before, List.of(x));
            case Op.Concatenate(List<Tensor> parts, String axis) -> joined(node, axis, 0, parts);
            case Op.Gather(Tensor x, String axis, _) -> {
                Index along = Index.of(node, x.axis(axis));
                int stride = blocks.get(x).strides().stride(axis);
                yield each(node, (v, at) -> v[1][at[1] + stride * along.check((int) v[2][at[2]])]);
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, _, _) -> {
                Index along = Index.of(node, axis);
                int stride = Strides.dense(node.axes()).stride(axis.name());
                yield loop(node, 0, updates.axes(),
                        (v, at) -> v[0][at[0] + stride * along.check((int) v[2][at[2]])] += v[1][at[1]]);
            }
            case Op.Assign(Tensor variable, Tensor value) -> copy(value, Block.of(variable.axes()));
            case Op.Call call -> throw new IllegalStateException("not lowered: " + call.name());
        };
    }

    /// Adds a loop that computes each number of a node from its operands'.
    private Block each(Tensor node, ToDoubleBiFunction<float[][], int[]> number) {
        return loop(node, 0, node.axes(), (v, at) -> v[0][at[0]] = (float) number.applyAsDouble(v, at));
    }

    /// Adds a loop whose blocks are the node's value, which starts as this number everywhere, and its operands.
    private Block loop(Tensor node, float start, List<Axis> over, BiConsumer<float[][], int[]> body) {
        Block result = Block.of(node.axes());
        Stream<Block> operands = node.op().operands().stream().map(blocks::get);
        steps.add(() -> Arrays.fill(result.numbers(), start));
        steps.add(Block.loop(over, body, Stream.concat(Stream.of(result), operands).toArray(Block[]::new)));
        return result;
    }

    /// Adds a loop that copies a value to where the same axes lie in another way.
    private Block copy(Tensor x, Block to) {
        steps.add(Block.loop(x.axes(), (v, at) -> v[0][at[0]] = v[1][at[1]], to, blocks.get(x)));
        return to;
    }

    /// Puts parts one after another along an axis; what they do not reach stays 0.
    private Block joined(Tensor node, String axis, int start, List<Tensor> parts) {
        Block result = Block.of(node.axes());
        int next = start;
        for (Tensor part : parts) {
            int at = next;
            copy(part, result.seen(strides -> strides.slice(axis, at)));
            next += part.axis(axis).size();
        }
        return result;
    }

    private static List<Axis> with(List<Axis> axes, Tensor x, Collection<String> names) {
        return Stream.concat(axes.stream(), names.stream().map(x::axis)).toList();
    }
}
