package org.intarsia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

class InitializerTest {

    private static final Seed STREAM = Seed.of(3).stream("weight");

    @Test
    void drawsTheSameNumbersAgainAndOthersFromAnotherStream() {
        Initializer start = new Initializer.Normal(0, 0.02);
        assertThat(start.draw(STREAM, 100)).containsExactly(start.draw(STREAM, 100));
        assertThat(start.draw(STREAM, 100)).isNotEqualTo(start.draw(Seed.of(4).stream("weight"), 100));
    }

    @Test
    void roundsToSinglePrecision() {
        assertThat(Arrays.stream(Initializer.linear(7).draw(STREAM, 100))).allMatch(x -> x == x.floatValue());
    }

    @Test
    void drawsUniformNumbersWithinTheirBounds() {
        double[] numbers = Initializer.linear(16).draw(STREAM, 10_000);
        assertThat(Arrays.stream(numbers)).allMatch(x -> x >= -0.25 && x < 0.25);
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isBetween(-0.005, 0.005);
        assertThat(Arrays.stream(numbers).map(x -> x * x).average().orElseThrow()).isBetween(0.0203, 0.0214);
    }

    @Test
    void drawsNormalNumbersWithTheirMeanAndDeviation() {
        double[] numbers = new Initializer.Normal(1, 0.5).draw(STREAM, 40_000);
        assertThat(Arrays.stream(numbers).average().orElseThrow()).isBetween(0.99, 1.01);
        assertThat(Arrays.stream(numbers).map(x -> (x - 1) * (x - 1)).average().orElseThrow()).isBetween(0.245, 0.255);
        assertThat(Arrays.stream(numbers).filter(x -> Math.abs(x - 1) < 0.5).count()).isBetween(26_900L, 27_700L);
    }

    @Test
    void fills() {
        assertThat(Initializer.zeros().draw(STREAM, 2)).containsExactly(0, 0);
        assertThat(Initializer.ones().draw(STREAM, 2)).containsExactly(1, 1);
        assertThat(new Initializer.Given(Values.of(2, 3)).draw(STREAM, 2)).containsExactly(2, 3);
    }
}
