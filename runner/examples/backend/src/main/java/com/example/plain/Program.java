package com.example.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// A compiled graph: loops over blocks that are allocated once.
final class Program implements Executable {

    private final Map<Tensor, Block> blocks = new HashMap<>();
    private final Map<String, Block> inputs = new HashMap<>();
    private final Map<String, Block> outputs = new HashMap<>();
    private final List<Runnable> steps = new ArrayList<>();

    Program(Graph graph, Map<String, Block> variables) {
        graph.inputs().forEach((name, input) -> inputs.put(name, Block.of(input.axes())));
        for (Tensor node : live(graph)) {
            blocks.put(node, compile(node, variables));
        }
        graph.outputs().forEach((name, output) -> outputs.put(name, copy(output.tensor(), output.order())));
        // Last of all, so that everything else sees the old values, and a run that fails assigns nothing.
        for (Tensor assignment : graph.assignments()) {
            float[] variable = block(assignment.op().operands().getFirst()).numbers();
            float[] value = block(assignment).numbers();
            steps.add(() -> System.arraycopy(value, 0, variable, 0, value.length));
        }
    }

    @Override
    public void write(String input, double[] values) {
        PlainBackend.known(input, inputs).write(input, values);
    }

    @Override
    public void run() {
        steps.forEach(Runnable::run);
    }

    @Override
    public void read(String output, double[] values) {
        PlainBackend.known(output, outputs).read(output, values);
    }

    /// Returns what outputs and assignments need, each node after its operands.
    private static List<Tensor> live(Graph graph) {
        List<Tensor> nodes = List.copyOf(graph.nodes());
        Set<Tensor> needed = new HashSet<>(graph.assignments());
        graph.outputs().values().forEach(output -> needed.add(output.tensor()));
        for (Tensor node : nodes.reversed()) {
            if (needed.contains(node)) {
                needed.addAll(node.op() instanceof Op.Call call ? List.of(definition(call)) : node.op().operands());
            }
        }
        return nodes.stream().filter(needed::contains).toList();
    }

    /// A composite is computed as what it stands for, which is in the graph already.
    private static Tensor definition(Op.Call call) {
        return call.composite().decompose(call.operands());
    }

