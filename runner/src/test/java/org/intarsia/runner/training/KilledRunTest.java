package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.intarsia.runner.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kills real processes at whatever they are doing.
final class KilledRunTest {

    @TempDir
    Path folder;

    /// A process that goes on begins with cold code, where the one that was never killed has long been compiled: so this
    /// also holds backends to the same bits in both.
    @ParameterizedTest
    @CsvSource({"reference, 400", "cpu, 4000"})
    void goesOnBitForBitAfterBeingKilledAtAnyInstant(String backend, int steps) throws Exception {
        String[] settings = {"backend=" + backend, "training.steps=" + steps, "training.checkpointEvery=3",
            "training.evaluateEvery=100"};
        assertThat(start("whole", settings).waitFor()).isZero();

        int killed = 0;
        for (int lines = 2; lines <= 30; lines += 14) {
            Process process = start("killed", settings);
            await(process, "killed", lines);
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
        }
        assertThat(start("killed", settings).waitFor()).isZero();

        assertThat(killed).as("times that the process was killed while it trained").isEqualTo(3);
        for (String file : List.of(RunFolder.METRICS, RunFolder.CHECKPOINT, RunFolder.BEST)) {
            assertThat(folder.resolve("killed").resolve(file)).hasSameBinaryContentAs(
                    folder.resolve("whole").resolve(file));
        }
    }

    /// The signal of Ctrl-C on Linux is interrupt; the one that Java can send is terminate, and both are heard alike.
    @Test
    void savesItselfWhenAskedToEnd() throws Exception {
        Process process = start("asked", "training.steps=100000");
        await(process, "asked", 4);
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(RunFolder.record(folder.resolve("asked")).orElseThrow().outcome())
                .hasToString("STOPPED");
    }

    private Process start(String run, String... settings) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"),
                        SmallRun.class.getName(), folder.resolve(run).toString()));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(run + ".log").toFile()).start();
    }

    private void await(Process process, String run, int lines) throws Exception {
        Path metrics = folder.resolve(run).resolve(RunFolder.METRICS);
        Instant limit = Instant.now().plus(Duration.ofSeconds(60));
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            if (Files.exists(metrics) && Files.readAllLines(metrics).size() >= lines) {
                return;
            }
            Thread.sleep(1);
        }
    }
}
