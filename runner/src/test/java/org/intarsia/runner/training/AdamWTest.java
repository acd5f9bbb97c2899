package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.runner.config.OptimizerSettings;
import org.intarsia.runner.model.BuiltIn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdamWTest {

    private static final int STEPS = 60;
    private static final double[] START = {1, -2, 0.5, 3};
    private static final double[] CURVATURE = {1, 0.1, 30, 0};

    /// Minimises Σ ½cp², whose gradient is cp; the last parameter has none and only decays.
    @ParameterizedTest
    @CsvSource({"0.1, 0.9, 0.999, 1e-8, 0.01, 0", "0.1, 0.9, 0.999, 1e-8, 0.01, 1", "0.01, 0, 0.9, 1e-3, 0, 0",
        "0.05, 0.5, 0.25, 1e-3, 0.5, 100"})
    void followsTheFormulas(double rate, double beta1, double beta2, double epsilon, double decay, double clip) {
        OptimizerSettings settings = new OptimizerSettings(rate, beta1, beta2, epsilon, decay, clip);
        double[] expected = START.clone();
        double[] m = new double[START.length];
        double[] v = new double[START.length];
        double[] norms = new double[STEPS];
        for (int t = 1; t <= STEPS; t++) {
            double norm = 0;
            for (int i = 0; i < expected.length; i++) {
                norm += Math.pow(CURVATURE[i] * expected[i], 2);
            }
            norm = Math.sqrt(norm);
            norms[t - 1] = norm;
            double scale = clip == 0 ? 1 : Math.min(1, clip / (norm + 1e-6));
            for (int i = 0; i < expected.length; i++) {
                double g = scale * CURVATURE[i] * expected[i];
                m[i] = beta1 * m[i] + (1 - beta1) * g;
                v[i] = beta2 * v[i] + (1 - beta2) * g * g;
                double first = m[i] / (1 - Math.pow(beta1, t));
                double second = v[i] / (1 - Math.pow(beta2, t));
                expected[i] -= rate * decay * expected[i] + rate * first / (Math.sqrt(second) + epsilon);
            }
        }

        Graph graph = new Graph();
        Axis axis = new Axis("x", START.length);
        Tensor parameter = graph.scope(Seed.of(1)).parameter("p", new Initializer.Given(Values.of(START)), axis);
        Tensor curvature = graph.constant(DataType.FLOAT, Values.of(CURVATURE), axis);
        Tensor loss = parameter.square().mul(curvature).sum(axis).mul(0.5);
        graph.output("norm",
                new AdamW(settings, graph).update(Gradients.of(loss, graph.parameters().values())));
        try (Session session = BuiltIn.reference().open()) {
            Executable executable = session.compile(graph);
            double[] norm = new double[1];
            for (int t = 0; t < STEPS; t++) {
                executable.run();
                executable.read("norm", norm);
                assertThat(norm[0]).isCloseTo(norms[t], Offset.offset(1e-9));
            }
            double[] actual = new double[START.length];
            session.read("p", actual);
            assertThat(actual).containsExactly(expected, Offset.offset(1e-9));
            double[] steps = new double[1];
            session.read(AdamW.STEP, steps);
            assertThat(steps).containsExactly(STEPS);
        }
        assertThat(Arrays.stream(expected).boxed().toList()).isNotEqualTo(List.of(1.0, -2.0, 0.5, 3.0));
    }
}
