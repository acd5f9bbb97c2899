package org.intarsia.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What Intarsia left behind that ran in a process of its own.
record Launched(int exitCode, String out, String error) {

    /// Runs a command line in a folder.
    static Launched in(Path folder, String... arguments) throws IOException, InterruptedException {
        return in(folder, Map.of(), arguments);
    }

    /// Runs a command line in a folder, with more environment variables.
    static Launched in(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                "org.intarsia.runner.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path error = folder.resolve("error.txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(error.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Launched(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8).replace(
                        "WARNING: Using incubator modules: jdk.incubator.vector\n", ""));
    }
}
