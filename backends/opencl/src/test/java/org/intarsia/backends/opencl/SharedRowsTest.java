package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.opencl.code.Code;
import org.intarsia.backends.opencl.code.Faults;
import org.intarsia.backends.opencl.code.Memory;
import org.intarsia.backends.opencl.plan.Schedule;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that the work-items of a group share, as on GPUs: here on any device, since a processor by itself gives each row to
/// one work-item.
final class SharedRowsTest {

    private static final int LANES = 64;
    private static final Axis BATCH = new Axis("batch", 3);
    private static final Axis TIME = new Axis("time", 5);
    private static final Axis CHANNEL = new Axis("channel", 7);

    /// Layer norm, a product, attention with softmax, cross-entropy, their gradients, and an update: sums of all kinds, of
    /// fewer numbers than a group has items, of as many, and of more.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 200})
    void aStepOfTrainingIsWhatTheReferenceComputes(int size) {
        Device device = AnyDevice.find();
        Axis width = new Axis("width", size);

        List<double[]> actual = trained(new OpenClBackend(device, LANES), width);

        List<double[]> expected = trained(new ReferenceBackend(), width);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).hasSameSizeAs(expected.get(i));
            for (int j = 0; j < actual.get(i).length; j++) {
                // Two steps of numbers of order 1 with sums of up to 200 terms, in single precision.
                assertThat(actual.get(i)[j]).isCloseTo(expected.get(i)[j], within(2e-5));
            }
        }
    }

    @Test
    void noGroupHasMoreItemsThanTheDeviceAllows() {
        int most = 16;
        Schedule schedule = Schedule.of(step(new Axis("width", 70)), false);
        Memory memory = new Memory(schedule, 8192, most, _ -> 0);

        assertThat(new Code(schedule, memory, new Faults(), most, most).steps()).isNotEmpty()
                .allSatisfy(launch -> assertThat(launch.items()).isLessThanOrEqualTo(most));
    }

    /// Returns the loss and the weights after two steps.
    private static List<double[]> trained(Backend backend, Axis width) {
        Graph graph = step(width);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            Random random = new Random(width.size());
            int tokens = BATCH.size() * TIME.size();
            executable.write("x", random.doubles((long) tokens * width.size(), -1, 1).toArray());
            executable.write("targets", random.ints(tokens, 0, width.size()).asDoubleStream().toArray());
            executable.run();
            executable.run();
            double[] loss = new double[1];
            executable.read("loss", loss);
            Stream<double[]> weights = graph.variables().entrySet().stream().map(variable -> {
                double[] numbers = new double[variable.getValue().count()];
                session.read(variable.getKey(), numbers);
                return numbers;
            });
            return Stream.concat(Stream.of(loss), weights).toList();
        }
    }

    private static Graph step(Axis width) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, BATCH, TIME, width);
        Tensor targets = graph.input("targets", DataType.INTEGER, BATCH, TIME);
        Tensor into = graph.variable("into", new Initializer.Normal(0, 0.3), Seed.of(1), CHANNEL, width);
        Tensor out = graph.variable("out", new Initializer.Normal(0, 0.3), Seed.of(2), width, CHANNEL);
        Tensor rows = x.layerNorm(width, 1e-5).contract(width, into);
        Tensor queries = rows.rename("time", "query");
        Tensor keys = rows.rename("time", "key");
        Axis key = TIME.named("key");
        Tensor mixed = queries.contract(CHANNEL, keys).softmax(key).contract(key, keys).rename("query", "time");
        Tensor each = mixed.contract(CHANNEL, out).crossEntropy(width, targets);
        Tensor loss = each.mean(BATCH, TIME);
        graph.output("loss", loss);
        Gradients.of(loss, List.of(into, out))
                .forEach((variable, gradient) -> graph.assign(variable, variable.sub(gradient.mul(0.1))));
        return graph;
    }
}
