package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.intarsia.runner.ablation.Ablation;
import org.intarsia.runner.ablation.Rehearsal;
import org.intarsia.runner.ablation.Sweep;
import org.intarsia.runner.ablation.SweepReader;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Examples;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.training.ShutdownSignal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares many models.
@Command(
        name = "ablate",
        description = "Trains each combination of levels with each seed, several at a time, and prints a table. What is done"
                + " already is not trained again, and a sweep that was stopped goes on when the same command is given again.",
        mixinStandardHelpOptions = true)
final class AblateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "SWEEP",
            description = "a sweep's file, or the name of a bundled example such as first-ablation")
    private String file = "";

    @Parameters(
            index = "1..*",
            paramLabel = "path=value",
            description = "a setting instead of the base's, such as training.steps=100, or a part of the sweep, such as"
                    + " seeds=2 or factors.position='[\"none\",\"rope\"]'")
    private List<String> assignments = List.of();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "the folder for what the sweep leaves behind; by default runs/, the file's name and a hash of all"
                    + " configurations")
    private @Nullable Path run;

    @Option(names = "--parallel", paramLabel = "N",
            description = "how many runs train at a time; by default one per processor")
    private int parallel = Runtime.getRuntime().availableProcessors();

    @Option(names = "--dry-run", description = "says what would be trained, and about how long it would take")
    private boolean dry;

    @Override
    public Integer call() {
        if (parallel < 1) {
            throw new UserError("on the command line: --parallel: must be at least 1, not " + parallel);
        }
        Examples examples = Examples.bundled();
        Sweep sweep = new SweepReader(Registry.load(), examples).read(examples.find(file),
                assignments.stream().map(Assignment::parse).toList());
        Path folder = run == null ? Path.of("runs", sweep.name() + "-" + sweep.hash()) : run;
        PrintWriter out = spec.commandLine().getOut();
        if (dry) {
            new Rehearsal(sweep, parallel).run(out, folder);
            return CommandLine.ExitCode.OK;
        }
        try (ShutdownSignal stop = new ShutdownSignal()) {
            return switch (new Ablation(sweep, folder, parallel).run(out, TrainCommand.terminal(), stop)) {
                case COMPLETE, STOPPED -> CommandLine.ExitCode.OK;
                case FAILED -> CommandLine.ExitCode.SOFTWARE;
            };
        }
    }
}
