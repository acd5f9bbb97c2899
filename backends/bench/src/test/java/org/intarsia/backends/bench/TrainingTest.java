package org.intarsia.backends.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {

    /// A step that did not train would be timed just as well.
    @ParameterizedTest
    @EnumSource
    void aStepTrains(Part part) {
        try (Training training = new Training(part, 3, 5, 4)) {
            training.step();
            double first = training.loss();

            for (int step = 0; step < 50; step++) {
                training.step();
            }

            assertThat(training.loss()).isPositive().isLessThan(0.99 * first);
        }
    }
}
