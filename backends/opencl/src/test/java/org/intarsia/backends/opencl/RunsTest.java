package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// What goes over the bus, what a device cannot do, and several at a time.
final class RunsTest {

    private static final Seed SEED = Seed.of(1);
    private static final Axis TIME = new Axis("time", 6);
    private static final Axis CLASS = new Axis("class", 5);

    @Test
    void anIndexThatIsAnInputIsCheckedBeforeItIsSent() {
        Graph graph = new Graph();
        Tensor tokens = graph.input("tokens", DataType.INTEGER, TIME);
        Tensor table = graph.variable("table", Initializer.ones(), SEED, CLASS);
        graph.output("rows", table.gather(CLASS, tokens), TIME);

        assertThat(plan(graph)).isEqualTo("launches: 1, bytes to the device: 24, from it: 0");
    }

    @Test
    void anIndexThatTheDeviceComputesIsReportedByIt() {
        Graph graph = new Graph();
        Tensor tokens = graph.input("tokens", DataType.INTEGER, TIME);
        Tensor table = graph.variable("table", Initializer.ones(), SEED, CLASS);
        graph.assign(table, table.add(table.gather(CLASS, tokens.add(tokens)).sum(TIME).expand(CLASS)));

        assertThat(plan(graph)).isEqualTo("launches: 3, bytes to the device: 24, from it: 8");
        try (Session session = open()) {
            Executable executable = session.compile(graph);
            executable.write("tokens", new double[] {0, 1, 2, 0, 3, 0});
            assertThatThrownBy(executable::run).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("gather: the index 6 is not within class 5");
            assertThat(read(session)).containsOnly(1.0);
            executable.write("tokens", new double[6]);
            executable.run();
            assertThat(read(session)).containsOnly(7.0);
        }
    }

    @Test
    void anIndexThatLiesWithinWhateverIsWrittenNeedsNoCheck() {
        Graph graph = new Graph();
        Tensor tokens = graph.input("tokens", DataType.INTEGER, TIME);
        Tensor table = graph.variable("table", Initializer.ones(), SEED, CLASS);
        Tensor least = graph.constant(DataType.INTEGER, 0).expand(TIME);
        Tensor most = graph.constant(DataType.INTEGER, 4).expand(TIME);
        graph.output("rows", table.gather(CLASS, tokens.add(tokens).maximum(least).minimum(most)), TIME);

        assertThat(plan(graph)).isEqualTo("launches: 1, bytes to the device: 24, from it: 0");
    }

    @Test
    void anInputThatNothingNeedsIsNotSent() {
        Graph graph = new Graph();
        graph.input("unused", DataType.FLOAT, TIME);
        graph.output("double", graph.input("x", DataType.FLOAT, CLASS).mul(2), CLASS);

        assertThat(plan(graph)).isEqualTo("launches: 1, bytes to the device: 20, from it: 0");
        try (Session session = open()) {
            Executable executable = session.compile(graph);
            executable.write("unused", new double[6]);
            assertThatThrownBy(() -> executable.write("unused", new double[5]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the input 'unused' has 6 values, not 5");
            assertThatThrownBy(executable::run).isInstanceOf(IllegalStateException.class)
                    .hasMessage("these inputs were never written: [x]");
        }
    }

    @Test
    void moreMemoryThanThereIsIsAnErrorBeforeARun() {
        Axis wide = new Axis("wide", 1 << 15);
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, wide);
        Tensor all = x.outer(x.rename("wide", "other"));
        graph.output("all", all, all.axes().toArray(Axis[]::new));
        Device device = AnyDevice.find();
        Device small =
                new Device(device.platform(), device.name(), device.driver(), device.version(), device.gpu(),
                        device.units(), 1L << 31, 1L << 31, device.local(), device.group(), device.platformId(),
                        device.id());

        try (Session session = new OpenClBackend(small, 1).open()) {
            assertThatThrownBy(() -> session.compile(graph)).isInstanceOf(InsufficientMemoryException.class)
                    .hasMessageContaining("4.00 GiB of memory are needed at once")
                    .hasMessageContaining("2.00 GiB");
        }
    }

    /// Runs of an ablation train side by side, on one device and with one compiler.
    @Test
    void sessionsSideBySideGiveTheBitsThatTheyGiveAlone() throws Exception {
        Device device = AnyDevice.find();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<double[]>> sideBySide = IntStream.range(0, 8)
                    .mapToObj(depth -> threads.submit(() -> trained(device, depth))).toList();
            for (int depth = 0; depth < sideBySide.size(); depth++) {
                assertThat(sideBySide.get(depth).get()).containsExactly(trained(device, depth));
            }
        }
    }

    /// Returns weights after some steps; another depth is another graph.
    private static double[] trained(Device device, int depth) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, TIME, CLASS);
        Tensor weight = graph.variable("weight", new Initializer.Normal(0, 1), SEED, CLASS);
        Tensor y = x.mul(weight.like(x));
        for (int i = 0; i < depth; i++) {
            y = y.tanh().softmax(CLASS).mul(x);
        }
        Gradients.of(y.square().sum(TIME, CLASS), List.of(weight))
                .forEach((variable, gradient) -> graph.assign(variable, variable.sub(gradient.mul(0.01))));
        try (Session session = new OpenClBackend(device, device.lanes()).open()) {
            Executable step = session.compile(graph);
            step.write("x", IntStream.range(0, TIME.size() * CLASS.size()).mapToDouble(Math::sin).toArray());
            for (int i = 0; i < 20; i++) {
                step.run();
            }
            double[] numbers = new double[CLASS.size()];
            session.read("weight", numbers);
            return numbers;
        }
    }

    private static Session open() {
        return new OpenClBackend(AnyDevice.find(), 1).open();
    }

    private static String plan(Graph graph) {
        try (Session session = open()) {
            return session.compile(graph).plan();
        }
    }

    private static List<Double> read(Session session) {
        double[] numbers = new double[CLASS.size()];
        session.read("table", numbers);
        return Arrays.stream(numbers).boxed().toList();
    }
}
