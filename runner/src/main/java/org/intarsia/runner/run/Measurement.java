package org.intarsia.runner.run;

import java.util.Optional;

/// A line of `metrics.jsonl`. It holds no times, so that equal seeds give equal lines.
///
/// @param step how many optimiser steps were taken
/// @param trainLoss the mean loss of the steps since the line before, each before its update
/// @param gradientNorm the norm of the last step's gradients before clipping
/// @param validation present at evaluations
/// @param test present at evaluations
public record Measurement(
        int step,
        double trainLoss,
        double gradientNorm,
        Optional<Scores> validation,
        Optional<Scores> test) {}
