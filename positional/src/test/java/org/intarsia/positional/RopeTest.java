package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.positional.Rope.Pairing.HALF;
import static org.intarsia.positional.Rope.Pairing.INTERLEAVED;
import static org.intarsia.positional.Rope.Scaling.Kind.DYNAMIC_NTK;
import static org.intarsia.positional.Rope.Scaling.Kind.LINEAR;
import static org.intarsia.positional.Rope.Scaling.Kind.NONE;
import static org.intarsia.positional.Rope.Scaling.Kind.NTK;
import static org.intarsia.positional.Rope.Scaling.Kind.YARN;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Positions.Role;
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
import org.junit.jupiter.params.provider.EnumSource;

final class RopeTest {

    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final int LENGTH = 40;
    private static final int CHANNELS = 12;

    /// The formula by complex numbers: a pair as a + ib, multiplied by e^(imθ).
    @ParameterizedTest
    @CsvSource({"INTERLEAVED, 10000, 1", "HALF, 10000, 1", "INTERLEAVED, 50, 0.5", "HALF, 50, 0.7"})
    void multipliesPairsByUnitComplexNumbers(Rope.Pairing pairing, double base, double fraction) {
        double[] x = numbers(LENGTH * CHANNELS);
        double[] turned = turn(config(base, pairing, fraction), x, LENGTH);

        int r = (int) (fraction * CHANNELS);
        for (int m = 0; m < LENGTH; m++) {
            for (int p = 0; p < r / 2; p++) {
                int first = m * CHANNELS + (pairing == INTERLEAVED ? 2 * p : p);
                int second = m * CHANNELS + (pairing == INTERLEAVED ? 2 * p + 1 : p + r / 2);
                double modulus = Math.hypot(x[first], x[second]);
                double argument = Math.atan2(x[second], x[first]) + m * Math.pow(base, -2.0 * p / r);
                assertThat(turned[first]).isCloseTo(modulus * Math.cos(argument), ROUNDING);
                assertThat(turned[second]).isCloseTo(modulus * Math.sin(argument), ROUNDING);
            }
        }
    }

    @Test
    void leavesTheFirstPositionAlone() {
        double[] x = numbers(LENGTH * CHANNELS);

        double[] turned = turn(new Rope.Factory().defaults(), x, LENGTH);

        assertThat(Arrays.copyOf(turned, CHANNELS)).containsExactly(Arrays.copyOf(x, CHANNELS));
        assertThat(turned[CHANNELS]).isNotCloseTo(x[CHANNELS], within(1e-3));
    }

