package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.intarsia.api.component.Axes.CLASS;
import static org.intarsia.api.component.Axes.TIME;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.OptimizerSettings;
import org.intarsia.runner.model.BuiltIn;
import org.intarsia.runner.model.Transformer;
import org.intarsia.runner.run.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What PyTorch computed for a small model of makemore's architecture (`src/test/golden/make_golden.py`), compared tensor
/// by tensor on every backend that is found.
final class GoldenTest {

    private static final ModelShape SHAPE = new ModelShape(11, 6, 8, 2, 2, 32);
    private static final int ROWS = 4;
    private static final int STEPS = 10;
    private static final double CLIP_NORM = 0.5;
    private static final double RATE = 1e-2;
    /// Of the three thirds of attention's first map, the second makes the keys.
    private static final int KEYS = 1;
    private static final Seed SEED = Seed.of(1);
    private static final Axis[] POSITIONS = {new Axis("batch", ROWS), new Axis(TIME, SHAPE.length())};
    private static final Axis CLASSES = new Axis(CLASS, SHAPE.vocabulary());
    private static final Loss CROSS_ENTROPY = (logits, targets, _) -> logits.crossEntropy(CLASSES, targets);

    /// How far a number may be from PyTorch's, |difference| ≤ tolerance·(1 + |expected|), with a reason.
    ///
    /// @param once after one pass
    /// @param trained after ten steps
    /// @param keyBias of the biases of keys after ten steps. They shift all scores of a query alike, so their gradients are
    ///        0 but for rounding, and AdamW divides rounding by rounding: in single precision that moves them by up to
    ///        the learning rate in each step, and changes nothing that the model computes
    private record Tolerance(double once, double trained, double keyBias) {

        static Tolerance of(Backend backend) {
            return switch (backend.device().precision()) {
                // PyTorch computed in double precision as well, in another order of sums.
                case DOUBLE -> new Tolerance(1e-11, 1e-9, 1e-9);
                // 2⁻²⁴ per operation and sums of up to 100 terms of order 1 give errors near 1e-6; AdamW divides gradients by
                // their own size, which magnifies the errors of small ones.
                case SINGLE -> new Tolerance(1e-6, 5e-6, STEPS * RATE);
            };
        }
    }

    static Stream<BackendFactory<?>> backends() {
        return BuiltIn.backends();
    }

    @Test
    void findsTheBackendThatDefinesTheOps() {
        assertThat(backends().map(BackendFactory::name)).contains("reference");
    }

