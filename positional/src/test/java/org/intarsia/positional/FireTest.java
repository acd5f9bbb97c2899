package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.positional.Fire.Transform.IDENTITY;
import static org.intarsia.positional.Fire.Transform.LOG;

import java.util.Arrays;
import java.util.Map;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.graph.Values;
import org.junit.jupiter.api.Test;

final class FireTest {

    private static final double EPSILON = 1e-6;

    /// Positions on both sides of the threshold, which is 1.5 · 4 = 6; c is negative, which its absolute value allows.
    @Test
    void addsTheNetworkOfTheShareOfThePosition() {
        Pairs pairs = new Pairs(10, 2, 1);
        Fire encoding = new Fire.Factory().create(new Fire.Config(2, 4, LOG), pairs.shape());
        Map<String, double[]> parameters = Map.of("multiplier", new double[] {-1.5}, "c", new double[] {-0.7},
                "hiddenWeight", new double[] {2, -3}, "hiddenBias", new double[] {-0.5, 1}, "outputWeight",
                new double[] {1, 10, 2, 20}, "outputBias", new double[] {0.25, -0.25});

        double[] scores = pairs.scores(encoding, parameters);

        assertThat(scores).containsExactly(pairs.forEachPair((h, i, j) -> {
            double x = Math.log(0.7 * Math.abs(i - j) + 1) / (Math.log(0.7 * Math.max(6, i) + 1) + EPSILON);
            double first = Math.max(0, 2 * x - 0.5);
            double second = Math.max(0, -3 * x + 1);
            return h == 0 ? first + 10 * second + 0.25 : 2 * first + 20 * second - 0.25;
        }), within(1e-12));
    }

    @Test
    void startsAsPublished() {
        Pairs pairs = new Pairs(4, 3, 1);
        Fire encoding = new Fire.Factory().create(new Fire.Factory().defaults(), pairs.shape());

        Map<String, double[]> starts = pairs.starts(encoding);

        assertThat(starts.get("c")).containsExactly((float) 0.1);
        assertThat(starts.get("multiplier")).containsExactly(1);
        assertThat(starts.get("hiddenWeight")).hasSize(32);
        assertThat(starts.get("outputWeight")).hasSize(96);
        assertThat(starts.get("outputBias")).hasSize(3);
    }

    @Test
    void isAlibiWithinTheThreshold() {
        Pairs pairs = new Pairs(20, 4, 1);
        double threshold = 64;
        Fire fire = new Fire.Factory().create(new Fire.Config(1, threshold, IDENTITY), pairs.shape());
        Map<String, double[]> line = Map.of("hiddenWeight", new double[] {1}, "outputWeight",
                Arrays.stream(Alibi.slopes(4).toArray()).map(m -> -m * (threshold + EPSILON)).toArray(), "hiddenBias",
                new double[1], "outputBias", new double[4]);

        double[] scores = pairs.scores(fire, line);

        Alibi alibi = new Alibi.Factory().create(new Alibi.Config(), pairs.shape());
        assertThat(scores).containsExactly(pairs.scores(alibi, Map.of()), within(1e-12));
        assertThat(scores[19 * 20]).isCloseTo(-19 * 0.25, within(1e-12));
    }

    /// Two hidden features make the step between two buckets: a ramp from the last distance of one to the first of the other.
    @Test
    void isT5WithinTheThreshold() {
        Pairs pairs = new Pairs(20, 2, 1);
        int buckets = 6;
        double threshold = 32;
        double[] weight = {0.5, -1, 2, 3, -4, 1.5, 7, 6, -5, 4, 2, -3};
        T5 t5 = new T5.Factory().create(new T5.Config(buckets, 12), pairs.shape());
        Fire fire = new Fire.Factory().create(new Fire.Config(2 * (buckets - 1), threshold, IDENTITY), pairs.shape());

        double[] scores = pairs.scores(fire, steps(weight, new int[] {1, 2, 3, 5, 8}, threshold));

        double[] expected = pairs.scores(t5, Map.of("weight", weight));
        double[] causal = pairs.forEachPair((h, i, j) -> j <= i ? 1 : 0);
        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i] * causal[i]).as("pair %d", i).isCloseTo(expected[i] * causal[i], within(1e-9));
        }
    }

    @Test
    void rejectsSettingsOutsideTheirRange() {
        assertThatThrownBy(() -> new Fire.Config(0, 512, LOG)).isInstanceOfSatisfying(InvalidSettingException.class,
                e -> assertThat(e.setting()).isEqualTo("hidden")).hasMessage("must be at least 1, not 0");
        assertThatThrownBy(() -> new Fire.Config(32, 0, LOG)).isInstanceOfSatisfying(InvalidSettingException.class,
                e -> assertThat(e.setting()).isEqualTo("threshold")).hasMessage("must be a number above 0, not 0.0");
    }

    /// Parameters of a network that is weight[h, 0] at 0 and rises to weight[h, k] right before the k-th of these distances.
    private static Map<String, double[]> steps(double[] weight, int[] begins, double threshold) {
        int buckets = begins.length + 1;
        int hidden = 2 * begins.length;
        return Map.of("hiddenWeight", Values.compute(hidden, _ -> threshold + EPSILON).toArray(), "hiddenBias",
                Values.compute(hidden, u -> u % 2 - begins[u / 2]).toArray(), "outputBias",
                Values.compute(2, h -> weight[h * buckets]).toArray(), "outputWeight",
                Values.compute(2 * hidden, i -> {
                    int after = i / hidden * buckets + i % hidden / 2 + 1;
                    double step = weight[after] - weight[after - 1];
                    return i % 2 == 1 ? step : -step;
                }).toArray());
    }
}
