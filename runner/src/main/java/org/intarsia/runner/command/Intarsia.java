package org.intarsia.runner.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program `intarsia`.
@Command(
        name = "intarsia",
        description = "Trains small sequence transformers made of pieces that are chosen by name, and compares them.",
        mixinStandardHelpOptions = true,
        versionProvider = Intarsia.Version.class,
        subcommands = {TrainCommand.class, AblateCommand.class, ComponentsCommand.class, BenchCommand.class,
            DoctorCommand.class})
public final class Intarsia implements Runnable {

    private static final int WIDTH = 100;

    /// The version of the jar.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"intarsia " + Optional.ofNullable(Intarsia.class.getPackage())
                    .map(Package::getImplementationVersion).orElse("(from classes, no version)")};
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Intarsia() {}

    /// Runs a command line.
    ///
    /// @return the exit code
    public static int run(PrintWriter out, PrintWriter error, String... arguments) {
        CommandLine line = new CommandLine(new Intarsia()).setOut(out).setErr(error).setUsageHelpWidth(WIDTH)
                .setParameterExceptionHandler((e, _) -> misused(e))
                .setExecutionExceptionHandler((e, _, _) -> failed(e, error));
        try {
            return line.execute(arguments);
        } catch (Error e) {
            return failed(e, error);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command: " + String.join(", ", commands(spec)));
    }

    private static int misused(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        print(e.getCommandLine().getErr(), message(e, spec) + "\n  \"" + spec.qualifiedName()
                + " --help\" shows what can be given");
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException e, CommandSpec spec) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String given = unmatched.getUnmatched().getFirst();
            boolean option = given.startsWith("-");
            if (!option && commands(spec).isEmpty()) {
                return "\"" + given + "\" is one argument too many";
            }
            List<String> known = option ? List.copyOf(spec.optionsMap().keySet()) : commands(spec);
            return "there is no " + (option ? "option" : "command") + " \"" + given + "\"" + Nearest.hint(given, known)
                    + "\n  known: " + String.join(", ", known.stream().sorted().toList());
        }
        return String.valueOf(e.getMessage());
    }

    private static int failed(Throwable e, PrintWriter error) {
        if (e instanceof UserError || e instanceof InsufficientMemoryException) {
            print(error, String.valueOf(e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
        print(error, "an unexpected error, which is a defect of the program or of a plugin:");
        e.printStackTrace(error);
        error.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(PrintWriter error, String message) {
        error.println("intarsia: " + message);
        error.flush();
    }

    private static List<String> commands(CommandSpec spec) {
        return spec.subcommands().keySet().stream().sorted().toList();
    }
}
