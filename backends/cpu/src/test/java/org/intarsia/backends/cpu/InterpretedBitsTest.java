package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Interpreted and compiled code compute the same bits, so that it does not matter when a process compiles what: a run
/// that is resumed in a new process goes on as if it had not been interrupted.
@Timeout(300)
class InterpretedBitsTest {

    private static final int STEPS = 4;
    private static final int WARMING = 1500;

    /// Prints the bits after some steps; the process of this test calls it in another process that only interprets.
    public static void main(String[] arguments) {
        System.out.println(train(0));
    }

    @Test
    void interpretedAndCompiledCodeComputeTheSameBits() throws IOException, InterruptedException {
        String compiled = train(WARMING);
        assertThat(compiled).isEqualTo(interpreted());
        assertThat(train(0)).isEqualTo(compiled);
    }

    private static String interpreted() throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xint"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(a -> a.startsWith("--add-modules"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), InterpretedBitsTest.class.getName()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return output.strip();
    }

    /// Trains for a few steps, from the start, after some others that have the code compiled.
    private static String train(int warming) {
        TrainingStep step = new TrainingStep(9, 4, 8);
        try (CpuSession session = new CpuSession(1)) {
            CpuExecutable executable = (CpuExecutable) session.compile(step.graph());
            for (int i = 0; i < warming; i++) {
                step.feed(executable, i);
                executable.run();
            }
        }
        try (CpuSession session = new CpuSession(1)) {
            CpuExecutable executable = (CpuExecutable) session.compile(step.graph());
            for (int i = 0; i < STEPS; i++) {
                step.feed(executable, i);
                executable.run();
            }
            return step.bits(session, executable).stream().map(Long::toHexString).toList().toString();
        }
    }
}
