package org.intarsia.runner.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Lowering;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.model.Transformer;
import org.intarsia.runner.training.TrainingGraph;

/// Times whole training steps (forward, backward, update) on random tokens.
public final class Bench {

    private static final int FEWEST_STEPS = 5;

    private final Configuration configuration;
    private final Duration time;

    /// Creates a bench.
    ///
    /// @param configuration the components, the optimiser and the backend; its sizes are the shape's
    /// @param time how long each shape is timed, after as long again to warm up
    public Bench(Configuration configuration, Duration time) {
        this.configuration = configuration;
        this.time = time;
    }

    /// Says what computes.
    public DeviceInfo device() {
        return Components.backend(configuration).device();
    }

    /// Measures a shape.
    public Timing measure(Shape shape) {
        Graph graph = graph(shape);
        try (Session session = Components.backend(configuration).open()) {
            Executable step = session.compile(graph);
            write(step, shape);
            time(step);
            return Timing.of(shape, time(step), operations(graph));
        }
    }

    private Graph graph(Shape shape) {
        ModelShape model = shape.model();
        Transformer transformer = new Transformer(model, Components.embedding(configuration, model),
                Components.position(configuration, model));
        return TrainingGraph.build(transformer, Components.loss(configuration, model), configuration.optimizer(),
                Seed.of(configuration.seed()), shape.batch()).graph();
    }

    private void write(Executable step, Shape shape) {
        RandomGenerator random = Seed.of(configuration.seed()).stream("bench").generator();
        int count = shape.batch() * shape.model().length();
        int tokens = shape.model().vocabulary();
        step.write(TrainingGraph.TOKENS, random.ints(count, 0, tokens).asDoubleStream().toArray());
        step.write(TrainingGraph.TARGETS, random.ints(count, 0, tokens).asDoubleStream().toArray());
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        step.write(TrainingGraph.WEIGHTS, ones);
    }

    private long[] time(Executable step) {
        long[] times = new long[1024];
        int count = 0;
        long end = System.nanoTime() + time.toNanos();
        long now = System.nanoTime();
        while (count < FEWEST_STEPS || now < end) {
            step.run();
            long then = System.nanoTime();
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(times, count);
    }

    /// Two operations for each multiply-add of each contraction that is computed.
    static long operations(Graph graph) {
        long operations = 0;
        for (Tensor node : Lowering.live(graph)) {
            if (node.op() instanceof Op.Contract(Tensor x, Tensor y, _)) {
                Set<Axis> axes = new HashSet<>(x.axes());
                axes.addAll(y.axes());
                operations += axes.stream().mapToLong(Axis::size).reduce(2, Math::multiplyExact);
            }
        }
        return operations;
    }
}
