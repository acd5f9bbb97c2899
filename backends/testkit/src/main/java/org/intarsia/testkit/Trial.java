package org.intarsia.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Graph;
import org.intarsia.backends.reference.ReferenceBackend;

/// A graph and what is written to its inputs, built anew for each backend that runs it.
@FunctionalInterface
interface Trial {

    /// Writes the graph, outputs included, and returns the numbers of its inputs by name.
    Map<String, double[]> build(Graph graph);

    /// Runs on a backend and on the reference, and compares every output. Then other numbers and the first ones again are
    /// written and run: the outputs must come back bit by bit.
    default void agree(Backend backend, Tolerance tolerance) {
        try (Trialled reference = new Trialled(new ReferenceBackend(), this);
                Trialled trialled = new Trialled(backend, this)) {
            List<double[]> first = trialled.run();
            trialled.closeTo(reference.run(), first, tolerance, backend);
            if (trialled.graph().assignments().isEmpty()) {
                trialled.write(rotated(trialled.inputs()));
                trialled.run();
                trialled.write(trialled.inputs());
                trialled.sameAs(first, trialled.run());
            }
        }
    }

    /// Returns the same numbers, each input's moved on by one position: other ones, of the same kind.
    private static Map<String, double[]> rotated(Map<String, double[]> inputs) {
        Map<String, double[]> result = new LinkedHashMap<>();
        inputs.forEach((name, numbers) -> {
            double[] moved = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                moved[(i + 1) % numbers.length] = numbers[i];
            }
            result.put(name, moved);
        });
        return result;
    }
}
