package org.intarsia.runner.run;

import java.util.Optional;

/// What ran, where, and how it ended: the content of `run.json`.
///
/// @param outcome how it ended
/// @param error why it failed or diverged
/// @param step how many optimiser steps were taken and saved
/// @param seconds the time spent, without that of stretches that were killed
/// @param tokensPerSecond how many tokens were learned from in a second of optimiser steps, in the latest stretch
/// @param started when the run first started, in UTC
/// @param ended when it ended or stopped, in UTC
/// @param best the evaluation with the lowest validation loss, whose weights are in `best.safetensors`
/// @param last the latest evaluation
/// @param setup what was to run
public record RunRecord(
        Outcome outcome,
        Optional<String> error,
        int step,
        double seconds,
        double tokensPerSecond,
        String started,
        Optional<String> ended,
        Optional<Measurement> best,
        Optional<Measurement> last,
        RunSetup setup) {

    /// How a run ended.
    public enum Outcome {
        /// It has not ended, or was killed.
        RUNNING,
        /// It was asked to stop, and can go on.
        STOPPED,
        /// It took all its steps.
        FINISHED,
        /// A loss was no longer a finite number.
        DIVERGED,
        /// It ended with an error.
        FAILED
    }

    /// Returns whether starting the run again would change nothing.
    public boolean complete() {
        return outcome == Outcome.FINISHED || outcome == Outcome.DIVERGED;
    }
}
