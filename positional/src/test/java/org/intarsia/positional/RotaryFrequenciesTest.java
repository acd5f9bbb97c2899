package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.intarsia.positional.Rope.Scaling;
import org.intarsia.positional.Rope.Scaling.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RotaryFrequenciesTest {

    /// Theirs are in single precision.
    private static final double SINGLE = 1e-6;

    /// `src/test/golden/make_golden.py` says what the columns are.
    @ParameterizedTest
    @MethodSource("golden")
    void areThoseOfHuggingFace(String line) {
        String[] column = line.split(" ");
        Kind kind = Kind.valueOf(column[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        int trained = kind == Kind.DYNAMIC_NTK || kind == Kind.YARN ? Integer.parseInt(column[4]) : 0;
        int channels = Integer.parseInt(column[2]);
        RotaryFrequencies frequencies = new RotaryFrequencies(channels, Double.parseDouble(column[1]),
                new Scaling(kind, Double.parseDouble(column[3]), trained), Integer.parseInt(column[5]));

        assertThat(column).hasSize(7 + channels / 2);
        assertThat(frequencies.magnitude()).isCloseTo(Double.parseDouble(column[6]), within(1e-15));
        for (int pair = 0; pair < channels / 2; pair++) {
            double expected = Double.parseDouble(column[7 + pair]);
            assertThat(frequencies.of(pair)).as("pair %d", pair).isCloseTo(expected, within(SINGLE * expected));
        }
    }

    static List<String> golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                RotaryFrequenciesTest.class.getResourceAsStream("rotary-frequencies.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void everyRuleIsComparedWithHuggingFace() throws IOException {
        assertThat(golden()).hasSize(9).extracting(line -> line.substring(0, line.indexOf(' ')))
                .contains("linear", "ntk", "dynamic-ntk", "yarn");
    }

    @Test
    void ntkSlowsTheSlowestPairByTheFactorAndLeavesTheFastest() {
        RotaryFrequencies plain = new RotaryFrequencies(16, 10000, Scaling.none(), 64);
        RotaryFrequencies ntk = new RotaryFrequencies(16, 10000, new Scaling(Kind.NTK, 4, 0), 64);

        assertThat(ntk.of(0)).isEqualTo(1);
        assertThat(ntk.of(7)).isCloseTo(plain.of(7) / 4, within(1e-18));
    }

    @Test
    void yarnTakesTheModelsLengthForTheTrainedOne() {
        RotaryFrequencies given = new RotaryFrequencies(16, 10000, new Scaling(Kind.YARN, 4, 500), 64);
        RotaryFrequencies taken = new RotaryFrequencies(16, 10000, new Scaling(Kind.YARN, 4, 0), 500);

        assertThat(taken.of(3)).isEqualTo(given.of(3)).isNotEqualTo(
                new RotaryFrequencies(16, 10000, new Scaling(Kind.YARN, 4, 0), 64).of(3));
    }

    /// Where even the fastest pair makes less than a turn, the published ramp would run backwards.
    @ParameterizedTest
    @CsvSource({"10, 2", "1.5, 1", "10000, 1"})
    void yarnSlowsAllButTheFastestPairWhereNoneMakesATurn(double base, int trainedLength) {
        RotaryFrequencies yarn =
                new RotaryFrequencies(8, base, new Scaling(Kind.YARN, 4, trainedLength), 64);
        RotaryFrequencies plain = new RotaryFrequencies(8, base, Scaling.none(), 64);

        assertThat(yarn.of(0)).isEqualTo(1);
        for (int pair = 1; pair < 4; pair++) {
            assertThat(yarn.of(pair)).isCloseTo(plain.of(pair) / 4, within(1e-15));
        }
    }
}
