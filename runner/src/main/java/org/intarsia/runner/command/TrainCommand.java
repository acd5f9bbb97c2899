package org.intarsia.runner.command;

import java.io.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.Examples;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.training.ConsoleReporter;
import org.intarsia.runner.training.Reporter;
import org.intarsia.runner.training.ShutdownSignal;
import org.intarsia.runner.training.StopSignal;
import org.intarsia.runner.training.TrainingRun;
import org.intarsia.runner.training.WarmUp;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Trains one model.
@Command(
        name = "train",
        description = "Trains one model. A run that was stopped goes on where it was when the same command is given again.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "CONFIG",
            description = "a configuration file, or the name of a bundled example such as first")
    private String file = "";

    @Parameters(
            index = "1..*",
            paramLabel = "path=value",
            description = "a setting instead of the file's, such as position=rope or training.steps=100")
    private List<String> assignments = List.of();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "the folder for what the run leaves behind; by default runs/, the file's name and a hash of the"
                    + " configuration")
    private @Nullable Path run;

    @Override
    public Integer call() {
        Path path = Examples.bundled().find(file);
        Configuration configuration = new ConfigurationReader(Registry.load()).read(path,
                assignments.stream().map(Assignment::parse).toList());
        Path folder = run == null ? folder(path, configuration) : run;
        Reporter reporter = new ConsoleReporter(spec.commandLine().getOut(), terminal());
        try (ShutdownSignal stop = new ShutdownSignal()) {
            WarmUp warmUp = WarmUp.start(configuration);
            StopSignal beforeEachStep = () -> {
                warmUp.end();
                return stop.requested();
            };
            return switch (TrainingRun.execute(configuration, folder, reporter, beforeEachStep).outcome()) {
                case FINISHED, STOPPED, RUNNING -> CommandLine.ExitCode.OK;
                case DIVERGED, FAILED -> CommandLine.ExitCode.SOFTWARE;
            };
        }
    }

    @SuppressWarnings("SystemConsoleNull") // it is null again since Java 25 where there is no terminal
    static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// Equal commands have equal folders, so that the second goes on with what the first left.
    private static Path folder(Path file, Configuration configuration) {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        return Path.of("runs", name + "-" + configuration.hash());
    }
}
