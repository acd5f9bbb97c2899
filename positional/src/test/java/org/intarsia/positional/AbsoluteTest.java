package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AbsoluteTest {

    private final Graph graph = new Graph();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16})
    void addsSinesAndCosines(int width) {
        double[] sum = add(Absolute.Kind.SINUSOIDAL, 30, width);

        for (int position = 0; position < 30; position++) {
            for (int i = 0; 2 * i < width; i++) {
                double angle = position / Math.pow(10000, 2.0 * i / width);
                assertThat(sum[position * width + 2 * i]).isCloseTo(0.5 + Math.sin(angle), within(1e-12));
                if (2 * i + 1 < width) {
                    assertThat(sum[position * width + 2 * i + 1]).isCloseTo(0.5 + Math.cos(angle), within(1e-12));
                }
            }
        }
        assertThat(graph.parameters()).isEmpty();
    }

    @Test
    void addsARowForEachPosition() {
        double[] sum = add(Absolute.Kind.LEARNED, 4, 3);

        double[] table =
                Computed.values(graph.parameters().firstEntry().getValue(), "transformer.wpe.position", Axes.WIDTH);
        for (int i = 0; i < 12; i++) {
            assertThat(sum[i]).isCloseTo(0.5 + table[i], within(1e-12));
        }
    }

    @Test
    void holdsOneTableAsPyTorchDoes() {
        add(Absolute.Kind.LEARNED, 4, 3);

        assertThat(graph.parameters().keySet()).containsExactly("transformer.wpe.weight");
        Op.Variable weight = (Op.Variable) graph.parameters().firstEntry().getValue().op();
        assertThat(weight.axes()).containsExactly(new Axis("transformer.wpe.position", 4), new Axis(Axes.WIDTH, 3));
        assertThat(weight.start()).isEqualTo(new Initializer.Normal(0, 1));
    }

    private double[] add(Absolute.Kind kind, int length, int width) {
        Absolute encoding = new Absolute.Factory().create(new Absolute.Config(kind),
                new ModelShape(1, length, width, 1, 1, 1));
        Tensor x = graph.constant(DataType.FLOAT, Values.compute(length * width, _ -> 0.5), new Axis(Axes.TIME, length),
                new Axis(Axes.WIDTH, width));
        return Computed.values(graph.scope(Seed.of(1)).within("transformer.wpe",
                scope -> encoding.input(x, Positions.first(graph, length), scope)), Axes.TIME, Axes.WIDTH);
    }
}
