package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticTest {

    @Test
    void theDeviationIsTheSamples() {
        Statistic statistic = Statistic.of(2, 4, 4, 5, 10);

        // Deviations −3, −1, −1, 0, 5: their squares add up to 36, and 36 / 4 = 3².
        assertThat(statistic.mean()).hasValue(5);
        assertThat(statistic.deviation().orElseThrow()).isCloseTo(3, within(1e-15));
        assertThat(statistic.text(2, 1)).isEqualTo("5.00 ± 3.00");
        assertThat(statistic.text(1, 100)).isEqualTo("500.0 ± 300.0");
    }

    @Test
    void oneNumberHasNoDeviation() {
        assertThat(Statistic.of(0.25).text(3, 1)).isEqualTo("0.250 ± –");
    }

    @Test
    void noNumbersHaveNoMean() {
        assertThat(Statistic.of().text(3, 1)).isEqualTo("–");
    }
}
