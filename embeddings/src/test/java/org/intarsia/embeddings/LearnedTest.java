package org.intarsia.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;

final class LearnedTest {

    private final Graph graph = new Graph();

    @Test
    void looksUpTheRowOfEachToken() {
        Tensor vectors = embed(3, 0, 3);

        double[] table =
                Computed.values(graph.parameters().firstEntry().getValue(), "transformer.wte.token", Axes.WIDTH);
        assertThat(Computed.values(vectors, Axes.TIME, Axes.WIDTH)).containsExactly(table[6], table[7], table[0],
                table[1],
                table[6], table[7]);
    }

    @Test
    void holdsOneTableAsPyTorchDoes() {
        embed(0);

        assertThat(graph.parameters().keySet()).containsExactly("transformer.wte.weight");
        Op.Variable weight = (Op.Variable) graph.parameters().firstEntry().getValue().op();
        assertThat(weight.axes()).extracting(Axis::size).containsExactly(4, 2);
        assertThat(weight.axes()).extracting(Axis::name).containsExactly("transformer.wte.token", Axes.WIDTH);
        assertThat(weight.start()).isEqualTo(new Initializer.Normal(0, 1));
    }

    @Test
    void startsDifferentlyFromOtherSeeds() {
        embed(0);
        double[] first = ((Op.Variable) graph.parameters().firstEntry().getValue().op()).initialValues();

        Graph other = new Graph();
        other.scope(Seed.of(2)).within("transformer.wte",
                scope -> embedding().embed(tokens(other, 0), Positions.first(other, 1),
                        scope));

        double[] second = ((Op.Variable) other.parameters().firstEntry().getValue().op()).initialValues();
        assertThat(Arrays.equals(first, second)).isFalse();
    }

    private Tensor embed(int... tokens) {
        return graph.scope(Seed.of(1)).within("transformer.wte",
                scope -> embedding().embed(tokens(graph, tokens), Positions.first(graph, tokens.length), scope));
    }

    private static Learned embedding() {
        return new Learned.Factory().create(new Learned.Config(Learned.Start.RANDOM), new ModelShape(4, 3, 2, 1, 1, 1));
    }

    private static Tensor tokens(Graph graph, int... tokens) {
        return graph.constant(DataType.INTEGER, Values.compute(tokens.length, i -> tokens[i]),
                new Axis(Axes.TIME, tokens.length));
    }
}
