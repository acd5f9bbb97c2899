package org.intarsia.backends.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.junit.jupiter.api.Test;

/// What is the reference backend's own; that it is a backend is shown by the conformance kit's tests, and what its ops
/// compute is checked here against numbers worked out by hand, once for each kind of loop.
class ReferenceBackendTest {

    private static final Axis TIME = new Axis("time", 2);
    private static final Axis WIDTH = new Axis("width", 3);

    private final Graph graph = new Graph();
    private final Tensor x = graph.input("x", DataType.FLOAT, TIME, WIDTH);

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(BackendFactory.class)).hasExactlyElementsOfTypes(ReferenceBackendFactory.class)
                .allSatisfy(factory -> assertThat(factory.name()).isEqualTo("reference"));
    }

    @Test
    void computesInDoublePrecisionOnOneThread() {
        assertThat(new ReferenceBackend().device())
                .isEqualTo(new DeviceInfo("naive loops", DeviceInfo.Precision.DOUBLE, 1));
        assertThat(computed(x.mul(1.0 / 3))[1]).isEqualTo(2 * (1.0 / 3));
    }

    @Test
    void repeatsAnOperandAlongTheAxesThatItLacks() {
        Tensor offsets = graph.constant(DataType.FLOAT, Values.of(10, 20), TIME);
        assertThat(computed(x.add(offsets))).containsExactly(11, 12, 13, 24, 25, 26);
    }

    @Test
    void contractsAndReduces() {
        assertThat(computed(x.contract(WIDTH, x.rename("time", "key")))).containsExactly(14, 32, 32, 77);
        assertThat(computed(x.sum(TIME))).containsExactly(5, 7, 9);
        assertThat(computed(x.max(WIDTH))).containsExactly(3, 6);
    }

    @Test
    void movesNumbers() {
        assertThat(computed(
                x.split("width", new Axis("a", 3), new Axis("b", 1)).merge("a", "time", "m").sum(new Axis("b", 1))))
                .containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(computed(x.slice("width", 1, 2))).containsExactly(2, 3, 5, 6);
        assertThat(computed(x.pad("time", 1, 0).slice("width", 0, 1))).containsExactly(0, 1, 4);
        assertThat(computed(Tensor.concatenate("width", x.slice("width", 2, 1), x))).containsExactly(3, 1, 2, 3, 6, 4,
                5, 6);
    }

    @Test
    void looksUpAndAddsUp() {
        Axis bucket = new Axis("bucket", 2);
        Tensor index = graph.constant(DataType.INTEGER, Values.of(1, 0, 1), WIDTH);
        assertThat(computed(x.scatterAdd(bucket, index, List.of()))).containsExactly(2, 5, 4, 10);
        assertThat(computed(x.gather(TIME, index))).containsExactly(4, 2, 6);
        assertThat(computed(x.gather(WIDTH, graph.constant(DataType.INTEGER, 2)))).containsExactly(3, 6);
    }

    @Test
    void rejectsAnIndexOutsideItsAxisWithOpIndexAxisAndPath() {
        Tensor index = graph.constant(DataType.INTEGER, 3);
        Tensor row = graph.scope(Seed.of(1)).within("embedding", _ -> x.gather(WIDTH, index));
        assertThatThrownBy(() -> computed(row)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("gather: the index 3 is not within width 3, at embedding");
    }

    @Test
    void rejectsARunWithoutAnInput() {
        graph.output("y", x, TIME, WIDTH);
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(graph);
            assertThatThrownBy(executable::run).isInstanceOf(IllegalStateException.class)
                    .hasMessage("the input 'x' was never written; written: []");
            assertThatThrownBy(() -> executable.read("y", new double[6])).isInstanceOf(IllegalStateException.class)
                    .hasMessage("the output 'y' is read before the first run");
        }
    }

    @Test
    void namesWhatIsKnown() {
        graph.output("y", x, TIME, WIDTH);
        graph.variable("v", Initializer.zeros(), Seed.of(1), TIME);
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(graph);
            assertThatThrownBy(() -> executable.write("z", new double[6])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no input 'z'; known: [x]");
            assertThatThrownBy(() -> executable.read("x", new double[6])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no output 'x'; known: [y]");
            assertThatThrownBy(() -> session.read("w", new double[2])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no variable 'w'; known: [v]");
            assertThatThrownBy(() -> session.write("v", new double[3])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the variable 'v' {time 2} has 2 values, not 3");
        }
    }

    @Test
    void computesOnlyWhatIsNeeded() {
        x.exp();
        graph.output("y", x.neg(), TIME, WIDTH);
        assertThat(traced()).isEqualTo("""
                %0 = x {time 2, width 3}: 1.00000 2.00000 3.00000 4.00000 5.00000 6.00000
                %2 = negate {time 2, width 3}: -1.00000 -2.00000 -3.00000 -4.00000 -5.00000 -6.00000
                """);
    }

    @Test
    void printsLongValuesWithTheirRangeAndWhatIsNotFinite() {
        Tensor y = graph.scope(Seed.of(1)).within("head", _ -> x.expand(WIDTH.named("copy")).sub(1).log());
        graph.output("y", y, TIME, WIDTH, WIDTH.named("copy"));
        assertThat(traced())
                .endsWith("%4 = log {time 2, width 3, copy 3} at head: -Infinity -Infinity -Infinity 0.00000 0.00000"
                        + " 0.00000 0.693147 0.693147 … (18 values, 0.00000 to 1.60944, 3 not finite)\n");
    }

    private String traced() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        run(new ReferenceBackend(Trace.to(new PrintStream(bytes, true, StandardCharsets.UTF_8)))).close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private double[] computed(Tensor tensor) {
        graph.output("y" + tensor.id(), tensor, tensor.axes().toArray(Axis[]::new));
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(graph);
            executable.write("x", new double[] {1, 2, 3, 4, 5, 6});
            executable.run();
            double[] numbers = new double[tensor.count()];
            executable.read("y" + tensor.id(), numbers);
            return numbers;
        }
    }

    private Session run(Backend backend) {
        Session session = backend.open();
        Executable executable = session.compile(graph);
        executable.write("x", new double[] {1, 2, 3, 4, 5, 6});
        executable.run();
        return session;
    }
}
