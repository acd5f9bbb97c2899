package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Objects;
import org.intarsia.api.component.InvalidSettingException;
import org.junit.jupiter.api.Test;

final class ShawTest {

    private static final int LENGTH = 6;
    private static final int HEADS = 2;
    private static final int CHANNELS = 3;
    private static final int CLIP = 3;

    private final Pairs pairs = new Pairs(LENGTH, HEADS, CHANNELS);

    /// Equation 4, with a vector for each pair.
    @Test
    void addsVectorsOfTheClippedDistanceToKeys() {
        Shaw encoding = new Shaw.Factory().create(new Shaw.Config(CLIP, true), pairs.shape());
        Map<String, double[]> parameters = pairs.parameters(encoding);

        double[] scores = pairs.scores(encoding, parameters);

        double[] queries = pairs.given("queries");
        double[] table = Objects.requireNonNull(parameters.get("keys"));
        assertThat(scores).containsExactly(pairs.forEachPair((h, i, j) -> {
            double product = 0;
            for (int c = 0; c < CHANNELS; c++) {
                product += queries[(h * LENGTH + i) * CHANNELS + c] * table[clipped(i, j) * CHANNELS + c];
            }
            return product;
        }), within(1e-12));
    }

    /// Equation 3, with a vector for each pair.
    @Test
    void addsVectorsOfTheClippedDistanceToValues() {
        Shaw encoding = new Shaw.Factory().create(new Shaw.Config(CLIP, true), pairs.shape());
        Map<String, double[]> parameters = pairs.parameters(encoding);

        double[] output = pairs.values(encoding, parameters);

        double[] weights = pairs.given("weights");
        double[] table = Objects.requireNonNull(parameters.get("values"));
        double[] expected = new double[HEADS * LENGTH * CHANNELS];
        for (int row = 0; row < HEADS * LENGTH; row++) {
            for (int j = 0; j < LENGTH; j++) {
                for (int c = 0; c < CHANNELS; c++) {
                    expected[row * CHANNELS + c] +=
                            weights[row * LENGTH + j] * table[clipped(row % LENGTH, j) * CHANNELS + c];
                }
            }
        }
        assertThat(output).containsExactly(expected, within(1e-12));
    }

    @Test
    void leavesValuesAloneWithoutTheirVectors() {
        Shaw encoding = new Shaw.Factory().create(new Shaw.Config(CLIP, false), pairs.shape());

        assertThat(pairs.parameters(encoding)).containsOnlyKeys("keys");
        assertThat(pairs.values(encoding, pairs.parameters(encoding))).containsOnly(0);
    }

    @Test
    void rejectsAClipThatTellsNothingApart() {
        assertThatThrownBy(() -> new Shaw.Config(0, true)).isInstanceOfSatisfying(InvalidSettingException.class,
                e -> assertThat(e.setting()).isEqualTo("clip")).hasMessage("must be at least 1, not 0");
    }

    private static int clipped(int query, int key) {
        return Math.clamp(query - key, 0, CLIP);
    }
}
