package org.intarsia.testkit;

import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;

/// Random numbers are those of their definition, which is a formula and not a backend.
final class RandomOpChecks {

    private static final Seed STREAM = Seed.of(50).stream("dropout");
    private static final Axis BATCH = new Axis("batch", 33);
    private static final Axis TIME = new Axis("time", 5);
    private static final Axis WIDTH = new Axis("width", 7);

    private RandomOpChecks() {}

    static List<Check> all() {
        return List.of(new Check("draws Philox's numbers over the order of the axes", RandomOpChecks::drawsPhilox),
                new Check("draws other numbers for another counter", RandomOpChecks::followsTheCounter),
                new Check("draws with a counter that is a variable", RandomOpChecks::countsRuns));
    }

    private static void drawsPhilox(Backend backend) {
        List<Axis> axes = List.of(TIME, BATCH, WIDTH);
        Trial trial = graph -> {
            Tensor random = graph.random(STREAM, graph.constant(DataType.INTEGER, 9), axes.toArray(Axis[]::new));
            graph.output("random", random, axes.toArray(Axis[]::new));
            return Map.of();
        };
        try (Trialled trialled = new Trialled(backend, trial)) {
            Numbers.same("random", axes, defined(axes, 9), trialled.run().getFirst());
        }
    }

    private static void followsTheCounter(Backend backend) {
        Trial trial = graph -> {
            Tensor counter = graph.input("counter", DataType.INTEGER);
            graph.output("random", graph.random(STREAM, counter, WIDTH, BATCH), WIDTH, BATCH);
            return Map.of("counter", new double[] {0});
        };
        try (Trialled trialled = new Trialled(backend, trial)) {
            for (int counter : new int[] {0, 1, 65_536, 1 << 24}) {
                trialled.write(Map.of("counter", new double[] {counter}));
                Numbers.same("random at counter " + counter, List.of(WIDTH, BATCH),
                        defined(List.of(WIDTH, BATCH), counter), trialled.run().getFirst());
            }
        }
    }

    private static void countsRuns(Backend backend) {
        Graph graph = new Graph();
        Tensor step = graph.variable("step", Initializer.zeros(), STREAM);
        graph.output("random", graph.random(STREAM, step.convert(DataType.INTEGER), TIME), TIME);
        graph.assign(step, step.add(1));
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            for (int run = 0; run < 3; run++) {
                executable.run();
                double[] numbers = new double[TIME.size()];
                executable.read("random", numbers);
                Numbers.same("random in run " + run, List.of(TIME), defined(List.of(TIME), run), numbers);
            }
        }
    }

    private static double[] defined(List<Axis> axes, long counter) {
        double[] numbers = new double[Axis.count(axes)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Philox.uniform(STREAM.key(), i, counter);
        }
        return numbers;
    }
}
