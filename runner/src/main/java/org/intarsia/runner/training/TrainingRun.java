package org.intarsia.runner.training;

import java.nio.file.Path;
import java.util.Optional;
import org.intarsia.api.backend.Session;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;

/// One run, from its configuration to what it leaves in its folder. Runs share nothing: any number may train side by side
/// on threads of their own.
public final class TrainingRun {

    private TrainingRun() {}

    /// Trains, or goes on where the same run was stopped or killed. A run that has ended is not trained again.
    ///
    /// @param folder where its files are; it is created where it is missing
    /// @param reporter is told what happens, on the calling thread
    /// @param stop is asked after each step
    /// @return how it ended, as in `run.json`
    /// @throws UserError if the configuration cannot be met, or the folder is damaged, in use, or of another configuration
    public static RunRecord execute(Configuration configuration, Path folder, Reporter reporter, StopSignal stop) {
        try (RunFolder held = RunFolder.open(folder)) {
            Optional<RunRecord> before = RunFolder.record(folder);
            before.ifPresent(run -> checkSame(run, configuration, folder));
            if (before.isPresent() && before.get().complete()) {
                reporter.ended(before.get(), folder, true);
                return before.get();
            }
            RunComponent run = DaggerRunComponent.factory().create(configuration, held, reporter, stop);
            try (Session _ = run.session()) {
                return run.loop().run(before);
            }
        }
    }

    private static void checkSame(RunRecord run, Configuration configuration, Path folder) {
        if (!run.setup().configuration().equals(configuration.hash())) {
            throw new UserError("the run folder " + folder + " belongs to another configuration: its hash is "
                    + run.setup().configuration() + ", this one's is " + configuration.hash()
                    + "\n  choose another folder with --run, or delete this one; its " + RunFolder.CONFIG
                    + " says what it was made with");
        }
    }
}
