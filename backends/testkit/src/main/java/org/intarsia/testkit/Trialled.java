package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;

/// A trial compiled in a session of its own, its inputs written.
final class Trialled implements AutoCloseable {

    private final Graph graph = new Graph();
    private final Map<String, double[]> inputs;
    private final Session session;
    private final Executable executable;

    Trialled(Backend backend, Trial trial) {
        inputs = trial.build(graph);
        session = backend.open();
        executable = session.compile(graph);
        write(inputs);
    }

    Graph graph() {
        return graph;
    }

    Map<String, double[]> inputs() {
        return inputs;
    }

    void write(Map<String, double[]> numbers) {
        numbers.forEach(executable::write);
    }

    /// Runs once and returns all outputs in the order of their declaration.
    List<double[]> run() {
        executable.run();
        List<double[]> results = new ArrayList<>();
        graph.outputs().forEach((name, output) -> {
            double[] numbers = new double[Axis.count(output.order())];
            executable.read(name, numbers);
            results.add(numbers);
        });
        return results;
    }

    /// Returns the numbers of all variables in the order of their declaration.
    List<double[]> variables() {
        List<double[]> results = new ArrayList<>();
        graph.variables().forEach((name, variable) -> {
            double[] numbers = new double[variable.count()];
            session.read(name, numbers);
            results.add(numbers);
        });
        return results;
    }

    /// Checks that outputs are within the tolerance of the reference's.
    void closeTo(List<double[]> expected, List<double[]> actual, Tolerance tolerance, Backend backend) {
        int i = 0;
        for (Map.Entry<String, Graph.Output> entry : graph.outputs().entrySet()) {
            Tensor tensor = entry.getValue().tensor();
            Tolerance allowed = switch (tensor.type()) {
                case FLOAT -> tolerance;
                case INTEGER, BOOLEAN -> Tolerance.EXACT;
            };
            Numbers.close("the output '" + entry.getKey() + "', " + tensor, entry.getValue().order(), expected.get(i),
                    actual.get(i), allowed, backend.device().precision());
            i++;
        }
    }

    /// Checks that outputs are the same as before, bit by bit.
    void sameAs(List<double[]> expected, List<double[]> actual) {
        int i = 0;
        for (Map.Entry<String, Graph.Output> entry : graph.outputs().entrySet()) {
            Numbers.same("the output '" + entry.getKey() + "' of the same run again", entry.getValue().order(),
                    expected.get(i), actual.get(i));
            i++;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