    /// Returns where a node's value will be, and adds the loop that puts it there. Blocks share numbers where only the
    /// axes differ, which is safe since a loop writes to a block of its own.
    private Block compile(Tensor node, Map<String, Block> variables) {
        List<Axis> axes = node.axes();
        return switch (node.op()) {
            case Op.Input(String name, _, _) -> PlainBackend.known(name, inputs);
            case Op.Variable(String name, _, _, _) -> PlainBackend.known(name, variables);
            case Op.Constant c -> loop(node, axes, (v, at) -> v[0][at[0]] = (float) c.values().get(at[0]));
            case Op.Index _ -> loop(node, axes, (v, at) -> v[0][at[0]] = at[0]);
            case Op.Random(Seed seed, _, _) -> loop(node, axes,
                    (v, at) -> v[0][at[0]] = (float) Philox.uniform(seed.key(), at[0], (long) v[1][0]));
            case Op.Unary op -> loop(node, axes, (v, at) -> v[0][at[0]] = (float) compute(op, v[1][at[1]]));
            case Op.Binary op -> loop(node, axes, (v, at) -> v[0][at[0]] = compute(op, v[1][at[1]], v[2][at[2]]));
            case Op.Compare op ->
                loop(node, axes, (v, at) -> v[0][at[0]] = holds(op, v[1][at[1]], v[2][at[2]]) ? 1 : 0);
            case Op.Select _ ->
                loop(node, axes, (v, at) -> v[0][at[0]] = v[1][at[1]] != 0 ? v[2][at[2]] : v[3][at[3]]);
            case Op.Convert op -> loop(node, axes, (v, at) -> v[0][at[0]] = convert(op, v[1][at[1]]));
            case Op.Contract(Tensor x, _, Set<String> summed) ->
                loop(node, with(axes, x, summed), (v, at) -> v[0][at[0]] += v[1][at[1]] * v[2][at[2]]);
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> names) -> switch (function) {
                case SUM -> loop(node, with(axes, x, names), (v, at) -> v[0][at[0]] += v[1][at[1]]);
                case MAXIMUM -> loop(node, Float.NEGATIVE_INFINITY, with(axes, x, names),
                        (v, at) -> v[0][at[0]] = Math.max(v[0][at[0]], v[1][at[1]]));
            };
            case Op.Expand(Tensor x, _) -> copy(x, axes);
            case Op.Rename(Tensor x, _, _) -> new Block(axes, block(x).numbers());
            case Op.Split(Tensor x, _, _, _) -> new Block(axes, block(x).numbers());
            case Op.Merge(Tensor x, String outer, String inner, _) -> {
                List<Axis> neighbours = new ArrayList<>(x.axes());
                neighbours.remove(x.axis(inner));
                neighbours.add(neighbours.indexOf(x.axis(outer)) + 1, x.axis(inner));
                yield new Block(axes, copy(x, neighbours).numbers());
            }
            case Op.Slice(Tensor x, String axis, int start, _) -> {
                int first = start * block(x).stride(axis);
                yield loop(node, axes, (v, at) -> v[0][at[0]] = v[1][first + at[1]]);
            }
            case Op.Pad(Tensor x, String axis, int before, _) -> joined(axes, axis, before, List.of(x));
            case Op.Concatenate(List<Tensor> parts, String axis) -> joined(axes, axis, 0, parts);
            case Op.Gather(Tensor x, String name, _) -> {
                Axis axis = x.axis(name);
                int stride = block(x).stride(name);
                yield loop(node, axes,
                        (v, at) -> v[0][at[0]] = v[1][at[1] + stride * within(node, axis, v[2][at[2]])]);
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, _, _) -> {
                int stride = Block.of(axes).stride(axis.name());
                yield loop(node, updates.axes(),
                        (v, at) -> v[0][at[0] + stride * within(node, axis, v[2][at[2]])] += v[1][at[1]]);
            }
            case Op.Assign(Tensor variable, Tensor value) -> copy(value, variable.axes());
            case Op.Call call -> copy(definition(call), axes);
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

    /// Copies to another order of axes; along an axis that the operand lacks, its numbers are repeated.
    private Block copy(Tensor x, List<Axis> axes) {
        Block result = Block.of(axes);
        steps.add(Block.loop(axes, (v, at) -> v[0][at[0]] = v[1][at[1]], result, block(x)));
        return result;
    }

    /// Puts parts one after another along an axis; what they do not reach stays 0.
    private Block joined(List<Axis> axes, String axis, int start, List<Tensor> parts) {
        Block result = Block.of(axes);
        int next = start;
        for (Tensor part : parts) {
            int first = next * result.stride(axis);
            steps.add(Block.loop(part.axes(), (v, at) -> v[0][first + at[0]] = v[1][at[1]], result, block(part)));
            next += part.axis(axis).size();
        }
        return result;
    }

    private Block block(Tensor node) {
        return blocks.get(node);
    }

    private static List<Axis> with(List<Axis> axes, Tensor x, Collection<String> names) {
        return Stream.concat(axes.stream(), names.stream().map(x::axis)).toList();
    }

    private static int within(Tensor node, Axis axis, float index) {
        if (!(index >= 0 && index < axis.size())) {
            throw new IndexOutOfBoundsException(node.op().name() + ": the index " + (long) index + " is not within "
                    + axis + (node.path().isEmpty() ? "" : ", at " + node.path()));
        }
        return (int) index;
    }

    private static double compute(Op.Unary op, float x) {
        return switch (op.function()) {
            case NEGATE -> -x;
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case TANH -> Math.tanh(x);
            case ABS -> Math.abs(x);
            case FLOOR -> Math.floor(x);
        };
    }

    private static float compute(Op.Binary op, float x, float y) {
        return switch (op.function()) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAXIMUM -> Math.max(x, y);
            case MINIMUM -> Math.min(x, y);
        };
    }

    private static boolean holds(Op.Compare op, float x, float y) {
        return switch (op.relation()) {
            case LESS -> x < y;
            case LESS_OR_EQUAL -> x <= y;
            case EQUAL -> x == y;
        };
    }

    private static float convert(Op.Convert op, float x) {
        return switch (op.type()) {
            case FLOAT -> x;
            case INTEGER -> (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
            case BOOLEAN -> x == 0 ? 0 : 1;
        };
    }
}
