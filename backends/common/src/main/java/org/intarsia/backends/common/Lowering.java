package org.intarsia.backends.common;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// A graph in the ops that a backend has: composites that it does not claim are replaced by their decomposition, products
/// with 1 and sums with 0 are gone, and so is what no output and no assignment needs. A rewrite may leave a few nodes that
/// nothing uses any more; [#live] passes over them.
public final class Lowering {

    private final Predicate<Tensor> claims;
    private final Graph target = new Graph();
    private final Map<Tensor, Tensor> lowered = new HashMap<>();

    private Lowering(Predicate<Tensor> claims) {
        this.claims = claims;
    }

    /// Lowers a graph; inputs, variables, outputs and assignments keep their names and order.
    ///
    /// @param claims whether the backend computes a node of the graph whose op is a composite by itself
    public static Graph lower(Graph graph, Predicate<Tensor> claims) {
        Graph once = new Lowering(claims).copy(graph);
        boolean composite = live(once).stream().anyMatch(n -> n.op() instanceof Op.Call && !claims.test(n));
        return composite ? lower(once, claims) : once;
    }

    /// Returns the nodes that an output or an assignment needs, each after its operands.
    public static List<Tensor> live(Graph graph) {
        Set<Tensor> results = new HashSet<>(graph.assignments());
        graph.outputs().values().forEach(output -> results.add(output.tensor()));
        return live(graph, results);
    }

    /// Returns some nodes of a graph and all that they need, each after its operands.
    public static List<Tensor> live(Graph graph, Set<Tensor> results) {
        Set<Tensor> needed = new HashSet<>(results);
        for (Tensor node : graph.nodes().reversed()) {
            if (needed.contains(node)) {
                needed.addAll(node.op().operands());
            }
        }
        return graph.nodes().stream().filter(needed::contains).toList();
    }

    private Graph copy(Graph graph) {
        graph.inputs().forEach((name, input) -> lowered.put(input,
                target.input(name, input.type(), input.axes().toArray(Axis[]::new))));
        graph.variables().forEach((name, variable) -> lowered.put(variable, variable(variable)));
        for (Tensor node : live(graph)) {
            lowered.computeIfAbsent(node, _ -> target.within(node.path(), () -> lower(node)));
        }
        graph.outputs().forEach((name, output) -> target.output(name, at(output.tensor()),
                output.order().toArray(Axis[]::new)));
        for (Tensor assignment : graph.assignments()) {
            List<Tensor> operands = assignment.op().operands();
            target.assign(at(operands.get(0)), at(operands.get(1)));
        }
        return target;
    }

    private Tensor variable(Tensor variable) {
        if (variable.op() instanceof Op.Variable(String name, List<Axis> axes, Initializer start, var seed)) {
            return target.variable(name, start, seed, axes.toArray(Axis[]::new));
        }
        throw new IllegalStateException("not a variable: " + variable);
    }

    private Tensor lower(Tensor node) {
        List<Tensor> operands = node.op().operands().stream().map(this::at).toList();
        return switch (node.op()) {
            case Op.Assign _ -> operands.get(1);
            case Op.Call(var composite, _) when !claims.test(node) -> composite.decompose(operands);
            case Op.Binary(Op.Binary.Function f, _, _) when neutral(f, operands.get(1))
                    && spans(operands.get(0), node) ->
                operands.get(0);
            case Op.Binary(Op.Binary.Function f, _, _) when commutes(f) && neutral(f, operands.get(0))
                    && spans(operands.get(1), node) ->
                operands.get(1);
            default -> target.add(node.op().withOperands(operands));
        };
    }

    private Tensor at(Tensor node) {
        Tensor tensor = lowered.get(node);
        if (tensor == null) {
            throw new IllegalStateException("an operand comes after its user: " + node);
        }
        return tensor;
    }

    private static boolean commutes(Op.Binary.Function f) {
        return f == Op.Binary.Function.ADD || f == Op.Binary.Function.MULTIPLY;
    }

    private static boolean spans(Tensor operand, Tensor node) {
        return operand.axes().size() == node.axes().size();
    }

    /// Whether x f y = x for every x. (A sum with 0 turns −0 into 0; nothing that is computed can tell but a reciprocal.)
    private static boolean neutral(Op.Binary.Function f, Tensor y) {
        return switch (f) {
            case ADD, SUBTRACT -> is(y, 0);
            case MULTIPLY, DIVIDE -> is(y, 1);
            case MAXIMUM, MINIMUM -> false;
        };
    }

    private static boolean is(Tensor tensor, double value) {
        return switch (tensor.op()) {
            case Op.Constant(var values, _, _) -> values.count() == 1 && values.get(0) == value;
            case Op.Expand(Tensor x, _) -> is(x, value);
            default -> false;
        };
    }
}
