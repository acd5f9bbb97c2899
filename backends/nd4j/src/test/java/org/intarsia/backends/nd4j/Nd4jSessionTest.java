package org.intarsia.backends.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class Nd4jSessionTest {

    private static final Axis ROW = new Axis("row", 700);
    private static final Axis IN = new Axis("in", 96);
    private static final Axis OUT = new Axis("out", 80);

    private static Backend backend(int threads) {
        return new Nd4jBackendFactory().create(new Nd4jBackendFactory.Config(threads));
    }

    /// A layer, its loss and a step along its gradient: large enough that ND4J shares the work out.
    private static Graph step() {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, ROW, IN);
        Tensor weight = graph.variable("weight", new Initializer.Uniform(-1, 1), Seed.of(5), OUT, IN);
        Tensor loss = x.layerNorm(IN, 1e-5).contract(IN, weight).gelu().softmax(OUT).square().mean(ROW, OUT);
        Tensor gradient = Objects.requireNonNull(Gradients.of(loss, List.of(weight)).get(weight));
        graph.assign(weight, weight.sub(gradient.mul(10)));
        graph.output("loss", loss);
        return graph;
    }

    private static List<Double> train(int threads) {
        Graph graph = step();
        try (Session session = backend(threads).open()) {
            Executable executable = session.compile(graph);
            double[] x = new double[ROW.size() * IN.size()];
            List<Double> numbers = new ArrayList<>();
            for (int run = 0; run < 10; run++) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = Math.sin(i * 0.7 + run);
                }
                executable.write("x", x);
                executable.run();
                double[] loss = new double[1];
                executable.read("loss", loss);
                numbers.add(loss[0]);
            }
            double[] weight = new double[OUT.size() * IN.size()];
            session.read("weight", weight);
            for (double w : weight) {
                numbers.add(w);
            }
            return numbers;
        }
    }

    @Test
    void theNumberOfThreadsChangesNoBit() {
        List<Double> alone = train(1);

        for (int threads : new int[] {2, 3}) {
            assertThat(train(threads).equals(alone)).as("the bits of 1 and %d threads are the same", threads).isTrue();
        }
        assertThat(train(1).equals(alone)).as("the bits of 1 threadagain are the same").isTrue();
    }

    @Test
    void sessionsOfSeveralThreadsDoNotMeet() throws Exception {
        List<Double> alone = train(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
            List<Callable<List<Double>>> tasks = List.of(() -> train(1), () -> train(1), () -> train(1));
            for (Future<List<Double>> result : executor.invokeAll(tasks)) {
                assertThat(result.get().equals(alone)).isTrue();
            }
        }
    }

    /// OpenMP takes all processors in a thread that has not said otherwise.
    @Test
    void aSessionsThreadsAreThoseOfWhicheverThreadRunsIt() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(1);
                Session session = backend(1).open();
                Session other = backend(3).open()) {
            assertThat(executor.submit(() -> threadsAfterRunningIn(session)).get()).isEqualTo(1);
            assertThat(executor.submit(() -> threadsAfterRunningIn(other)).get()).isEqualTo(3);
            assertThat(threadsAfterRunningIn(session)).isEqualTo(1);
        }
    }

    private static int threadsAfterRunningIn(Session session) throws ReflectiveOperationException {
        session.compile(new Graph()).run();
        Class<?> holder = session.getClass().getClassLoader().loadClass("org.nd4j.nativeblas.NativeOpsHolder");
        Object instance = holder.getMethod("getInstance").invoke(null);
        Object operations = holder.getMethod("getDeviceNativeOps").invoke(instance);
        return (int) holder.getClassLoader().loadClass("org.nd4j.nativeblas.NativeOps").getMethod("ompGetMaxThreads")
                .invoke(operations);
    }

    @Test
    void valuesThatDoNotLiveTogetherShareTheirPlaces() throws ReflectiveOperationException {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, ROW, IN);
        Tensor y = x;
        for (int i = 0; i < 50; i++) {
            y = y.mul(0.5).exp();
        }
        graph.output("y", y, ROW, IN);
        try (Session session = backend(1).open()) {
            session.compile(graph);
            Method allocated = session.getClass().getDeclaredMethod("allocated");
            allocated.setAccessible(true);

            assertThat((long) allocated.invoke(session)).as("input, output, and two values at a time")
                    .isBetween(4L * x.count(), 4L * x.count() + 1000);
        }
    }

    @Test
    void anExecutableThatNobodyHasGivesItsMemoryBack() throws Exception {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", DataType.FLOAT, ROW, IN).exp(), ROW, IN);
        try (Session session = backend(1).open()) {
            Method allocated = session.getClass().getDeclaredMethod("allocated");
            allocated.setAccessible(true);
            Executable kept = session.compile(graph);
            long one = (long) allocated.invoke(session);
            for (int i = 0; i < 20; i++) {
                session.compile(graph);
            }
            for (int i = 0; i < 100 && (long) allocated.invoke(session) > one; i++) {
                System.gc();
                Thread.sleep(10);
            }

            assertThat((long) allocated.invoke(session)).isEqualTo(one);
            kept.write("x", new double[ROW.size() * IN.size()]);
            kept.run();
        }
    }

    /// Native code would write to memory that is no longer its own.
    @Test
    void whatIsUsedAfterItsSessionIsClosedIsRefused() {
        Session session = backend(1).open();
        Executable executable = session.compile(step());
        session.close();
        session.close();

        assertThatThrownBy(executable::run).isInstanceOf(IllegalStateException.class)
                .hasMessage("the session is closed");
        assertThatThrownBy(() -> executable.read("loss", new double[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.read("weight", new double[1])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.compile(new Graph())).isInstanceOf(IllegalStateException.class);
    }
}
