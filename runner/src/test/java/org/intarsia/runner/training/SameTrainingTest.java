package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.model.BuiltIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same run of some length, with the optimiser as users have it, on every backend that is found: rounding adds up from
/// step to step, but the losses stay together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SameTrainingTest {

    private static final int STEPS = 200;
    private static final double BOUND = 1e-3;

    private final Trained expected = train(BuiltIn.reference(), "seed=7");

    static Stream<BackendFactory<?>> backends() {
        return BuiltIn.backends();
    }

    private static Trained train(Backend backend, String seed) {
        Configuration configuration = SmallRun.configuration(seed, "model.layers=2", "model.width=16",
                "model.feedForward=32", "training.batch=16", "training.steps=" + STEPS);
        return Trained.on(backend, configuration, _ -> {
        });
    }

    @ParameterizedTest
    @MethodSource("backends")
    void hasTheLossesOfTheReferenceAndTheSameBitsAgain(BackendFactory<?> factory) {
        Backend backend = BuiltIn.backend(factory);

        Trained first = train(backend, "seed=7");
        Trained second = train(backend, "seed=7");

        double difference = difference(first);
        System.out.printf(Locale.ROOT, "%s: over %d steps losses are at most %.1e from the reference's, %.1e allowed%n",
                factory.name(), STEPS, difference, BOUND);
        assertThat(difference).isLessThanOrEqualTo(BOUND);
        assertThat(second).isEqualTo(first);
    }

    /// A model that learns nothing would agree with anything.
    @Test
    void learns() {
        double[] losses = expected.losses().toArray();

        assertThat(Arrays.stream(losses, STEPS - 20, STEPS).average().orElseThrow())
                .isLessThan(0.8 * Arrays.stream(losses, 0, 20).average().orElseThrow());
    }

    @Test
    void noticesAnotherRun() {
        assertThat(difference(train(BuiltIn.reference(), "seed=8"))).isGreaterThan(BOUND);
    }

    /// Returns the greatest; NaN stays NaN, which no bound allows.
    private double difference(Trained other) {
        double greatest = 0;
        for (int step = 0; step < STEPS; step++) {
            greatest = Math.max(greatest, Math.abs(other.losses().get(step) - expected.losses().get(step)));
        }
        return greatest;
    }
}
