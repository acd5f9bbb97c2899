package org.intarsia.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// A scatter-add in which thousands of numbers meet at a few places adds them up in the same order each time: the same bits in
/// every run and every session, however many threads or work-items there are.
final class ScatterChecks {

    private static final int RUNS = 10;
    private static final Axis BATCH = new Axis("batch", 64);
    private static final Axis TIME = new Axis("time", 33);
    private static final Axis WIDTH = new Axis("width", 5);
    private static final Axis HEAD = new Axis("head", 3);
    private static final Seed DRAWS = Seed.of(70).stream("collisions");

    private ScatterChecks() {}

    static List<Check> all() {
        Axis[] updates = {BATCH, TIME, WIDTH};
        return List.of(check("at three places", 3, updates, BATCH, TIME),
                check("at one place", 1, updates, BATCH, TIME),
                check("at a place for each row", 2, updates, WIDTH, TIME),
                check("at three places of each head", 3, new Axis[] {TIME, HEAD, BATCH, WIDTH}, HEAD, BATCH, TIME));
    }

    /// @param index the axes of the index; `head` is matched
    private static Check check(String name, int places, Axis[] updates, Axis... index) {
        Axis place = new Axis("place", places);
        Trial trial = graph -> {
            Map<String, double[]> inputs = new LinkedHashMap<>();
            Tensor x = graph.input("updates", DataType.FLOAT, updates);
            inputs.put("updates", Sample.real(updates).values(DRAWS.stream("updates")).toArray());
            Tensor at = graph.input("at", DataType.INTEGER, index);
            inputs.put("at", Sample.integers(0, places, index).values(DRAWS.stream("at")).toArray());
            Tensor sums = x.scatterAdd(place, at, at.has("head") ? List.of(HEAD) : List.of());
            graph.output("sums", sums, sums.axes().toArray(Axis[]::new));
            return inputs;
        };
        int terms = Axis.count(List.of(index));
        return new Check("a scatter-add of many collisions " + name, backend -> repeat(backend, trial, terms));
    }

    private static void repeat(Backend backend, Trial trial, int terms) {
        try (Trialled reference = new Trialled(new ReferenceBackend(), trial);
                Trialled trialled = new Trialled(backend, trial);
                Trialled again = new Trialled(backend, trial)) {
            List<double[]> first = trialled.run();
            trialled.closeTo(reference.run(), first, Tolerance.sum(terms), backend);
            for (int run = 1; run < RUNS; run++) {
                trialled.sameAs(first, trialled.run());
                again.sameAs(first, again.run());
            }
        }
    }
}
