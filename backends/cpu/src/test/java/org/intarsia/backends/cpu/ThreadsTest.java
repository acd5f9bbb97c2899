package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.ElementwiseKernel;
import org.intarsia.backends.cpu.kernel.GatherKernel;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.LaneProduct;
import org.intarsia.backends.cpu.kernel.PackKernel;
import org.intarsia.backends.cpu.kernel.PanelProduct;
import org.intarsia.backends.cpu.kernel.RandomKernel;
import org.intarsia.backends.cpu.kernel.ReductionKernel;
import org.intarsia.backends.cpu.kernel.RowwiseKernel;
import org.intarsia.backends.cpu.kernel.ScatterAddKernel;
import org.intarsia.backends.cpu.kernel.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ThreadsTest {

    private static final int STEPS = 25;
    private static final Axis ROW = new Axis("row", 512);
    private static final Axis WIDTH = new Axis("width", 64);
    private static final Axis PLACE = new Axis("place", 10);

    @Test
    void theNumberOfThreadsChangesNoBit() {
        List<Long> alone = train(1);
        for (int threads : new int[] {2, 3, 5}) {
            assertThat(train(threads).equals(alone)).as("the bits of 1 and %d threads are the same", threads).isTrue();
        }
    }

    private static List<Long> train(int threads) {
        TrainingStep step = new TrainingStep(33, 24, 64);
        try (CpuSession session = new CpuSession(threads)) {
            CpuExecutable executable = (CpuExecutable) session.compile(step.graph());
            if (threads > 1) {
                assertShared(session, executable);
            }
            for (int i = 0; i < STEPS; i++) {
                step.feed(executable, i);
                executable.run();
            }
            return step.bits(session, executable);
        }
    }

    private static void assertShared(CpuSession session, CpuExecutable executable) {
        Set<Class<? extends Kernel>> shared = new HashSet<>();
        Arrays.stream(executable.steps).filter(session.threads::shares)
                .forEach(kernel -> shared.add(kernel.getClass()));
        assertThat(shared).contains(ElementwiseKernel.class, ReductionKernel.class, PanelProduct.class,
                LaneProduct.class,
                PackKernel.class, RowwiseKernel.class, GatherKernel.class, ScatterAddKernel.class, RandomKernel.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyUnitIsDoneOnce(int count) {
        Threads threads = new Threads(count);
        for (int units = 1; units < 40; units++) {
            AtomicIntegerArray done = new AtomicIntegerArray(units);
            threads.run(new Units(units, 1_000_000) {
                @Override
                void unit(int unit) {
                    done.incrementAndGet(unit);
                }
            });
            for (int unit = 0; unit < units; unit++) {
                assertThat(done.get(unit)).as("unit %d of %d", unit, units).isEqualTo(1);
            }
        }
        threads.close();
    }

    @Test
    void smallKernelsAndSingleUnitsStayOnTheCallersThread() {
        Threads threads = new Threads(2);
        assertThat(threads.shares(new Units(1, 1_000_000))).isFalse();
        assertThat(threads.shares(new Units(8, 1000))).isFalse();
        assertThat(threads.shares(new Units(8, 1_000_000))).isTrue();
        threads.close();
        Threads alone = new Threads(1);
        assertThat(alone.shares(new Units(8, 1_000_000))).isFalse();
        alone.close();
    }

    @Test
    void largeKernelsAreDoneByAllThreads() {
        Threads threads = new Threads(3);
        String[] names = new String[3];
        threads.run(new Units(3, 1_000_000) {
            @Override
            void unit(int unit) {
                names[unit] = Thread.currentThread().getName();
            }
        });
        threads.close();
        assertThat(names).containsExactly(Thread.currentThread().getName(), "intarsia-cpu-1", "intarsia-cpu-2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anIndexOutsideReachesTheCallerAndTheSessionStaysUsable(int threads) {
        Graph graph = new Graph();
        Tensor table = graph.variable("table", new Initializer.Normal(0, 1), Seed.of(1), PLACE, WIDTH);
        Tensor index = graph.input("index", DataType.INTEGER, ROW);
        graph.output("rows", table.gather(PLACE, index), ROW, WIDTH);
        try (CpuSession session = new CpuSession(threads)) {
            CpuExecutable executable = (CpuExecutable) session.compile(graph);
            assertThat(session.threads.shares(executable.steps[0])).isEqualTo(threads > 1);
            for (int[] wrong : new int[][] {{511}, {0}, {0, 511}, {0, 100, 200, 300, 400, 511}}) {
                executable.write("index", indices(wrong));
                assertThatThrownBy(executable::run).isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("gather: the index 10 is not within place 10");
                executable.write("index", indices());
                executable.run();
                assertThat(rows(executable)).containsExactly(expected(session));
            }
        }
    }

    private static double[] indices(int... wrong) {
        double[] indices = IntStream.range(0, ROW.size()).mapToDouble(i -> i % PLACE.size()).toArray();
        IntStream.of(wrong).forEach(i -> indices[i] = PLACE.size());
        return indices;
    }

    private static double[] rows(Executable executable) {
        double[] rows = new double[ROW.size() * WIDTH.size()];
        executable.read("rows", rows);
        return rows;
    }

    private static double[] expected(Session session) {
        double[] table = new double[PLACE.size() * WIDTH.size()];
        session.read("table", table);
        return IntStream.range(0, ROW.size() * WIDTH.size())
                .mapToDouble(i -> table[i / WIDTH.size() % PLACE.size() * WIDTH.size() + i % WIDTH.size()]).toArray();
    }

    @Test
    void anErrorInAHelperReachesTheCallerAndTheHelperStays() {
        Threads threads = new Threads(3);
        for (int round = 0; round < 3; round++) {
            Units failing = new Units(3, 1_000_000) {
                @Override
                void unit(int unit) {
                    if (unit == 2) {
                        throw new StackOverflowError("in unit 2");
                    }
                }
            };
            assertThatThrownBy(() -> threads.run(failing)).isInstanceOf(StackOverflowError.class)
                    .hasMessage("in unit 2");
            AtomicIntegerArray done = new AtomicIntegerArray(3);
            threads.run(new Units(3, 1_000_000) {
                @Override
                void unit(int unit) {
                    done.incrementAndGet(unit);
                }
            });
            assertThat(done).hasToString("[1, 1, 1]");
        }
        threads.close();
    }

    @Test
    void ofSeveralFailuresThatOfTheFirstUnitsIsThrown() {
        Threads threads = new Threads(5);
        for (int from = 0; from < 5; from++) {
            int first = from;
            assertThatThrownBy(() -> threads.run(new Units(5, 1_000_000) {
                @Override
                void unit(int unit) {
                    if (unit >= first) {
                        throw new IllegalStateException("unit " + unit);
                    }
                }
            })).hasMessage("unit " + first);
        }
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aClosedSessionRunsNothingAndEndsItsThreads(int count) throws InterruptedException {
        CpuSession session = new CpuSession(count);
        Graph graph = new Graph();
        graph.output("y", graph.input("x", DataType.FLOAT, ROW, WIDTH).exp().add(1), ROW, WIDTH);
        Executable executable = session.compile(graph);
        session.close();
        assertThatThrownBy(executable::run).isInstanceOf(IllegalStateException.class)
                .hasMessage("the session is closed");
        for (Thread helper : session.threads.helpers()) {
            assertThat(helper.join(Duration.ofSeconds(60))).isTrue();
        }
        assertThat(session.threads.helpers()).hasSize(count - 1);
    }

    /// A kernel that only checks its units.
    private static class Units extends Kernel {

        private final int units;
        private final long cost;

        Units(int units, long cost) {
            this.units = units;
            this.cost = cost;
        }

        void unit(int unit) {
            Objects.checkIndex(unit, units);
        }

        @Override
        public List<Buffer> reads() {
            return List.of();
        }

        @Override
        public List<Buffer> writes() {
            return List.of();
        }

        @Override
        public int units() {
            return units;
        }

        @Override
        public long cost() {
            return cost;
        }

        @Override
        public void run(int from, int to, Scratch scratch) {
            for (int unit = from; unit < to; unit++) {
                unit(unit);
            }
        }
    }
}
