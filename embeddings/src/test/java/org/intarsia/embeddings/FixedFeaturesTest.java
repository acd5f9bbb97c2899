package org.intarsia.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
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

final class FixedFeaturesTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    @Test
    void aOneHotVectorIsOneAtItsToken() {
        assertThat(embed(new OneHot.Factory(), new OneHot.Config(false), 3, 3, 2, 0)).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void aProjectedOneHotVectorIsAColumnOfTheMapAndItsBias() {
        double[] both = embed(new OneHot.Factory(), new OneHot.Config(true), 3, 2, 2, 2, 0);

        assertThat(both[0]).isEqualTo(both[2]).isNotEqualTo(both[4]);
        assertThat(Arrays.stream(both)).allMatch(x -> Math.abs(x) <= 2 / Math.sqrt(3));
    }

    @Test
    void fourierFeaturesTellTheLastDigitAndTheLastTwo() {
        double[] x = embed(new Fone.Factory(), new Fone.Config(2, false), 100, 4, 25, 75);

        assertThat(x).containsExactly(new double[] {-1, 0, 0, 1, -1, 0, 0, -1}, ROUNDING);
    }

    @Test
    void asManyPeriodsAsTheGreatestTokenHasDigits() {
        assertThat(embed(new Fone.Factory(), new Fone.Config(0, false), 101, 6, 100)).hasSize(6);
        assertThatThrownBy(() -> embed(new Fone.Factory(), new Fone.Config(2, true), 101, 6, 100))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be at least 3 to tell 101 tokens apart, not 2; 0 takes as many as needed");
    }

    @Test
    void residuesAreAnglesWithAFlagOfDivisibility() {
        double[] x =
                embed(new Residues.Factory(), new Residues.Config("2,4", Residues.Code.ANGLE, true, false), 9, 6, 6);

        assertThat(x).containsExactly(new double[] {1, 0, 1, -1, 0, 0}, ROUNDING);
    }

    @Test
    void residuesAreUnitVectors() {
        double[] x =
                embed(new Residues.Factory(), new Residues.Config("2,3", Residues.Code.ONE_HOT, false, false), 9, 5, 5);

        assertThat(x).containsExactly(0, 1, 0, 0, 1);
    }

    @Test
    void moduliAreDifferentNumbers() {
        assertThatThrownBy(() -> new Residues.Config("2,x", Residues.Code.ANGLE, true, true))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be numbers from 2 to 1000, separated by commas, not 'x' in '2,x'");
        assertThatThrownBy(() -> new Residues.Config("3,3", Residues.Code.ANGLE, true, true))
                .isInstanceOf(InvalidSettingException.class).hasMessage("names 3 twice, in '3,3'");
        assertThatThrownBy(() -> new Residues.Config("3", Residues.Code.ONE_HOT, true, true))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("must be false where values is one-hot");
    }

    @Test
    void coordinatesStandBesideTheVectorOfTheToken() {
        Graph graph = new Graph();
        Axis time = new Axis(Axes.TIME, 3);
        ModelShape shape = new ModelShape(2, 3, 4, 1, 1, 1)
                .with(Map.of(Coordinate.ROW, Layout.byTokens(3), Coordinate.COLUMN, Layout.byTokens(5)));
        Positions first = Positions.first(graph, 3);
        Positions at = new Positions(first.time(), first.query(), first.key(), Map.of(Coordinate.ROW,
                Positions.along(graph.constant(DataType.INTEGER, Values.of(-1, 0, 2), time)), Coordinate.COLUMN,
                Positions.along(graph.constant(DataType.INTEGER, Values.of(-1, 1, 4), time))));
        Tensor tokens = graph.constant(DataType.INTEGER, Values.of(1, 1, 1), time);

        double[] x = Computed.values(new PackedCoordinates.Factory().create(new PackedCoordinates.Config(false), shape)
                .embed(tokens, at, graph.scope(Seed.of(1))), Axes.TIME, Axes.WIDTH);

        assertThat(x).containsExactly(new double[] {x[0], x[1], 0, 0, x[0], x[1], -0.5, -1, x[0], x[1], 1, 1},
                ROUNDING);
        assertThat(x[0]).isNotZero();
    }

    @Test
    void coordinatesAreNeeded() {
        assertThatThrownBy(() -> embed(new PackedCoordinates.Factory(), new PackedCoordinates.Config(false), 2, 4, 1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "packed-coordinates needs tokens with a row and a column, and the task has none; choose another embedding, or a task of grids");
    }

    @Test
    void learnedVectorsMayStartAsWaves() {
        double[] x = embed(new Learned.Factory(), new Learned.Config(Learned.Start.FREQUENCY), 9, 4, 7);

        float[] expected = {(float) (Math.sqrt(2) * Math.sin(7)), (float) (Math.sqrt(2) * Math.cos(7)),
            (float) (Math.sqrt(2) * Math.sin(0.07)), (float) (Math.sqrt(2) * Math.cos(0.07))};
        for (int i = 0; i < 4; i++) {
            assertThat(x[i]).isCloseTo(expected[i], within(1e-7));
        }
    }

    @Test
    void learnedVectorsMayStartAsResidues() {
        double[] x = embed(new Learned.Factory(), new Learned.Config(Learned.Start.NUMBER_THEORETIC), 10, 6, 9);

        // 9 is odd, and divisible by 3.
        assertThat(x).containsExactly(new double[] {-Math.sqrt(2), 0, -1, Math.sqrt(2), 0, Math.sqrt(2)}, within(1e-7));
    }

    private static <C extends Record> double[] embed(EmbeddingFactory<C> factory, C config, int vocabulary, int width,
            int... tokens) {
        Graph graph = new Graph();
        Embedding embedding = factory.create(config, new ModelShape(vocabulary, tokens.length, width, 1, 1, 1));
        Tensor read = graph.constant(DataType.INTEGER, Values.compute(tokens.length, i -> tokens[i]),
                new Axis(Axes.TIME, tokens.length));
        return Computed.values(embedding.embed(read, Positions.first(graph, tokens.length), graph.scope(Seed.of(1))),
                Axes.TIME, Axes.WIDTH);
    }
}
