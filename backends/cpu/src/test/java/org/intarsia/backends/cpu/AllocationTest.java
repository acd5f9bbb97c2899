package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.junit.jupiter.api.Test;

/// A step allocates nothing, once its code is compiled: what the compiler does not see through is an object per vector.
/// Several shapes run in one process, because that is what makes calls hard to see through.
class AllocationTest {

    private static final int RUNS = 200;
    private static final long PATIENCE = 90_000_000_000L;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A graph in a session of its own, and what a caller brings and takes.
    private static final class Trial implements AutoCloseable {

        private final String name;
        private final String input;
        private final CpuSession session = new CpuSession(1);
        private final CpuExecutable executable;
        private final double[] numbers;
        private final double[] loss = new double[1];

        private Trial(String name, Graph graph, String input, int count) {
            this.name = name;
            this.input = input;
            executable = (CpuExecutable) session.compile(graph);
            numbers = new double[count];
        }

        static Trial training(int batch, int width) {
            TrainingStep step = new TrainingStep(batch, 4, width);
            Trial trial = new Trial("batch " + batch + ", width " + width, step.graph(), "tokens", batch * 4);
            step.feed(trial.executable, 0);
            return trial;
        }

        /// The functions of the graph language, also those that no training step needs.
        static Trial functions(int rows) {
            Graph graph = new Graph();
            Axis row = new Axis("row", rows);
            Tensor x = graph.input("x", DataType.FLOAT, row);
            Stream<Op> ops = Stream.of(
                    Arrays.stream(Op.Unary.Function.values()).map(function -> new Op.Unary(function, x)),
                    Arrays.stream(Op.Binary.Function.values()).map(function -> new Op.Binary(function, x, x)),
                    Arrays.stream(Op.Compare.Relation.values()).map(relation -> new Op.Compare(relation, x, x)))
                    .flatMap(op -> op);
            Tensor sum = ops.map(op -> graph.add(op).convert(DataType.FLOAT)).reduce(x.gelu(), Tensor::add);
            graph.output("loss", sum.max(row).mul(sum.sum(row)));
            return new Trial("functions of " + rows, graph, "x", rows);
        }

        /// Returns the bytes that some runs allocate.
        long steps() {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                executable.write(input, numbers);
                executable.run();
                executable.read("loss", loss);
            }
            return THREAD.getCurrentThreadAllocatedBytes() - before;
        }

        /// Returns the bytes that the kernels of each class allocate, if any.
        Map<String, Long> culprits() {
            Map<String, Long> bytes = new TreeMap<>();
            for (Kernel kernel : executable.steps) {
                long before = THREAD.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < RUNS; i++) {
                    session.threads.run(kernel);
                }
                long after = THREAD.getCurrentThreadAllocatedBytes();
                if (after > before) {
                    bytes.merge(kernel.getClass().getSimpleName(), after - before, Long::sum);
                }
            }
            return bytes;
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @Test
    void stepsDoNotAllocate() {
        List<Trial> trials = new ArrayList<>();
        for (int batch : new int[] {32, 5}) {
            for (int width : new int[] {2, 8, 24}) {
                trials.add(Trial.training(batch, width));
            }
        }
        trials.add(Trial.functions(13));
        trials.add(Trial.functions(2100));
        List<Trial> allocating = new ArrayList<>(trials);
        long start = System.nanoTime();
        while (!allocating.isEmpty() && System.nanoTime() - start < PATIENCE) {
            allocating.removeIf(trial -> trial.steps() == 0);
        }
        assertThat(allocating.stream().map(trial -> trial.name + ": " + trial.culprits()))
                .as("bytes that %d runs of the kernels allocate after %d seconds", RUNS, PATIENCE / 1_000_000_000)
                .isEmpty();
        trials.forEach(Trial::close);
    }

    @Test
    void theMeasureSeesAnObject() {
        List<Object> kept = new ArrayList<>(8);
        long before = THREAD.getCurrentThreadAllocatedBytes();
        kept.add(new double[1]);
        assertThat(THREAD.getCurrentThreadAllocatedBytes() - before).isGreaterThanOrEqualTo(16);
        assertThat(kept).hasSize(1);
    }
}
