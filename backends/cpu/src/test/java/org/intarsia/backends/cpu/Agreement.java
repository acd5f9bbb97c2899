package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.reference.ReferenceBackend;

/// Compares what a graph puts out with what the reference says.
final class Agreement {

    private Agreement() {}

    /// Runs a graph in a session of this backend and of the reference; real inputs are between −2 and 2, integers below 3.
    static void check(Graph graph) {
        Map<String, double[]> expected;
        try (Session session = new ReferenceBackend().open()) {
            expected = run(graph, session);
        }
        assertThat(expected.values()).isNotEmpty().allMatch(values -> Values.of(values).count() > 0);
        try (Session session = new CpuSession(1)) {
            run(graph, session).forEach((name, actual) -> {
                double[] wanted = expected.getOrDefault(name, new double[0]);
                assertThat(actual).as(name).hasSameSizeAs(wanted);
                for (int i = 0; i < actual.length; i++) {
                    double bound = 2e-5 * Math.max(1, Math.abs(wanted[i]));
                    assertThat(Math.abs(actual[i] - wanted[i])).as("%s, number %d", name, i).isLessThanOrEqualTo(bound);
                }
            });
        }
    }

    private static Map<String, double[]> run(Graph graph, Session session) {
        Executable executable = session.compile(graph);
        graph.inputs().forEach((name, input) -> {
            boolean integer = input.type() == DataType.INTEGER;
            executable.write(name, Values.compute(input.count(),
                    i -> integer ? i * 7 % 3 : (float) (2 * Math.sin(12.9898 * (i + 1) * name.length()))).toArray());
        });
        executable.run();
        Map<String, double[]> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, output) -> {
            double[] values = new double[output.tensor().count()];
            executable.read(name, values);
            outputs.put(name, values);
        });
        return outputs;
    }
}
