package org.intarsia.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.InvalidSettingException;
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

final class TupleTest {

    private final Graph graph = new Graph();

    @Test
    void givesValueAndPositionAsSharesOfTheirGreatest() {
        Tensor vectors = embed(new Tuple.Config(false), new ModelShape(256, 9, 2, 1, 1, 1), 0, 51, 255);

        assertThat(Computed.values(vectors, Axes.TIME, Axes.WIDTH)).containsExactly(0, 0, 0.2, 0.125, 1, 0.25);
    }

    @Test
    void goesByThePositionsGiven() {
        Tensor last = graph.constant(DataType.INTEGER, Values.of(8), new Axis(Axes.TIME, 1));
        Positions at = new Positions(last, last.rename(Axes.TIME, Axes.QUERY), last.rename(Axes.TIME, Axes.KEY));

        Tensor vector = new Tuple.Factory().create(new Tuple.Config(false), new ModelShape(256, 9, 2, 1, 1, 1))
                .embed(tokens(255), at, graph.scope(Seed.of(1)));

        assertThat(Computed.values(vector, Axes.TIME, Axes.WIDTH)).containsExactly(1, 1);
    }

    @Test
    void givesZerosWhereThereIsOneTokenAndOnePosition() {
        Tensor vectors = embed(new Tuple.Config(false), new ModelShape(1, 1, 2, 1, 1, 1), 0);

        assertThat(Computed.values(vectors, Axes.TIME, Axes.WIDTH)).containsExactly(0, 0);
    }

    @Test
    void projectsByALinearMap() {
        Tensor vectors = embed(new Tuple.Config(true), new ModelShape(256, 9, 3, 1, 1, 1), 0, 51);

        assertThat(graph.parameters().keySet()).containsExactly("transformer.wte.weight", "transformer.wte.bias");
        double[] w = Computed.values(graph.parameters().firstEntry().getValue(), Axes.WIDTH, "transformer.wte.feature");
        double[] b = Computed.values(graph.parameters().lastEntry().getValue(), Axes.WIDTH);
        double[] y = Computed.values(vectors, Axes.TIME, Axes.WIDTH);
        for (int i = 0; i < 3; i++) {
            assertThat(y[i]).as("the first token").isCloseTo(b[i], within(1e-12));
            assertThat(y[3 + i]).as("the second").isCloseTo(0.2 * w[2 * i] + 0.125 * w[2 * i + 1] + b[i],
                    within(1e-12));
        }
    }

    @Test
    void rejectsAnotherWidthWithoutAProjection() {
        assertThatThrownBy(
                () -> new Tuple.Factory().create(new Tuple.Config(false), new ModelShape(256, 8, 64, 1, 1, 1)))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("projection"))
                .hasMessage(
                        "must be true where the width is not 2: the width is 64; without a projection, set the width to 2");
    }

    private Tensor embed(Tuple.Config config, ModelShape shape, int... tokens) {
        return graph.scope(Seed.of(1)).within("transformer.wte", scope -> new Tuple.Factory().create(config, shape)
                .embed(tokens(tokens), Positions.first(graph, tokens.length), scope));
    }

    private Tensor tokens(int... tokens) {
        return graph.constant(DataType.INTEGER, Values.compute(tokens.length, i -> tokens[i]),
                new Axis(Axes.TIME, tokens.length));
    }
}
