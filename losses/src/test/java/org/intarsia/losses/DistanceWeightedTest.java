package org.intarsia.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.losses.Distance.LINEAR;
import static org.intarsia.losses.DistanceWeighted.Of.ARGMAX;
import static org.intarsia.losses.DistanceWeighted.Of.EXPECTED;

import java.util.List;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The probabilities are ½, ⅛, ⅛, ⅛, ⅛ throughout, so everything can be computed by hand.
final class DistanceWeightedTest {

    private static final double LN2 = Math.log(2);

    private final Graph graph = new Graph();
    private final Axis classes = new Axis(Axes.CLASS, 5);
    private final Axis time = new Axis(Axes.TIME, 1);
    private final Tensor logits = graph.constant(DataType.FLOAT, Values.of(2 * LN2, 0, 0, 0, 0), time, classes);

    /// The target 4 has −ln ⅛ = 3 ln 2; the most likely token, 0, is 4 away.
    @ParameterizedTest
    @CsvSource({"LINEAR, 1.4", "QUADRATIC, 2.6", "SQUARE_ROOT, 1.2"})
    void weighsByTheDistanceOfTheMostLikelyToken(Distance distance, double weight) {
        assertThat(loss(new DistanceWeighted.Config(distance, 0.1, ARGMAX), 4)).isCloseTo(3 * LN2 * weight,
                within(1e-12));
    }

    /// From the target 4 the tokens 0 … 4 are 4, 3, 2, 1, 0 away: expected (4·4 + 3 + 2 + 1)/8 = 2.75,
    /// (4·16 + 9 + 4 + 1)/8 = 9.75 and (4·2 + √3 + √2 + 1)/8.
    @ParameterizedTest
    @CsvSource({"LINEAR, 2.75", "QUADRATIC, 9.75", "SQUARE_ROOT, 1.5182830462"})
    void weighsByTheExpectedDistance(Distance distance, double expected) {
        assertThat(loss(new DistanceWeighted.Config(distance, 0.1, EXPECTED), 4))
                .isCloseTo(3 * LN2 * (1 + 0.1 * expected), within(1e-9));
    }

    @Test
    void isCrossEntropyWhereTheMostLikelyTokenIsTheTarget() {
        assertThat(loss(new DistanceWeighted.Factory().defaults(), 0)).isCloseTo(LN2, within(1e-12));
    }

    @Test
    void isCrossEntropyWithoutAWeight() {
        assertThat(loss(new DistanceWeighted.Config(LINEAR, 0, EXPECTED), 4)).isCloseTo(3 * LN2, within(1e-12));
    }

    @Test
    void hasTheFirstOfEquallyLikelyTokensForItsPrediction() {
        Tensor equal = graph.constant(DataType.FLOAT, Values.of(0, 1, 0, 1, 0), time, classes);
        double surprise = Math.log(3 + 2 * Math.E);

        assertThat(Computed.values(write(new DistanceWeighted.Config(LINEAR, 1, ARGMAX), equal, 4), Axes.TIME)[0])
                .isCloseTo(surprise * (1 + 3), within(1e-12));
    }

    /// The gradient of cross-entropy, p − one₄, times 1.4: none flows through the weight.
    @Test
    void theWeightOfTheMostLikelyTokenIsConstant() {
        Tensor loss = write(new DistanceWeighted.Factory().defaults(), logits, 4);

        double[] gradient = Computed.values(Gradients.of(loss, List.of(logits)).values().iterator().next(), Axes.CLASS,
                Axes.TIME);

        assertThat(gradient).containsExactly(
                new double[] {0.5 * 1.4, 0.125 * 1.4, 0.125 * 1.4, 0.125 * 1.4, -0.875 * 1.4}, within(1e-12));
    }

    /// (p − one₄)·1.275 + 3 ln 2 · 0.1 · p·(δ − 2.75).
    @Test
    void theExpectedDistanceHasAGradientOfItsOwn() {
        Tensor loss = write(new DistanceWeighted.Config(LINEAR, 0.1, EXPECTED), logits, 4);

        double[] gradient = Computed.values(Gradients.of(loss, List.of(logits)).values().iterator().next(), Axes.CLASS,
                Axes.TIME);

        double share = 0.3 * LN2;
        assertThat(gradient).containsExactly(new double[] {0.5 * 1.275 + share * 0.5 * 1.25,
            0.125 * 1.275 + share * 0.125 * 0.25, 0.125 * 1.275 - share * 0.125 * 0.75,
            0.125 * 1.275 - share * 0.125 * 1.75, -0.875 * 1.275 - share * 0.125 * 2.75}, within(1e-12));
    }

    @Test
    void rejectsANegativeWeight() {
        assertThatThrownBy(() -> new DistanceWeighted.Config(LINEAR, -0.1, ARGMAX))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting()).isEqualTo("alpha"))
                .hasMessage("must be a number from 0 on, not -0.1");
        assertThatThrownBy(() -> new DistanceWeighted.Config(LINEAR, Double.NaN, ARGMAX))
                .isInstanceOf(InvalidSettingException.class).hasMessage("must be a number from 0 on, not NaN");
    }

    private double loss(DistanceWeighted.Config config, int target) {
        return Computed.values(write(config, logits, target), Axes.TIME)[0];
    }

    private Tensor write(DistanceWeighted.Config config, Tensor x, int target) {
        return new DistanceWeighted.Factory().create(config, new ModelShape(5, 1, 1, 1, 1, 1)).loss(x,
                graph.constant(DataType.INTEGER, Values.of(target), time), graph.scope(Seed.of(1)));
    }
}
