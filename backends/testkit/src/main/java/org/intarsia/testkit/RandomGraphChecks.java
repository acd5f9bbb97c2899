package org.intarsia.testkit;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// Random graphs compute what the reference does. A failure names the seed and shows the smallest beginning of the graph
/// that fails.
final class RandomGraphChecks {

    private static final int GRAPHS = 300;
    private static final int RUNS = 3;
    private static final Tolerance TOLERANCE = Tolerance.units(4000, "up to twenty ops, one on another");

    private RandomGraphChecks() {}

    static List<Check> all() {
        return LongStream.range(0, GRAPHS).mapToObj(RandomGraphChecks::of).toList();
    }

    /// Returns the check of one graph.
    static Check of(long seed) {
        RandomGraph graph = new RandomGraph(seed, 5 + (int) (seed % 16));
        String kind = graph.kind().name().toLowerCase(Locale.ROOT);
        return new Check("graph " + seed + ", " + kind, backend -> check(backend, graph));
    }

    private static void check(Backend backend, RandomGraph graph) {
        try {
            agree(backend, graph);
        } catch (AssertionError | RuntimeException failure) {
            throw smallest(backend, graph, failure);
        }
    }

    private static void agree(Backend backend, RandomGraph graph) {
        if (graph.kind() != RandomGraph.Kind.ASSIGNMENTS) {
            graph.agree(backend, TOLERANCE);
            return;
        }
        try (Trialled reference = new Trialled(new ReferenceBackend(), graph);
                Trialled trialled = new Trialled(backend, graph)) {
            for (int run = 0; run < RUNS; run++) {
                trialled.closeTo(reference.run(), trialled.run(), TOLERANCE, backend);
                List<double[]> expected = reference.variables();
                List<double[]> actual = trialled.variables();
                int i = 0;
                for (Tensor variable : trialled.graph().variables().values()) {
                    Numbers.close("after run " + run + ", " + variable, variable.axes(), expected.get(i), actual.get(i),
                            TOLERANCE, backend.device().precision());
                    i++;
                }
            }
        }
    }

    private static AssertionError smallest(Backend backend, RandomGraph graph, Throwable failure) {
        for (int steps = 0; steps < graph.steps(); steps++) {
            RandomGraph beginning = new RandomGraph(graph.seed(), steps);
            try {
                agree(backend, beginning);
            } catch (AssertionError | RuntimeException earlier) {
                return described(beginning, earlier);
            }
        }
        return described(graph, failure);
    }

    private static AssertionError described(RandomGraph graph, Throwable failure) {
        Graph written = new Graph();
        graph.build(written);
        StringBuilder text = new StringBuilder(graph + ": " + failure);
        for (Tensor node : written.nodes()) {
            text.append("\n  ").append(node);
            node.op().operands().forEach(operand -> text.append(" %").append(operand.id()));
        }
        written.outputs().forEach((name, output) -> text.append("\n  output ").append(name).append(" = %")
                .append(output.tensor().id()).append(' ').append(output.order()));
        written.assignments().forEach(assignment -> text.append("\n  ").append(assignment.op()));
        return new AssertionError(text.toString(), failure);
    }
}
