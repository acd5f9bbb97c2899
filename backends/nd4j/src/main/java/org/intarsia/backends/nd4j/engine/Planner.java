package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.common.Index;
import org.intarsia.backends.common.Lowering;

/// Turns a graph into a program, node by node. Renaming, splitting, slicing and repeating are views, and so is merging what
/// lies side by side.
final class Planner {

    private final Graph graph;
    private final Map<String, View> variables;
    private final Set<Buffer> variableBuffers = new HashSet<>();
    private final Map<Tensor, View> views = new HashMap<>();
    private final Map<String, View> inputs = new LinkedHashMap<>();
    private final Set<Tensor> fixed = new HashSet<>();
    private final Program program = new Program();
    private final Elementwise elementwise = new Elementwise(program);
    private final Reductions reductions = new Reductions(program);
    private final Products products = new Products(program, elementwise, reductions);
    private final Lookups lookups = new Lookups(program);
    private final Rows rows = new Rows(program);

    private Planner(Graph graph, Map<String, View> variables) {
        this.graph = graph;
        this.variables = variables;
        variables.values().forEach(view -> variableBuffers.add(view.buffer()));
    }

    /// Plans a graph.
    ///
    /// @param variables where the session keeps the variables that the graph names
    static Plan plan(Graph graph, Map<String, View> variables) {
        return new Planner(Lowering.lower(graph, Rows::claims), variables).plan();
    }

    private Plan plan() {
        for (Tensor node : Lowering.live(graph)) {
            if (isFixed(node)) {
                fixed.add(node);
            }
            program.fixed(fixed.contains(node));
            if (!(node.op() instanceof Op.Assign)) {
                views.put(node, place(node));
            }
        }
        program.fixed(false);
        graph.inputs().forEach((name, input) -> inputs.computeIfAbsent(name, _ -> program.dense(input.axes())));
        Map<String, View> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, output) -> outputs.put(name, stable(output.tensor())));
        assign();
        return new Plan(program, inputs, outputs);
    }

    /// Returns whether a node's values are the same in every run.
    private boolean isFixed(Tensor node) {
        return switch (node.op()) {
            case Op.Input _, Op.Variable _, Op.Random _, Op.Assign _ -> false;
            default -> fixed.containsAll(node.op().operands());
        };
    }

    private View place(Tensor node) {
        return switch (node.op()) {
            case Op.Input(String name, _, List<Axis> axes) ->
                inputs.computeIfAbsent(name, _ -> program.dense(axes));
            case Op.Variable(String name, _, _, _) -> variable(name);
            case Op.Constant(Values values, _, List<Axis> axes) -> program.constant(axes, values);
            case Op.Index(Axis axis) -> program.constant(List.of(axis), Values.compute(axis.size(), i -> i));
            case Op.Random(Seed seed, Tensor counter, List<Axis> axes) -> {
                View out = program.dense(axes);
                View by = view(counter);
                program.add(() -> new Draw(seed.key(), by, out), by, out);
                yield out;
            }
            case Op.Unary(Op.Unary.Function f, Tensor x) -> elementwise.unary(f, view(x), node.axes());
            case Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) ->
                elementwise.binary(f, view(x), view(y), node.axes());
            case Op.Compare(Op.Compare.Relation relation, Tensor x, Tensor y) ->
                elementwise.compare(relation, view(x), view(y), node.axes());
            case Op.Select(Tensor condition, Tensor x, Tensor y) ->
                elementwise.select(view(condition), view(x), view(y), node.axes());
            case Op.Convert(Tensor x, DataType type) -> elementwise.convert(view(x), x.type(), type, node.axes());
            case Op.Contract(Tensor x, Tensor y, Set<String> summed) ->
                products.contract(new Products.Operand(view(x), x.axes()), new Products.Operand(view(y), y.axes()),
                        summed);
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> names) ->
                reductions.reduce(function, view(x), x.axes(), names);
            case Op.Expand(Tensor x, _) -> view(x);
            case Op.Rename(Tensor x, String from, String to) -> view(x).rename(from, to);
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) -> view(x).split(axis, outer, inner);
            case Op.Merge(Tensor x, String outer, String inner, String merged) ->
                merge(x, x.axis(outer), x.axis(inner), merged);
            case Op.Slice(Tensor x, String axis, int start, _) -> view(x).slice(axis, start);
            case Op.Pad(Tensor x, String axis, int before, int after) -> pad(x, x.axis(axis), before, after);
            case Op.Concatenate(List<Tensor> parts, String axis) -> concatenate(node, parts, axis);
            case Op.Gather(Tensor x, String axis, Tensor index) ->
                lookups.gather(view(x), x.axes(), view(index), index.axes(), Index.of(node, x.axis(axis)));
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, _) ->
                lookups.scatterAdd(view(updates), updates.axes(), view(index), Index.of(node, axis), node.axes());
            case Op.Assign _ -> throw new IllegalStateException("an assignment is no value: " + node);
            case Op.Call(Composite composite, List<Tensor> operands) ->
                rows.plan(composite, operands.stream().map(this::view).toList(), node.axes());
        };
    }

    private View merge(Tensor x, Axis outer, Axis inner, String merged) {
        View from = view(x);
        if (!from.merges(outer, inner)) {
            List<Axis> order = new ArrayList<>(from.order(x.axes()));
            order.remove(inner);
            order.add(order.indexOf(outer) + 1, inner);
            from = program.copied(from, order);
        }
        return from.merge(outer, inner, merged);
    }

    private View pad(Tensor x, Axis axis, int before, int after) {
        List<Axis> order = new ArrayList<>(view(x).order(x.axes()));
        order.set(order.indexOf(axis), axis.sized(before + axis.size() + after));
        View out = program.dense(order);
        elementwise.clear(out);
        program.copy(view(x), out.slice(axis.name(), before), x.axes());
        return out;
    }

    private View concatenate(Tensor node, List<Tensor> parts, String axis) {
        View out = program.dense(view(parts.getFirst()).order(node.axes()));
        int start = 0;
        for (Tensor part : parts) {
            program.copy(view(part), out.slice(axis, start), part.axes());
            start += part.axis(axis).size();
        }
        return out;
    }

    /// Copies values to their variables: first aside what another copy would overwrite.
    private void assign() {
        List<Tensor> assignments = graph.assignments();
        List<View> values = assignments.stream().map(a -> {
            Tensor value = a.op().operands().get(1);
            return variableBuffers.contains(view(value).buffer()) ? copied(value) : view(value);
        }).toList();
        program.add(() -> Natives::check);
        for (int i = 0; i < assignments.size(); i++) {
            Tensor variable = assignments.get(i).op().operands().getFirst();
            program.copy(values.get(i), view(variable), variable.axes());
        }
    }

    /// Returns a view of values that are the run's own: an input or a variable may be written before they are read.
    private View stable(Tensor x) {
        Buffer buffer = view(x).buffer();
        boolean given = inputs.values().stream().anyMatch(view -> view.buffer() == buffer);
        return given || variableBuffers.contains(buffer) ? copied(x) : view(x);
    }

    private View copied(Tensor x) {
        return program.copied(view(x), view(x).spread(x.axes()));
    }

    private View variable(String name) {
        View view = variables.get(name);
        if (view == null) {
            throw new IllegalArgumentException("the session has no variable '" + name + "'");
        }
        return view;
    }

    private View view(Tensor node) {
        View view = views.get(node);
        if (view == null) {
            throw new IllegalStateException("not planned yet: " + node);
        }
        return view;
    }
}
