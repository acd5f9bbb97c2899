package org.intarsia.runner.config;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Setting;

/// How long a run trains, and how often it looks up.
public record TrainingSettings(
        @Setting("optimiser steps") int steps,
        @Setting("sequences in a batch") int batch,
        @Setting("steps between two evaluations on held-out sequences") int evaluateEvery,
        @Setting("steps between two logged training losses") int logEvery,
        @Setting("steps between two checkpoints; a killed run resumes from the last one") int checkpointEvery,
        @Setting("which positions of a sequence count, and how much") WeightSettings weights) {

    /// A short run.
    public static final TrainingSettings DEFAULTS =
            new TrainingSettings(2000, 32, 500, 50, 500, WeightSettings.DEFAULTS);

    /// Checks that all are positive.
    public TrainingSettings {
        check(steps >= 1, "steps", "must be at least 1, not " + steps);
        check(batch >= 1, "batch", "must be at least 1, not " + batch);
        check(evaluateEvery >= 1, "evaluateEvery", "must be at least 1, not " + evaluateEvery);
        check(logEvery >= 1, "logEvery", "must be at least 1, not " + logEvery);
        check(checkpointEvery >= 1, "checkpointEvery", "must be at least 1, not " + checkpointEvery);
    }
}
