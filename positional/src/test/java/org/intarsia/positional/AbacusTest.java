package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;

final class AbacusTest {

    private static final int EVALUATION = -1;
    private static final ModelShape SHAPE =
            new ModelShape(12, 5, 1, 1, 1, 1).with(Map.of(Coordinate.DIGIT, Layout.byTokens(2)));

    @Test
    void equalPlacesGetEqualVectorsAndOtherTokensNone() {
        double[] added = added(EVALUATION);

        assertThat(added[0]).isEqualTo(added[3]).isNotZero();
        assertThat(added[1]).isEqualTo(added[4]).isNotZero().isNotEqualTo(added[0]);
        assertThat(added[2]).isZero();
    }

    @Test
    void trainingMovesAllDigitsTogetherByOneOfAllOffsets() {
        Set<Double> seen = new HashSet<>();
        IntStream.range(0, 60).forEach(step -> {
            double[] added = added(step);
            assertThat(added[0]).isEqualTo(added[3]);
            assertThat(added[1]).isEqualTo(added[4]).isNotEqualTo(added[0]);
            seen.add(added[0]);
        });

        // The first digit stands at any of the places 0 to 3, the second one further.
        assertThat(seen).hasSize(4).contains(added(EVALUATION)[0]);
    }

    @Test
    void needsDigits() {
        assertThatThrownBy(() -> new Abacus.Factory().create(new Abacus.Config(3), new ModelShape(12, 5, 1, 1, 1, 1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "abacus needs tokens that are digits of numbers, and the task has none; choose another position encoding");
    }

    /// What is added to the tokens of 27,35 in a model of width 1.
    private static double[] added(int step) {
        Graph graph = new Graph();
        Axis time = new Axis(Axes.TIME, 5);
        Positions first = Positions.first(graph, 5);
        Positions at = new Positions(first.time(), first.query(), first.key(), Map.of(Coordinate.DIGIT,
                Positions.along(graph.constant(DataType.INTEGER, Values.of(0, 1, -1, 0, 1), time))));
        Tensor zeros = graph.constant(0).expand(time, new Axis(Axes.WIDTH, 1));
        Seed seed = Seed.of(1);
        Tensor sum = new Abacus.Factory().create(new Abacus.Config(3), SHAPE).input(zeros, at, step < 0
                ? graph.scope(seed)
                : graph.scope(seed, graph.constant(DataType.INTEGER, step)));
        return Computed.values(sum, Axes.TIME, Axes.WIDTH);
    }
}