    @ParameterizedTest
    @MethodSource("backends")
    void predictsTheLogitsOfPyTorch(BackendFactory<?> factory) throws Exception {
        SafetensorsFile golden = golden();
        Backend backend = BuiltIn.backend(factory);
        try (Session session = backend.open()) {
            Graph graph = new Graph();
            Tensor logits = model().predictions(graph.input("tokens", DataType.INTEGER, POSITIONS),
                    Positions.first(graph, SHAPE.length()), graph.scope(SEED));
            graph.output("logits", logits, POSITIONS[0], POSITIONS[1], CLASSES);

            Executable executable = session.compile(graph);
            writeWeights(session, graph.parameters(), golden);
            executable.write("tokens", golden.values("input.tokens"));
            executable.run();

            assertClose("logits", read(executable, "logits", logits.count()), golden.values("logits"),
                    Tolerance.of(backend).once());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void computesTheLossAndEveryGradientOfPyTorch(BackendFactory<?> factory) throws Exception {
        SafetensorsFile golden = golden();
        Backend backend = BuiltIn.backend(factory);
        try (Session session = backend.open()) {
            Graph graph = new Graph();
            Tensor targets = graph.input("targets", DataType.INTEGER, POSITIONS);
            Tensor weights = graph.input("weights", DataType.FLOAT, POSITIONS);
            Tensor logits = model().predictions(graph.input("tokens", DataType.INTEGER, POSITIONS),
                    Positions.first(graph, SHAPE.length()), graph.scope(SEED));
            Tensor loss = logits.crossEntropy(CLASSES, targets).mul(weights).sum(POSITIONS).div(weights.sum(POSITIONS));
            Map<Tensor, Tensor> gradients = Gradients.of(loss, graph.parameters().values());
            graph.output("loss", loss);
            graph.parameters().forEach((name, parameter) -> graph.output(name,
                    Objects.requireNonNull(gradients.get(parameter)), parameter.axes().toArray(Axis[]::new)));

            Executable executable = session.compile(graph);
            writeWeights(session, graph.parameters(), golden);
            writeBatch(executable, golden);
            executable.run();

            double tolerance = Tolerance.of(backend).once();
            assertClose("loss", read(executable, "loss", 1), golden.values("loss"), tolerance);
            assertThat(graph.parameters().keySet())
                    .containsExactlyInAnyOrderElementsOf(names(golden, "gradient."));
            graph.parameters().forEach((name, parameter) -> assertClose("gradient." + name,
                    read(executable, name, parameter.count()), golden.values("gradient." + name), tolerance));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void trainsToTheLossesAndWeightsOfPyTorch(BackendFactory<?> factory) throws Exception {
        SafetensorsFile golden = golden();
        Backend backend = BuiltIn.backend(factory);
        try (Session session = backend.open()) {
            TrainingGraph training = training(0);
            double[] losses = train(session, training, golden);

            Tolerance tolerance = Tolerance.of(backend);
            assertClose("losses", losses, golden.values("losses"), tolerance.trained());
            assertThat(training.graph().parameters().keySet())
                    .containsExactlyInAnyOrderElementsOf(names(golden, "final."));
            training.graph().parameters().forEach((name, parameter) -> {
                double[] weights = new double[parameter.count()];
                session.read(name, weights);
                double[] expected = golden.values("final." + name);
                boolean ofAttention = name.endsWith("c_attn.bias");
                assertClose("final." + name, weights, expected, i -> ofAttention && i / SHAPE.width() == KEYS
                        ? tolerance.keyBias()
                        : tolerance.trained());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void clipsGradientsAsPyTorchDoes(BackendFactory<?> factory) throws Exception {
        SafetensorsFile golden = golden();
        Backend backend = BuiltIn.backend(factory);
        try (Session session = backend.open()) {
            double[] losses = train(session, training(CLIP_NORM), golden);

            assertClose("losses.clipped", losses, golden.values("losses.clipped"), Tolerance.of(backend).trained());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void noticesASingleWrongWeight(BackendFactory<?> factory) throws Exception {
        SafetensorsFile golden = golden();
        Backend backend = BuiltIn.backend(factory);
        try (Session session = backend.open()) {
            TrainingGraph training = training(0);
            Executable executable = session.compile(training.graph());
            writeWeights(session, training.graph().parameters(), golden);
            double[] broken = golden.values("weight.transformer.h.1.attn.c_attn.bias");
            broken[20] += 1e-3;
            session.write("transformer.h.1.attn.c_attn.bias", broken);
            double[] losses = steps(executable, golden);

            assertThatThrownBy(
                    () -> assertClose("losses", losses, golden.values("losses"), Tolerance.of(backend).once()))
                    .isInstanceOf(AssertionError.class).hasMessageStartingWith("losses[0] is ");
        }
    }

    private static TrainingGraph training(double clipNorm) {
        OptimizerSettings optimizer = new OptimizerSettings(RATE, 0.9, 0.99, 1e-8, 0.01, clipNorm);
        return TrainingGraph.build(model(), CROSS_ENTROPY, optimizer, SEED, ROWS, SHAPE.length());
    }

    private static double[] train(Session session, TrainingGraph training, SafetensorsFile golden) {
        Executable executable = session.compile(training.graph());
        writeWeights(session, training.graph().parameters(), golden);
        return steps(executable, golden);
    }

    private static double[] steps(Executable executable, SafetensorsFile golden) {
        writeBatch(executable, golden);
        double[] losses = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            executable.run();
            losses[step] = read(executable, TrainingGraph.LOSS, 1)[0];
        }
        return losses;
    }

    private static void writeWeights(Session session, SequencedMap<String, Tensor> parameters, SafetensorsFile golden) {
        assertThat(parameters.keySet()).containsExactlyInAnyOrderElementsOf(names(golden, "weight."));
        parameters.forEach((name, parameter) -> {
            assertThat(golden.shape("weight." + name))
                    .hasValue(parameter.axes().stream().map(Axis::size).toList());
            session.write(name, golden.values("weight." + name));
        });
    }

    /// PyTorch ignores the target −1; here it has the weight 0.
    private static void writeBatch(Executable executable, SafetensorsFile golden) {
        double[] targets = golden.values("input.targets");
        executable.write("tokens", golden.values("input.tokens"));
        executable.write("weights", Arrays.stream(targets).map(t -> t < 0 ? 0 : 1).toArray());
        executable.write("targets", Arrays.stream(targets).map(t -> Math.max(t, 0)).toArray());
    }

    private static double[] read(Executable executable, String output, int count) {
        double[] values = new double[count];
        executable.read(output, values);
        return values;
    }

    private static List<String> names(SafetensorsFile golden, String prefix) {
        return golden.names().stream().filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }

    private static void assertClose(String name, double[] actual, double[] expected, double tolerance) {
        assertClose(name, actual, expected, _ -> tolerance);
    }

    private static void assertClose(String name, double[] actual, double[] expected, IntToDoubleFunction tolerances) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs(actual[i] - expected[i]);
            double tolerance = tolerances.applyAsDouble(i);
            // Written so that a NaN fails.
            if (!(difference <= tolerance * (1 + Math.abs(expected[i])))) {
                fail(name + "[" + i + "] is " + actual[i] + ", PyTorch's is " + expected[i] + ": " + difference
                        + " apart, where " + tolerance + " is allowed");
            }
        }
    }

    private static Transformer model() {
        return new Transformer(SHAPE, BuiltIn.learned(SHAPE), BuiltIn.absolute(SHAPE), Loss.Output.CLASSES);
    }

    private static SafetensorsFile golden() throws IOException, URISyntaxException {
        return SafetensorsFile.read(Path.of(Objects.requireNonNull(
                GoldenTest.class.getResource("/org/intarsia/runner/golden/makemore-small.safetensors")).toURI()));
    }
}
