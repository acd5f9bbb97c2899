package org.intarsia.testkit;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// Random graphs compute what the reference does. A failure names the seed and shows, as code, the smallest graph that was
/// found to fail in the same way.
final class RandomGraphChecks {

    /// Says how many graphs are drawn, such as `-Dintarsia.graphs=20000`.
    static final String COUNT = "intarsia.graphs";

    private static final String USUAL_COUNT = "1000";
    private static final int RUNS = 3;
    private static final Tolerance TOLERANCE = Tolerance.units(1000, "a random graph: many ops, one on another");

    /// Of a backend that fails everywhere a few small graphs tell as much as all, in less time.
    private static final int MOST_SHRUNK = 3;

    private RandomGraphChecks() {}

    static List<Check> all() {
        AtomicInteger shrunk = new AtomicInteger();
        return LongStream.range(0, Long.parseLong(System.getProperty(COUNT, USUAL_COUNT)))
                .mapToObj(seed -> of(seed, shrunk)).toList();
    }

    /// Returns the check of one graph.
    static Check of(long seed) {
        return of(seed, new AtomicInteger());
    }

    private static Check of(long seed, AtomicInteger shrunk) {
        RandomGraph graph = RandomGraph.of(seed);
        return new Check(name(graph), backend -> check(backend, graph, shrunk));
    }

    private static String name(RandomGraph graph) {
        return "graph " + graph.seed() + ", " + graph.kind().name().toLowerCase(Locale.ROOT);
    }

    private static void check(Backend backend, RandomGraph graph, AtomicInteger shrunk) {
        try {
            agree(backend, graph);
        } catch (AssertionError | RuntimeException failure) {
            if (shrunk.incrementAndGet() > MOST_SHRUNK) {
                throw new AssertionError(name(graph) + ": " + words(failure)
                        + "\n  (not made smaller, since other graphs were)", failure);
            }
            Shrinking.Result result = Shrinking.smallest(Written.of(graph), failure, small -> agree(backend, small));
            throw new AssertionError(name(graph) + ": " + words(result.failure()) + "\n" + result.code(), failure);
        }
    }

    private static String words(Throwable failure) {
        return failure instanceof AssertionError ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    private static void agree(Backend backend, Trial trial) {
        if (Written.of(trial).graph().assignments().isEmpty()) {
            trial.agree(backend, TOLERANCE);
        } else {
            agreeRunByRun(backend, trial);
        }
    }

    private static void agreeRunByRun(Backend backend, Trial trial) {
        try (Trialled reference = new Trialled(new ReferenceBackend(), trial);
                Trialled trialled = new Trialled(backend, trial)) {
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
}
