package org.intarsia.losses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What PyTorch computes of the same numbers; `src/test/golden/make_golden.py` made the file.
final class GoldenTest {

    private static final int CLASSES = 7;
    private static final Axis TIME = new Axis(Axes.TIME, 5);
    private static final Map<String, double[]> GOLDEN = golden();

    static Stream<Arguments> losses() {
        return Stream.of(
                made("cross-entropy", new CrossEntropy.Factory(), new CrossEntropy.Config(0)),
                made("smoothed", new CrossEntropy.Factory(), new CrossEntropy.Config(0.1)),
                made("expected-linear", new ExpectedDistance.Factory(), new ExpectedDistance.Config(Distance.LINEAR)),
                made("expected-quadratic", new ExpectedDistance.Factory(),
                        new ExpectedDistance.Config(Distance.QUADRATIC)),
                made("expected-square-root", new ExpectedDistance.Factory(),
                        new ExpectedDistance.Config(Distance.SQUARE_ROOT)),
                made("weighted-linear", new DistanceWeighted.Factory(), expected(Distance.LINEAR)),
                made("weighted-quadratic", new DistanceWeighted.Factory(), expected(Distance.QUADRATIC)),
                made("weighted-square-root", new DistanceWeighted.Factory(), expected(Distance.SQUARE_ROOT)),
                made("weighted-argmax", new DistanceWeighted.Factory(),
                        new DistanceWeighted.Config(Distance.LINEAR, 0.1, DistanceWeighted.Of.ARGMAX)),
                made("earth-mover", new EarthMover.Factory(), new EarthMover.Config()),
                made("focal-2", new Focal.Factory(), new Focal.Config(2)),
                made("focal-0.5", new Focal.Factory(), new Focal.Config(0.5)),
                made("squared", new Regression.Factory(), new Regression.Config(Regression.Penalty.SQUARED, 1)),
                made("huber-1", new Regression.Factory(), new Regression.Config(Regression.Penalty.HUBER, 1)),
                made("huber-3", new Regression.Factory(), new Regression.Config(Regression.Penalty.HUBER, 3)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theLossAndItsGradientAreThoseOfPyTorch(String name, Loss loss) {
        Graph graph = new Graph();
        boolean classes = loss.output() == Loss.Output.CLASSES;
        Axis[] axes = classes ? new Axis[] {TIME, new Axis(Axes.CLASS, CLASSES)} : new Axis[] {TIME};
        Tensor predictions =
                graph.variable("predictions", new Initializer.Given(Values.of(numbers(
                        classes ? "logits" : "numbers"))), Seed.of(1), axes);
        Tensor targets = graph.constant(DataType.INTEGER, Values.of(numbers("targets")), TIME);
        Tensor upstream = graph.constant(DataType.FLOAT, Values.of(numbers("upstream")), TIME);

        Tensor values = loss.loss(predictions, targets, graph.scope(Seed.of(1)));
        Tensor gradient = Objects
                .requireNonNull(Gradients.of(values.mul(upstream).sum(TIME), List.of(predictions)).get(predictions));

        assertSame(Computed.values(values, Axes.TIME), numbers(name));
        assertSame(
                Computed.values(gradient,
                        classes ? new String[] {Axes.TIME, Axes.CLASS} : new String[] {Axes.TIME}),
                numbers(name + ".gradient"));
    }

    private static void assertSame(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-12 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    private static DistanceWeighted.Config expected(Distance distance) {
        return new DistanceWeighted.Config(distance, 0.1, DistanceWeighted.Of.EXPECTED);
    }

    private static <C extends Record> Arguments made(String name, LossFactory<C> factory, C config) {
        return Arguments.of(name, factory.create(config, new ModelShape(CLASSES, 5, 1, 1, 1, 1)));
    }

    private static double[] numbers(String name) {
        return Objects.requireNonNull(GOLDEN.get(name), name);
    }

    private static Map<String, double[]> golden() {
        try (InputStream file = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("golden.txt"))) {
            Map<String, double[]> golden = new TreeMap<>();
            new String(file.readAllBytes(), UTF_8).lines().map(line -> line.split(" ")).forEach(parts -> golden
                    .put(parts[0], Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray()));
            return golden;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