    @Test
    void leavesTheRestOfTheChannelsAlone() {
        double[] x = numbers(LENGTH * CHANNELS);

        double[] turned = turn(config(10000, HALF, 0.34), x, LENGTH);

        for (int m = 1; m < LENGTH; m++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                int i = m * CHANNELS + channel;
                assertThat(turned[i] == x[i]).as("channel %d at position %d is as it was", channel, m)
                        .isEqualTo(channel >= 4);
            }
        }
    }

    @Test
    void pairingsDifferByAPermutationOfTheChannels() {
        double[] x = numbers(LENGTH * CHANNELS);
        double[] halves =
                turn(config(10000, HALF, 1), interleavedToHalf(x), LENGTH);

        double[] interleaved =
                turn(config(10000, INTERLEAVED, 1), x, LENGTH);

        assertThat(interleavedToHalf(interleaved)).containsExactly(halves, ROUNDING);
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheNorm(Rope.Pairing pairing) {
        double[] x = numbers(LENGTH * CHANNELS);

        double[] turned = turn(config(10000, pairing, 1), x, LENGTH);

        for (int m = 0; m < LENGTH; m++) {
            assertThat(dot(turned, m, turned, m)).isCloseTo(dot(x, m, x, m), ROUNDING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void productsDependOnTheDistanceAlone(Rope.Pairing pairing) {
        double[] queries = repeated(numbers(CHANNELS));
        double[] keys = repeated(Arrays.copyOfRange(numbers(2 * CHANNELS), CHANNELS, 2 * CHANNELS));

        double[] q = turn(config(10000, pairing, 1), queries, LENGTH);
        double[] k = turn(config(10000, pairing, 1), keys, LENGTH);

        assertThat(dot(q, 9, k, 4)).isCloseTo(dot(q, 30, k, 25), within(1e-11));
        assertThat(dot(q, 4, k, 9)).isCloseTo(dot(q, 25, k, 30), within(1e-11));
        assertThat(dot(q, 9, k, 4)).isNotCloseTo(dot(q, 9, k, 5), within(1e-3));
        assertThat(dot(q, 9, k, 4)).isNotCloseTo(dot(q, 4, k, 9), within(1e-3));
    }

    @Test
    void instancesOfDifferentSettingsShareNothing() {
        Graph graph = new Graph();
        Tensor x = tensor(graph, numbers(LENGTH * CHANNELS), LENGTH);
        Positions at = Positions.first(graph, LENGTH);
        Tensor slow = create(config(10000, HALF, 1)).rotate(x, Role.QUERY,
                at, graph.scope(Seed.of(1)));
        Tensor fast = create(config(100, HALF, 1)).rotate(x, Role.QUERY, at,
                graph.scope(Seed.of(1)));

        assertThat(Computed.values(slow, Axes.QUERY, Axes.CHANNEL))
                .isNotEqualTo(Computed.values(fast, Axes.QUERY, Axes.CHANNEL));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void scaledProductsDependOnTheDistanceAlone(Rope.Scaling.Kind kind) {
        Rope.Config config = scaled(kind, 4, kind == DYNAMIC_NTK || kind == YARN ? 10 : 0);
        double[] x = repeated(numbers(CHANNELS));

        double[] turned = turn(config, x, LENGTH);

        assertThat(dot(turned, 9, turned, 4)).isCloseTo(dot(turned, 30, turned, 25), within(1e-11));
        assertThat(turned).isNotEqualTo(turn(config(10000, HALF, 1), x, LENGTH));
    }

    @Test
    void interpolatedPositionsAreFractionsOfPositions() {
        double[] x = repeated(numbers(CHANNELS));

        double[] interpolated = turn(scaled(LINEAR, 4, 0), x, LENGTH);

        double[] plain = turn(config(10000, HALF, 1), x, LENGTH);
        for (int m = 0; 4 * m < LENGTH; m++) {
            assertThat(Arrays.copyOfRange(interpolated, 4 * m * CHANNELS, (4 * m + 1) * CHANNELS))
                    .containsExactly(Arrays.copyOfRange(plain, m * CHANNELS, (m + 1) * CHANNELS), ROUNDING);
        }
    }

    @Test
    void dynamicScalingByFactorOneGoesByTheLengthAlone() {
        double[] x = repeated(numbers(CHANNELS));

        assertThat(turn(scaled(DYNAMIC_NTK, 1, LENGTH / 4), x, LENGTH)).containsExactly(
                turn(scaled(NTK, 4, 0), x, LENGTH),
                ROUNDING);
    }

    @Test
    void xposProductsDependOnTheDistanceAndDecay() {
        Rope xpos = create(new Rope.Config(1e9, HALF, 1, Rope.Scaling.none(), true, false));
        double[] ones = repeated(Values.compute(CHANNELS, _ -> 1).toArray());

        double[] q = turn(xpos, Role.QUERY, ones);
        double[] k = turn(xpos, Role.KEY, ones);

        assertThat(dot(q, 9, k, 4)).isCloseTo(dot(q, 30, k, 25), within(1e-11));
        double plain = dot(turn(config(1e9, HALF, 1), ones, LENGTH), 5, turn(config(1e9, HALF, 1), ones, LENGTH), 0);
        assertThat(dot(q, 9, k, 4)).isLessThan(plain - 1e-3);
        assertThat(dot(q, 30, k, 4)).isLessThan(dot(q, 9, k, 4));
    }

    @Test
    void axialTurnsHalfByTheRowAndHalfByTheColumn() {
        Rope.Config config = new Rope.Config(100, INTERLEAVED, 1, Rope.Scaling.none(), false, true);
        ModelShape shape = new ModelShape(2, 4, 8, 1, 1, 4)
                .with(Map.of(Coordinate.ROW, Layout.byTokens(2), Coordinate.COLUMN, Layout.byTokens(3)));
        Graph graph = new Graph();
        Axis time = new Axis(Axes.TIME, 4);
        Positions first = Positions.first(graph, 4);
        Positions at = new Positions(first.time(), first.query(), first.key(), Map.of(Coordinate.ROW,
                Positions.along(graph.constant(DataType.INTEGER, Values.of(-1, 0, 1, 1), time)), Coordinate.COLUMN,
                Positions.along(graph.constant(DataType.INTEGER, Values.of(-1, 2, 0, 2), time))));
        Tensor ones = graph.constant(DataType.FLOAT, Values.compute(32, _ -> 1), new Axis(Axes.QUERY, 4),
                new Axis(Axes.CHANNEL, 8));

        double[] turned = Computed.values(
                new Rope.Factory().create(config, shape).rotate(ones, Role.QUERY, at, graph.scope(Seed.of(1))),
                Axes.QUERY, Axes.CHANNEL);

        int[] rows = {0, 0, 1, 1};
        int[] columns = {0, 2, 0, 2};
        for (int i = 0; i < 32; i++) {
            int channel = i % 8;
            double angle = (channel < 4 ? rows[i / 8] : columns[i / 8]) * (channel % 4 < 2 ? 1 : 0.1);
            double expected = Math.cos(angle) + (channel % 2 == 0 ? -1 : 1) * Math.sin(angle);
            assertThat(turned[i]).isCloseTo(expected, ROUNDING);
        }
    }

    @Test
    void axialNeedsCells() {
        Rope.Config config = new Rope.Config(100, HALF, 1, Rope.Scaling.none(), false, true);

        assertThatThrownBy(() -> create(config)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("needs tokens with a row and a column; the task gives none");
    }

    @Test
    void rejectsScalingWithoutEffect() {
        assertThatThrownBy(() -> new Rope.Scaling(NONE, 2, 0)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("has no effect with the rule none: choose another kind, or leave it out");
        assertThatThrownBy(() -> new Rope.Scaling(NTK, 1, 0)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be above 1, not 1.0: by 1 nothing is scaled");
        assertThatThrownBy(() -> new Rope.Scaling(LINEAR, 2, 9)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("has no effect with this kind: only dynamic-ntk and yarn go by it");
        assertThatThrownBy(() -> create(scaled(DYNAMIC_NTK, 2, LENGTH))).isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("dynamic-ntk has no effect unless its trainedLength is");
    }

    private static double[] turn(Rope rope, Role role, double[] x) {
        Graph graph = new Graph();
        Tensor turned = rope.rotate(tensor(graph, x, LENGTH).rename(Axes.QUERY, Axes.TIME).rename(Axes.TIME,
                role == Role.QUERY ? Axes.QUERY : Axes.KEY), role, Positions.first(graph, LENGTH),
                graph.scope(Seed.of(1)));
        return Computed.values(turned, role == Role.QUERY ? Axes.QUERY : Axes.KEY, Axes.CHANNEL);
    }

    @Test
    void rejectsHeadsOfOneChannel() {
        assertThatThrownBy(
                () -> new Rope.Factory().create(new Rope.Factory().defaults(), new ModelShape(2, 8, 2, 1, 2, 4)))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("fraction"))
                .hasMessage(
                        "finds no pair of channels to turn: width 2 with 2 heads gives 1 channel per head; rope needs a width "
                                + "of at least 4, or fewer heads");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "12 | 2 | 0.5 | 3: width 12 with 2 heads gives 6 channels per head; 0.667 fits",
        "10 | 2 | 1 | 5: width 10 with 2 heads gives 5 channels per head; 0.8 fits",
        "16 | 2 | 0.1 | 0: width 16 with 2 heads gives 8 channels per head; 0.25 fits",
        "4 | 1 | 0.8 | 3: width 4 with 1 head gives 4 channels per head; 1 fits"})
    void rejectsChannelsThatMakeNoPairs(int width, int heads, double fraction, String message) {
        ModelShape shape = new ModelShape(2, 8, width, 1, heads, 4);

        assertThatThrownBy(() -> new Rope.Factory()
                .create(config(10000, HALF, fraction), shape))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("fraction"))
                .hasMessage("must give an even number of channels from 2 on, not " + message);
    }

    @ParameterizedTest
    @CsvSource({"12, 2, 0.667", "10, 2, 0.8", "16, 2, 0.25", "4, 1, 1", "20, 2, 0.6"})
    void acceptsWhatItSuggests(int width, int heads, double fraction) {
        assertThat(new Rope.Factory().create(config(10000, HALF, fraction),
                new ModelShape(2, 8, width, 1, heads, 4)))
                .isNotNull();
    }

    @Test
    void rejectsSettingsOutsideTheirRange() {
        assertThatThrownBy(() -> config(1, HALF, 1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be a number above 1, not 1.0");
        assertThatThrownBy(() -> config(Double.NaN, HALF, 1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be a number above 1, not NaN");
        assertThatThrownBy(() -> config(10000, HALF, 0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be above 0 and at most 1, not 0.0");
        assertThatThrownBy(() -> config(10000, HALF, 1.5))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be above 0 and at most 1, not 1.5");
    }

    private static Rope.Config config(double base, Rope.Pairing pairing, double fraction) {
        return new Rope.Config(base, pairing, fraction, Rope.Scaling.none(), false, false);
    }

    private static Rope.Config scaled(Rope.Scaling.Kind kind, double factor, int trainedLength) {
        return new Rope.Config(10000, HALF, 1, new Rope.Scaling(kind, factor, trainedLength), false, false);
    }

    private static double[] turn(Rope.Config config, double[] x, int length) {
        Graph graph = new Graph();
        Tensor turned = create(config).rotate(tensor(graph, x, length), Role.QUERY, Positions.first(graph, length),
                graph.scope(Seed.of(1)));
        return Computed.values(turned, Axes.QUERY, Axes.CHANNEL);
    }

    private static Rope create(Rope.Config config) {
        return new Rope.Factory().create(config, new ModelShape(2, LENGTH, CHANNELS, 1, 1, 4));
    }

    private static Tensor tensor(Graph graph, double[] x, int length) {
        return graph.constant(DataType.FLOAT, Values.of(x), new Axis(Axes.QUERY, length),
                new Axis(Axes.CHANNEL, CHANNELS));
    }

    private static double[] numbers(int count) {
        RandomGenerator random = Seed.of(4).generator();
        return Values.compute(count, _ -> random.nextGaussian()).toArray();
    }

    private static double[] repeated(double[] row) {
        return Values.compute(LENGTH * CHANNELS, i -> row[i % CHANNELS]).toArray();
    }

    private static double dot(double[] x, int m, double[] y, int n) {
        double sum = 0;
        for (int i = 0; i < CHANNELS; i++) {
            sum += x[m * CHANNELS + i] * y[n * CHANNELS + i];
        }
        return sum;
    }

    private static double[] interleavedToHalf(double[] x) {
        return Values.compute(x.length, i -> {
            int channel = i % CHANNELS;
            int half = CHANNELS / 2;
            return x[i - channel + (channel < half ? 2 * channel : 2 * (channel - half) + 1)];
        }).toArray();
    }
}
