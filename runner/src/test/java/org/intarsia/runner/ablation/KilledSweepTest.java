package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real program in the middle of a sweep. The backend is the default one: its numbers may not depend on what the
/// JVM has compiled so far, which is another thing in a process that goes on.
class KilledSweepTest {

    private static final List<String> RUNS = List.of("position=none/1", "position=rope/1", "position=none/2",
            "position=rope/2");

    @TempDir
    private Path folder;

    @BeforeEach
    void writesTheSweep() throws Exception {
        Files.writeString(folder.resolve("small.json"), SmallSweep.TEXT);
    }

    private Process start(String name) throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                "org.intarsia.runner.Main", "ablate", "small.json", "backend=cpu", "training.steps=1000", "--parallel",
                "1", "--run",
                name)
                .directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /// Waits until the second run has saved itself at least once.
    private void awaitTheSecondRun(Process process) throws Exception {
        Path checkpoint = folder.resolve("killed").resolve(RUNS.get(1)).resolve(RunFolder.CHECKPOINT);
        Instant limit = Instant.now().plus(Duration.ofMinutes(2));
        while (process.isAlive() && !Files.exists(checkpoint) && Instant.now().isBefore(limit)) {
            Thread.sleep(1);
        }
    }

    @Test
    void goesOnBitForBitWithoutTrainingAgainWhatIsFinished() throws Exception {
        assertThat(start("whole").waitFor()).isZero();
        Process process = start("killed");
        awaitTheSecondRun(process);
        assertThat(process.isAlive()).as("is killed while it trains").isTrue();
        process.destroyForcibly().waitFor();
        Path finished = folder.resolve("killed").resolve(RUNS.getFirst());
        Path begun = folder.resolve("killed").resolve(RUNS.get(1));
        assertThat(RunFolder.record(finished).orElseThrow().outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(RunFolder.record(begun).orElseThrow().outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(folder.resolve("killed").resolve(RUNS.get(2))).doesNotExist();
        FileTime written = Files.getLastModifiedTime(finished.resolve(RunFolder.RUN));

        assertThat(start("killed").waitFor()).isZero();

        assertThat(Files.getLastModifiedTime(finished.resolve(RunFolder.RUN))).isEqualTo(written);
        assertThat(folder.resolve("killed.log")).content().contains("\n1 of them is done already\n");
        for (String run : RUNS) {
            for (String file : List.of(RunFolder.METRICS, RunFolder.CHECKPOINT, RunFolder.BEST)) {
                assertThat(folder.resolve("killed").resolve(run).resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("whole").resolve(run).resolve(file));
            }
        }
    }
}
