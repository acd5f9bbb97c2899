package org.intarsia.runner.training;

import java.util.Arrays;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Graph;
import org.intarsia.runner.config.Configuration;

/// Trains a tiny model of the same components on a processor that is idle while a run is being assembled: when its first step
/// comes, the JIT has seen the code that it will spend its time in. It has a session of its own, and what it computes is
/// thrown away, so it changes no result.
public final class WarmUp {

    static final String THREAD = "intarsia-warm-up";

    private static final Layout PAIR = Layout.byTokens(2);
    private static final int BATCH = 16;
    private static final int LENGTH = 4;
    private static final int VOCABULARY = 16;
    private static final int CHANNELS = 4;

    private volatile boolean ended;

    private WarmUp() {}

    /// Starts it, if there is a processor to spare.
    public static WarmUp start(Configuration configuration) {
        WarmUp warmUp = new WarmUp();
        if (Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(() -> warmUp.train(configuration), THREAD);
            thread.setDaemon(true);
            thread.start();
        }
        return warmUp;
    }

    private void train(Configuration configuration) {
        int heads = configuration.model().heads();
        ModelShape shape = new ModelShape(VOCABULARY, LENGTH, CHANNELS * heads, 1, heads, 2 * CHANNELS * heads)
                .with(Map.of(Coordinate.ROW, PAIR, Coordinate.COLUMN, PAIR, Coordinate.DIGIT, PAIR));
        try (Session session = withDefaults(configuration.backend().factory()).open()) {
            Graph graph = Assembly.training(configuration, shape, Seed.of(0), BATCH, LENGTH).graph();
            Executable step = session.compile(graph);
            graph.inputs().forEach((name, input) -> step.write(name, new double[input.count()]));
            double[] ones = new double[BATCH * LENGTH];
            Arrays.fill(ones, 1);
            step.write(TrainingGraph.WEIGHTS, ones);
            while (!ended) {
                step.run();
            }
        } catch (RuntimeException e) {
            // A component may refuse sizes as small as these; what else is wrong with it, the run will say.
            ended = true;
        }
    }

    /// Makes the backend that will compute, but with its default settings: those of the run may ask it to print, or to take
    /// all processors.
    private static <C extends Record> Backend withDefaults(BackendFactory<C> factory) {
        return factory.create(factory.defaults());
    }

    /// Ends it after its current step.
    public void end() {
        ended = true;
    }
}
