package org.intarsia.runner.training;

import java.nio.file.Path;
import java.util.List;
import org.intarsia.runner.generation.Sample;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunRecord;

/// Is told what happens in one run, by the thread that trains.
public interface Reporter {

    /// A run starts, or goes on from `run.step()`.
    default void started(RunRecord run, Path folder) {}

    /// A step was taken.
    ///
    /// @param step how many were taken
    /// @param tokens how many tokens it learned from
    /// @param loss before its update
    default void stepped(int step, int tokens, double loss) {}

    /// The model was evaluated on held-out sequences.
    ///
    /// @param best whether no evaluation before had as low a validation loss
    default void evaluated(Measurement measurement, boolean best) {}

    /// The model continued some beginnings.
    default void sampled(int step, List<Sample> samples) {}

    /// The run ended, or had ended before it was started again.
    ///
    /// @param again whether it had ended before
    default void ended(RunRecord run, Path folder, boolean again) {}

    /// Returns a reporter that says nothing.
    static Reporter silent() {
        return new Reporter() {};
    }
}
