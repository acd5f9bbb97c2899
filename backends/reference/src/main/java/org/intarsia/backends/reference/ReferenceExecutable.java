package org.intarsia.backends.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// The nodes on which an output or an assignment depends, computed one after another.
final class ReferenceExecutable implements Executable {

    private final Graph graph;
    private final ReferenceSession session;
    private final Trace trace;
    private final List<Tensor> live;
    private final Map<String, double[]> inputs = new HashMap<>();
    private final Map<String, double[]> results = new HashMap<>();

    ReferenceExecutable(Graph graph, ReferenceSession session, Trace trace) {
        this.graph = graph;
        this.session = session;
        this.trace = trace;
        this.live = live(graph);
    }

    @Override
    public void write(String input, double[] values) {
        Tensor declared = ReferenceSession.known("input", input, graph.inputs());
        inputs.put(input, ReferenceSession.checked("input", input, declared.axes(), values).clone());
    }

    @Override
    public void run() {
        Evaluation evaluation = new Evaluation(this::written, name -> session.variable(name).numbers());
        for (Tensor node : live) {
            Dense value = evaluation.compute(node);
            trace.computed(node, Values.of(value.numbers()));
        }
        graph.outputs().forEach(
                (name, output) -> results.put(name, evaluation.value(output.tensor()).numbers(output.order())));
        for (Tensor assignment : graph.assignments()) {
            if (assignment.op() instanceof Op.Assign(Tensor variable, _)
                    && variable.op() instanceof Op.Variable(String name, _, _, _)) {
                session.assign(name, evaluation.value(assignment).numbers());
            }
        }
    }

    @Override
    public void read(String output, double[] values) {
        Graph.Output declared = ReferenceSession.known("output", output, graph.outputs());
        ReferenceSession.checked("output", output, declared.order(), values);
        double[] result = results.get(output);
        if (result == null) {
            throw new IllegalStateException("the output '" + output + "' is read before the first run");
        }
        System.arraycopy(result, 0, values, 0, values.length);
    }

    private double[] written(String input) {
        double[] values = inputs.get(input);
        if (values == null) {
            throw new IllegalStateException("the input '" + input + "' was never written; written: "
                    + new TreeSet<>(inputs.keySet()));
        }
        return values;
    }

    /// Returns what has to be computed, each node after those that it needs.
    private static List<Tensor> live(Graph graph) {
        List<Tensor> nodes = List.copyOf(graph.nodes());
        boolean[] needed = new boolean[nodes.size()];
        graph.outputs().values().forEach(output -> needed[output.tensor().id()] = true);
        graph.assignments().forEach(assignment -> needed[assignment.id()] = true);
        for (Tensor node : nodes.reversed()) {
            if (needed[node.id()]) {
                sources(node).forEach(source -> needed[source.id()] = true);
            }
        }
        return nodes.stream().filter(node -> needed[node.id()]).toList();
    }

    /// Returns what a node is computed from: a composite comes from its decomposition, which stands in the graph since
    /// the composite's shape was checked.
    private static List<Tensor> sources(Tensor node) {
        return node.op() instanceof Op.Call(Composite composite, List<Tensor> operands)
                ? List.of(composite.decompose(operands))
                : node.op().operands();
    }
}
