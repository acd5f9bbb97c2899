package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.junit.jupiter.api.Test;

/// A step allocates nothing, once its code is compiled: what the compiler does not see through is an object per vector.
/// Several shapes run in one process, because that is what makes calls hard to see through.
class AllocationTest {

    private static final int RUNS = 200;
    private static final long PATIENCE = 90_000_000_000L;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A step in a session of its own, and what a caller brings and takes.
    private static final class Trial implements AutoCloseable {

        private final String name;
        private final CpuSession session = new CpuSession(1);
        private final CpuExecutable executable;
        private final double[] tokens;
        private final double[] loss = new double[1];

        Trial(int batch, int width) {
            name = "batch " + batch + ", width " + width;
            TrainingStep step = new TrainingStep(batch, 4, width);
            executable = (CpuExecutable) session.compile(step.graph());
            step.feed(executable, 0);
            tokens = new double[batch * 4];
        }

        /// Returns the bytes that some steps allocate.
        long steps() {
            long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                executable.write("tokens", tokens);
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
        checkSteps();
    }

    private static void checkSteps() {
        List<Trial> trials = new ArrayList<>();
        for (int batch : new int[] {32, 5}) {
            for (int width : new int[] {2, 8, 24}) {
                trials.add(new Trial(batch, width));
            }
        }
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

    /// What the compiler has seen of a method when it compiles it depends on the moment, and where it has seen little, a
    /// kernel may stay at a tenth of its speed. Here it has seen nothing.
    @Test
    void stepsDoNotAllocateWhereTheCompilerHasSeenNothing() throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:-UseTypeProfile", "-cp", System.getProperty("java.class.path"),
                AllocationTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    /// Checks the steps in a process of its own.
    public static void main(String[] arguments) {
        checkSteps();
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
