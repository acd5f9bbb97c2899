package org.intarsia.runner.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intarsia.runner.error.UserError;

/// Runs a command of Intarsia in a JVM of its own, with the options and the class path of this one.
public final class FreshJvm {

    /// By name, since the class stands above this package.
    private static final String MAIN = "org.intarsia.runner.Main";
    private static final String MISTAKE = "intarsia: ";

    private FreshJvm() {}

    /// Returns the lines that the command printed. The process ends with this one, if that is interrupted.
    ///
    /// @param arguments such as `bench`, `--json`
    /// @throws UserError if the command refused them
    public static List<String> run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread end = new Thread(process::destroy, "end of " + process);
            Runtime.getRuntime().addShutdownHook(end);
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                    .toList();
            int exitCode = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
            return checked(exitCode, lines, arguments);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no second JVM: " + command, e);
        }
    }

    private static List<String> checked(int exitCode, List<String> lines, List<String> arguments) {
        if (exitCode == 0) {
            return lines;
        }
        lines.stream().filter(line -> line.startsWith(MISTAKE)).findFirst().ifPresent(line -> {
            throw new UserError(line.substring(MISTAKE.length()));
        });
        throw new IllegalStateException("a JVM with " + String.join(" ", arguments) + " ended with exit code "
                + exitCode + ":\n" + String.join("\n", lines));
    }
}
