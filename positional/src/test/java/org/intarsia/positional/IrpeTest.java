package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.positional.Irpe.Index.CLIP;
import static org.intarsia.positional.Irpe.Index.PIECEWISE;
import static org.intarsia.positional.Irpe.Method.CROSS;
import static org.intarsia.positional.Irpe.Method.EUCLIDEAN;
import static org.intarsia.positional.Irpe.Method.ONE_DIMENSIONAL;
import static org.intarsia.positional.Irpe.Method.PRODUCT;
import static org.intarsia.positional.Irpe.Method.QUANTIZATION;
import static org.intarsia.positional.Irpe.Mode.BIAS;
import static org.intarsia.positional.Irpe.Mode.CONTEXTUAL;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IrpeTest {

    private static final int HEADS = 2;
    private static final int CHANNELS = 3;
    private static final int NONE = Coordinate.NONE;

    /// A separator, a grid of 3 rows and 5 columns, and a separator.
    private static final List<Integer> ROWS = List.of(NONE, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, NONE);
    private static final List<Integer> COLUMNS = List.of(NONE, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, NONE);
    private static final int LENGTH = ROWS.size();

    /// g of 0, 1, 2, … at ratio 1.9.
    private static final int[] PUBLISHED = {0, 1, 2, 2, 3, 3, 3};

    private final Pairs grid = new Pairs(
            new ModelShape(2, LENGTH, HEADS * CHANNELS, 1, HEADS, 4,
                    Map.of(Coordinate.ROW, Layout.byTokens(3), Coordinate.COLUMN, Layout.byTokens(5))),
            Map.of(Coordinate.ROW, ROWS, Coordinate.COLUMN, COLUMNS));

    /// Each digit is the bucket, in base 36, of the next distance from 0 on, as the authors' code computes them.
    @ParameterizedTest
    @CsvSource({"1.9, 0122333333333333", "2.0, 01223333334", "2.5, 012333444444445", "3.0, 012334444555555556",
        "4.0, 01234455566666677777777778", "8.0, 012345678899AAAABBBBCCCCCCD"})
    void piecewiseBucketsAreThePublishedOnes(double ratio, String buckets) {
        int[] expected = buckets.chars().map(digit -> Character.digit(digit, 36)).toArray();

        assertThat(IntStream.range(0, expected.length).map(x -> Buckets.piecewise(x, ratio))).containsExactly(
                Arrays.stream(expected).boxed().toArray(Integer[]::new));
        assertThat(IntStream.range(0, expected.length).map(x -> -Buckets.piecewise(-x, ratio))).containsExactly(
                Arrays.stream(expected).boxed().toArray(Integer[]::new));
        assertThat(Buckets.piecewise(1000, ratio)).isEqualTo((int) (2 * ratio));
    }

    @ParameterizedTest
    @CsvSource({"1.9, 49, 7, 4", "2.0, 81, 9, 5", "2.5, 121, 11, 6", "3.0, 169, 13, 7"})
    void bucketsAreAsManyAsPublished(double ratio, int product, int other, int oneDimensional) {
        assertThat(count(PRODUCT, ratio)).isEqualTo(product + 1);
        assertThat(count(EUCLIDEAN, ratio)).isEqualTo(other + 1);
        assertThat(count(QUANTIZATION, ratio)).isEqualTo(other + 1);
        assertThat(count(CROSS, ratio)).isEqualTo(other + 1);
        assertThat(count(ONE_DIMENSIONAL, ratio)).isEqualTo(oneDimensional);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneDimensionalWithClipIsShaw(boolean values) {
        Pairs sequence = new Pairs(12, HEADS, CHANNELS);
        Shaw shaw = new Shaw.Factory().create(new Shaw.Config(5, values), sequence.shape());
        Irpe irpe = new Irpe.Factory().create(
                new Irpe.Config(ONE_DIMENSIONAL, CLIP, 2.5, CONTEXTUAL, false, true, values, true), sequence.shape());
        Map<String, double[]> tables = sequence.parameters(shaw);

        double[] scores = sequence.scores(irpe, tables);
        double[] output = sequence.values(irpe, tables);

        assertThat(scores).containsExactly(sequence.scores(shaw, tables)).doesNotContain(0);
        assertThat(output).containsExactly(sequence.values(shaw, tables));
        assertThat(Arrays.stream(output).anyMatch(x -> x != 0)).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({"2, 4, 16", "16, 32, 128"})
    void biasOfT5BucketsIsT5(double ratio, int buckets, int maxDistance) {
        Pairs sequence = new Pairs(150, HEADS, CHANNELS);
        T5 t5 = new T5.Factory().create(new T5.Config(buckets, maxDistance), sequence.shape());
        Irpe irpe = new Irpe.Factory().create(
                new Irpe.Config(ONE_DIMENSIONAL, Irpe.Index.T5, ratio, BIAS, false, true, false, false),
                sequence.shape());
        double[] weight = Objects.requireNonNull(sequence.parameters(t5).get("weight"));

        double[] scores = sequence.scores(irpe, Map.of("keys", weight));

        assertThat(scores).containsExactly(sequence.scores(t5, Map.of("weight", weight))).doesNotContain(0);
        assertThat(Arrays.stream(scores).distinct().count()).isEqualTo((long) HEADS * buckets);
    }

    @ParameterizedTest
    @CsvSource({"ONE_DIMENSIONAL, true", "ONE_DIMENSIONAL, false", "EUCLIDEAN, true", "EUCLIDEAN, false",
        "QUANTIZATION, true", "QUANTIZATION, false", "CROSS, true", "CROSS, false", "PRODUCT, true", "PRODUCT, false"})
    void keysAndQueriesMeetAVectorForEachPair(Irpe.Method method, boolean shared) {
        Irpe irpe = create(new Irpe.Config(method, PIECEWISE, 1.9, CONTEXTUAL, true, true, false, shared));
        Map<String, double[]> tables = grid.parameters(irpe);

        double[] scores = grid.scores(irpe, tables);

        double[] queries = grid.given("queries");
        double[] keys = grid.given("keys");
        assertThat(scores).containsExactly(grid.forEachPair((h, i, j) -> {
            double sum = 0;
            for (int c = 0; c < CHANNELS; c++) {
                sum += queries[(h * LENGTH + i) * CHANNELS + c] * row(tables, "keys", method, shared, h, i, j)[c];
                sum += keys[(h * LENGTH + j) * CHANNELS + c] / Math.sqrt(CHANNELS)
                        * row(tables, "queries", method, shared, h, j, i)[c];
            }
            return sum;
        }), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"ONE_DIMENSIONAL, true", "ONE_DIMENSIONAL, false", "EUCLIDEAN, true", "EUCLIDEAN, false",
        "QUANTIZATION, true", "QUANTIZATION, false", "CROSS, true", "CROSS, false", "PRODUCT, true", "PRODUCT, false"})
    void valuesHaveAVectorForEachPair(Irpe.Method method, boolean shared) {
        Irpe irpe = create(new Irpe.Config(method, PIECEWISE, 1.9, CONTEXTUAL, false, false, true, shared));
        Map<String, double[]> tables = grid.parameters(irpe);

        double[] output = grid.values(irpe, tables);

        double[] weights = grid.given("weights");
        double[] expected = new double[HEADS * LENGTH * CHANNELS];
        grid.forEachPair((h, i, j) -> {
            double[] row = row(tables, "values", method, shared, h, i, j);
            for (int c = 0; c < CHANNELS; c++) {
                expected[(h * LENGTH + i) * CHANNELS + c] += weights[(h * LENGTH + i) * LENGTH + j] * row[c];
            }
            return 0;
        });
        assertThat(output).containsExactly(expected, within(1e-12));
        assertThat(grid.scores(irpe, tables)).containsOnly(0);
    }

    @Test
    void biasIsTheNumberOfThePair() {
        Irpe irpe = create(new Irpe.Config(PRODUCT, PIECEWISE, 1.9, BIAS, true, true, false, true));
        Map<String, double[]> tables = Map.of("keys", numbers(50, 1), "queries", numbers(50, 100));

        double[] scores = grid.scores(irpe, tables);

        int skip = 49;
        int same = 24;
        int down = 31;
        int up = 17;
        assertThat(scores[0]).as("separator to itself").isEqualTo(101 * skip);
        assertThat(scores[LENGTH + 1]).as("cell to itself").isEqualTo(101 * same);
        assertThat(scores[6 * LENGTH + 1]).as("the cell below sees the one above").isEqualTo(down + 100 * up);
        assertThat(scores[9 * LENGTH]).as("cell to separator").isEqualTo(101 * skip);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE_DIMENSIONAL")
    void rejectsTokensWithoutCells(Irpe.Method method) {
        Irpe.Config config = new Irpe.Config(method, PIECEWISE, 1.9, CONTEXTUAL, false, true, false, true);

        assertThatThrownBy(() -> new Irpe.Factory().create(config,
                new ModelShape(2, 8, 4, 1, 2, 4, Map.of(Coordinate.ROW, Layout.byTokens(3)))))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("method"))
                .hasMessage(
                        "goes by rows and columns, which the task's tokens do not have; set it to one-dimensional, or "
                                + "choose a task of grids");
    }

    @Test
    void rejectsCombinationsThatMakeNoSense() {
        assertThatThrownBy(() -> new Irpe.Config(ONE_DIMENSIONAL, PIECEWISE, 3, BIAS, false, true, true, true))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("onValues"))
                .hasMessage("must be false in bias mode, as values are vectors; or set mode to contextual");
        assertThatThrownBy(() -> new Irpe.Config(ONE_DIMENSIONAL, PIECEWISE, 3, BIAS, false, false, false, true))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("onKeys"))
                .hasMessage("leaves the encoding without a table: set onQueries, onKeys or onValues to true");
        assertThatThrownBy(() -> new Irpe.Config(PRODUCT, Irpe.Index.T5, 3, BIAS, false, true, false, true))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("index"))
                .hasMessage(
                        "t5 has no buckets for negative offsets and is for the method one-dimensional; set index to "
                                + "piecewise or clip");
        assertThatThrownBy(
                () -> new Irpe.Config(ONE_DIMENSIONAL, Irpe.Index.T5, 0.9, BIAS, false, true, false, true))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("ratio"))
                .hasMessage("must be at least 1 with the index t5, which needs 2 buckets, not 0.9");
        assertThatThrownBy(() -> new Irpe.Config(PRODUCT, CLIP, 0.4, BIAS, false, true, false, true))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("ratio"))
                .hasMessage("must be from 0.5 to 1000, not 0.4");
    }

    /// The sum of the vectors that a pair has in all tables of a name, as written in the paper at ratio 1.9.
    private static double[] row(Map<String, double[]> tables, String name, Irpe.Method method, boolean shared, int head,
            int i, int j) {
        int down = ROWS.get(i) - ROWS.get(j);
        int right = COLUMNS.get(i) - COLUMNS.get(j);
        boolean skipped = ROWS.get(i) == NONE || ROWS.get(j) == NONE;
        int square = down * down + right * right;
        return switch (method) {
            case ONE_DIMENSIONAL -> {
                int behind = name.equals("queries") ? j - i : i - j;
                yield vector(tables, name, shared ? 0 : head * 4, g(Math.max(0, behind)));
            }
            case EUCLIDEAN -> vector(tables, name, shared ? 0 : head * 8,
                    skipped ? 7 : 3 + g((int) Math.round(Math.sqrt(square))));
            case QUANTIZATION -> vector(tables, name, shared ? 0 : head * 8, skipped ? 7 : 3 + g(square));
            case PRODUCT -> vector(tables, name, shared ? 0 : head * 50,
                    skipped ? 49 : (g(down) + 3) * 7 + g(right) + 3);
            case CROSS -> {
                double[] byRow = vector(tables, name + "-row", shared ? 0 : head * 8, skipped ? 7 : 3 + g(down));
                double[] byColumn = vector(tables, name + "-column", shared ? 0 : head * 8, skipped ? 7 : 3 + g(right));
                yield IntStream.range(0, CHANNELS).mapToDouble(c -> byRow[c] + byColumn[c]).toArray();
            }
        };
    }

    private static double[] vector(Map<String, double[]> tables, String name, int before, int bucket) {
        int from = (before + bucket) * CHANNELS;
        return Arrays.copyOfRange(Objects.requireNonNull(tables.get(name)), from, from + CHANNELS);
    }

    private static int g(int distance) {
        return Integer.signum(distance) * PUBLISHED[Math.min(Math.abs(distance), 6)];
    }

    private static double[] numbers(int count, int factor) {
        return IntStream.range(0, count).mapToDouble(i -> factor * i).toArray();
    }

    private int count(Irpe.Method method, double ratio) {
        return new PairBuckets(method, PIECEWISE, ratio, grid.shape()).count();
    }

    private Irpe create(Irpe.Config config) {
        return new Irpe.Factory().create(config, grid.shape());
    }
}
