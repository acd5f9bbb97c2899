package org.intarsia.runner.bench;

import static org.intarsia.api.component.Axes.KEY;
import static org.intarsia.api.component.Axes.QUERY;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Lowering;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.model.Reading;
import org.intarsia.runner.training.Assembly;
import org.intarsia.runner.training.TrainingGraph;
import org.jspecify.annotations.Nullable;

/// Times whole training steps (forward, backward, update) on random tokens.
public final class Bench {

    private static final int WARM_UP = 1;
    private static final int FEWEST = 3;
    private static final int PATIENCE = 10;
    private static final int LONGEST_WARM_UP = 5;
    private static final int SLICES = 5;
    private static final double AT_REST = 0.05;
    private static final @Nullable CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final Duration time;
    private double secondsPerOperation;

    /// Creates a bench.
    ///
    /// @param time how long each shape is timed, after as long again or longer to warm up
    public Bench(Duration time) {
        this.time = time;
    }

    /// Measures a shape, however long its steps take: at least one to warm up, and three that are timed.
    ///
    /// @param configuration the components, the optimiser and the backend; its sizes are the shape's
    /// @throws org.intarsia.runner.error.UserError if a component cannot be had for this shape
    public Timing measure(Configuration configuration, Shape shape) {
        return measure(configuration, shape, graph(configuration, shape));
    }

    /// Measures a shape, unless these four steps, at the speed of what was measured before, would take more than ten times
    /// as long as shapes are timed.
    ///
    /// @param configuration the components, the optimiser and the backend; its sizes are the shape's
    /// @throws org.intarsia.runner.error.UserError if a component cannot be had for this shape
    public Outcome measureIfQuick(Configuration configuration, Shape shape) {
        Graph graph = graph(configuration, shape);
        double step = operations(graph) * secondsPerOperation;
        if ((WARM_UP + FEWEST) * step > PATIENCE * time.toNanos() / 1e9) {
            return new Untimed(shape, String.format(Locale.ROOT,
                    "a step would take about %.0f s, judging by the shape before", step));
        }
        return measure(configuration, shape, graph);
    }

    private Timing measure(Configuration configuration, Shape shape, Graph graph) {
        try (Session session = Components.backend(configuration).open()) {
            Executable step = session.compile(graph);
            write(step, shape, Seed.of(configuration.seed()));
            warmUp(step);
            Timing timing = Timing.of(shape, time(step, FEWEST, time), operations(graph), step.plan());
            secondsPerOperation = timing.median() / 1e3 / timing.operations();
            return timing;
        }
    }

    private static Graph graph(Configuration configuration, Shape shape) {
        return Assembly.training(configuration, shape.laidOut(), Seed.of(configuration.seed()), shape.batch(),
                shape.model().length()).graph();
    }

    private static void write(Executable step, Shape shape, Seed seed) {
        RandomGenerator random = seed.stream("bench").generator();
        int count = shape.batch() * shape.model().length();
        int tokens = shape.model().vocabulary();
        step.write(TrainingGraph.TOKENS, random.ints(count, 0, tokens).asDoubleStream().toArray());
        step.write(TrainingGraph.TARGETS, random.ints(count, 0, tokens).asDoubleStream().toArray());
        shape.laidOut().coordinates().forEach((coordinate, layout) -> {
            if (!layout.isFixed()) {
                step.write(Reading.input(coordinate),
                        random.ints(count, 0, layout.extent()).asDoubleStream().toArray());
            }
        });
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        step.write(TrainingGraph.WEIGHTS, ones);
    }

    /// Runs steps for as long as shapes are timed, and up to five times as long while the JVM is still compiling.
    private void warmUp(Executable step) {
        Duration slice = time.dividedBy(SLICES);
        long start = System.nanoTime();
        boolean warm;
        do {
            long before = compilationTime();
            time(step, WARM_UP, slice);
            boolean compiling = compilationTime() - before > AT_REST * slice.toMillis();
            long spent = System.nanoTime() - start;
            warm = spent >= (compiling ? LONGEST_WARM_UP : 1) * time.toNanos();
        } while (!warm);
    }

    /// Returns the milliseconds that the JVM has compiled for; always 0 where it does not say.
    private static long compilationTime() {
        return COMPILER != null && COMPILER.isCompilationTimeMonitoringSupported() ? COMPILER.getTotalCompilationTime()
                : 0;
    }

    /// Times steps, each until its loss is known: a device may still be at work when a run returns.
    private static long[] time(Executable step, int fewest, Duration time) {
        long[] times = new long[1024];
        double[] loss = new double[1];
        int count = 0;
        long end = System.nanoTime() + time.toNanos();
        long now = System.nanoTime();
        while (count < fewest || now < end) {
            step.run();
            step.read(TrainingGraph.LOSS, loss);
            long then = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(times, count);
    }

    /// Two operations for each multiply-add of each contraction that is computed. Between queries and keys only those count
    /// that need be done: the keys that are not after the query, which are T(T + 1)/2 of T² pairs.
    static long operations(Graph graph) {
        long operations = 0;
        for (Tensor node : Lowering.live(graph)) {
            if (node.op() instanceof Op.Contract(Tensor x, Tensor y, _)) {
                Map<String, Axis> axes = new HashMap<>();
                Stream.of(x, y).flatMap(operand -> operand.axes().stream())
                        .forEach(axis -> axes.put(axis.name(), axis));
                long needed = axes.values().stream().mapToLong(Axis::size).reduce(2, Math::multiplyExact);
                Axis query = axes.get(QUERY);
                if (query != null && query.named(KEY).equals(axes.get(KEY))) {
                    needed = needed / 2 / query.size() * (query.size() + 1);
                }
                operations += needed;
            }
        }
        return operations;
    }
}
