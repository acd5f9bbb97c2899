package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.DoubleUnaryOperator;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// A graph that stands written, with the numbers of its inputs. It is not compiled itself: whoever runs it builds a copy.
///
/// @param graph what is computed
/// @param inputs the numbers of its inputs, by name
record Written(Graph graph, Map<String, double[]> inputs) implements Trial {

    /// Writes a node of a copy.
    @FunctionalInterface
    interface Change {

        /// Copies nodes as they are.
        Change NONE = (copy, node, operands) -> copy.same(node.op(), operands);

        /// Returns what stands for a node in the copy.
        ///
        /// @param operands what stands for the node's operands
        Tensor node(Copy copy, Tensor node, List<Tensor> operands);
    }

    /// Where a copy is written.
    ///
    /// @param graph the copy
    /// @param inputs the numbers of its inputs
    record Copy(Graph graph, Map<String, double[]> inputs) {

        /// Writes an op as it is, on the operands that stand for its own.
        Tensor same(Op op, List<Tensor> operands) {
            return switch (op) {
                case Op.Input input -> graph.input(input.name(), input.type(), input.axes().toArray(Axis[]::new));
                case Op.Variable v -> graph.variable(v.name(), v.start(), v.seed(), v.axes().toArray(Axis[]::new));
                case Op.Assign _ -> {
                    graph.assign(operands.get(0), operands.get(1));
                    yield graph.assignments().getLast();
                }
                case Op other -> graph.add(other.withOperands(operands));
            };
        }

        /// Writes an input of a new name.
        Tensor input(Tensor like, double[] numbers) {
            int number = 0;
            while (inputs.containsKey("in" + number)) {
                number++;
            }
            inputs.put("in" + number, numbers);
            return graph.input("in" + number, like.type(), like.axes().toArray(Axis[]::new));
        }
    }

    static Written of(Trial trial) {
        Graph graph = new Graph();
        return new Written(graph, new LinkedHashMap<>(trial.build(graph)));
    }

    @Override
    public Map<String, double[]> build(Graph copy) {
        return copy(copy, Change.NONE, (_, _) -> true).inputs();
    }

    /// Returns a changed copy with some of the outputs, without what it does not need.
    Written changed(Change change, BiPredicate<String, Tensor> given) {
        return copy(new Graph(), change, given).live();
    }

    /// Returns a changed copy, without what it does not need.
    Written changed(Change change) {
        return changed(change, (_, _) -> true);
    }

    /// Returns this graph with other numbers in one input.
    Written with(String input, DoubleUnaryOperator number) {
        Map<String, double[]> numbers = new LinkedHashMap<>(inputs);
        numbers.computeIfPresent(input, (_, old) -> Arrays.stream(old).map(number).toArray());
        return new Written(graph, numbers);
    }

    /// Returns the nodes that the outputs and assignments need, without those of composites' decompositions.
    List<Tensor> needed() {
        Set<Tensor> needed = new HashSet<>(graph.assignments());
        graph.outputs().values().forEach(output -> needed.add(output.tensor()));
        for (Tensor node : graph.nodes().reversed()) {
            if (needed.contains(node)) {
                needed.addAll(node.op().operands());
            }
        }
        return graph.nodes().stream().filter(needed::contains).toList();
    }

    /// Returns a copy with only what the outputs and assignments need.
    Written live() {
        List<Tensor> needed = needed();
        Map<String, double[]> numbers = new LinkedHashMap<>(inputs);
        numbers.keySet().removeIf(name -> !needed.contains(graph.inputs().get(name)));
        Written result = new Written(new Graph(), numbers);
        copy(needed, result.graph, numbers, Change.NONE, (_, _) -> true);
        return result;
    }

    private Written copy(Graph copy, Change change, BiPredicate<String, Tensor> given) {
        Map<String, double[]> numbers = new LinkedHashMap<>(inputs);
        copy(graph.nodes(), copy, numbers, change, given);
        return new Written(copy, numbers);
    }

    private void copy(List<Tensor> nodes, Graph copy, Map<String, double[]> numbers, Change change,
            BiPredicate<String, Tensor> given) {
        Copy target = new Copy(copy, numbers);
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        for (Tensor node : List.copyOf(nodes)) {
            List<Tensor> operands =
                    node.op().operands().stream().map(o -> Objects.requireNonNull(copies.get(o))).toList();
            copies.put(node, change.node(target, node, operands));
        }
        graph.outputs().forEach((name, output) -> {
            if (given.test(name, output.tensor())) {
                Tensor tensor = Objects.requireNonNull(copies.get(output.tensor()));
                copy.output(name, tensor, order(output.order(), tensor));
            }
        });
    }

    /// Returns a tensor's axes in an order that was given to others, as far as they are in it.
    static Axis[] order(List<Axis> wanted, Tensor tensor) {
        List<Axis> order = new ArrayList<>();
        wanted.stream().filter(axis -> tensor.has(axis.name())).forEach(axis -> order.add(tensor.axis(axis.name())));
        tensor.axes().stream().filter(axis -> !order.contains(axis)).forEach(order::add);
        return order.toArray(Axis[]::new);
    }
}
