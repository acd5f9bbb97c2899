package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Values;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;

/// What a few steps of training gave.
///
/// @param losses of each step
/// @param norms of the gradients of each step
/// @param moments AdamW's first, in which the gradients of all steps are added up, by the parameter's name
/// @param parameters at the end, by name
record Trained(Values losses, Values norms, SequencedMap<String, Values> moments,
        SequencedMap<String, Values> parameters) {

    /// A tensor all of whose numbers are small beside the greatest of the model is the sum of greater terms that cancel;
    /// what is left may be rounding alone, as for the biases of keys.
    private static final double SMALL = 1e-2;

    /// How far numbers may be from what is expected.
    ///
    /// @param loss a share of the loss
    /// @param others a share of the norm, or of the greatest number of the tensor
    record Bounds(double loss, double others) {}

    /// Trains the model of a configuration on a backend, whatever backend the configuration names.
    ///
    /// @param start changes the session before the first step
    static Trained on(Backend backend, Configuration configuration, Consumer<Session> start) {
        Task task = Components.task(configuration);
        ModelShape shape = Assembly.shape(configuration, task);
        Seed seed = Seed.of(configuration.seed());
        int rows = configuration.training().batch();
        int steps = configuration.training().steps();
        TrainingGraph training = Assembly.training(configuration, shape, seed.stream("init"), rows, task.length());
        Batch.Form form = new Batch.Form(task, rows, shape, configuration.training().weights());
        try (Session session = backend.open(); Batches batches = new Batches(form, seed.stream("batches"), 0)) {
            Stepper stepper = new Stepper(training, session);
            start.accept(session);
            double[] losses = new double[steps];
            double[] norms = new double[steps];
            for (int step = 0; step < steps; step++) {
                Batch batch = batches.take();
                stepper.step(batch);
                batches.giveBack(batch);
                losses[step] = stepper.loss();
                norms[step] = stepper.gradientNorm();
            }
            SequencedMap<String, Values> moments = new LinkedHashMap<>();
            SequencedMap<String, Values> parameters = new LinkedHashMap<>();
            training.graph().parameters().forEach((name, parameter) -> {
                moments.put(name, read(session, AdamW.FIRST + name, parameter.count()));
                parameters.put(name, read(session, name, parameter.count()));
            });
            return new Trained(Values.of(losses), Values.of(norms), moments, parameters);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Values read(Session session, String name, int count) {
        double[] values = new double[count];
        session.read(name, values);
        return Values.of(values);
    }

    /// Checks that another backend gave the same.
    ///
    /// @param name of what is checked
    void assertAgreesWith(Trained expected, Bounds bounds, String name) {
        for (int step = 0; step < expected.losses.count(); step++) {
            assertClose(name + ": the loss of step " + (step + 1), losses.get(step), expected.losses.get(step),
                    bounds.loss * Math.abs(expected.losses.get(step)));
            assertClose(name + ": the norm of the gradients of step " + (step + 1), norms.get(step),
                    expected.norms.get(step), bounds.others * Math.abs(expected.norms.get(step)));
        }
        assertClose(name + ": the first moment of ", moments, expected.moments, bounds.others);
        assertClose(name + ": ", parameters, expected.parameters, bounds.others);
    }

    private static void assertClose(String what, Map<String, Values> actual, Map<String, Values> expected,
            double bound) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        double least = SMALL * expected.values().stream().mapToDouble(Trained::greatest).max().orElseThrow();
        expected.forEach((name, values) -> {
            double allowed = bound * Math.max(least, greatest(values));
            Values own = Objects.requireNonNull(actual.get(name));
            for (int i = 0; i < values.count(); i++) {
                assertClose(what + name + "[" + i + "]", own.get(i), values.get(i), allowed);
            }
        });
    }

    private static double greatest(Values values) {
        return Arrays.stream(values.toArray()).map(Math::abs).max().orElse(0);
    }

    private static void assertClose(String what, double actual, double expected, double allowed) {
        double difference = Math.abs(actual - expected);
        // Written so that a NaN fails.
        if (!(difference <= allowed)) {
            fail("%s is %s, not %s: %s apart, where %s is allowed", what, actual, expected, difference, allowed);
        }
    }
}
