package org.intarsia.runner.run;

import java.util.OptionalDouble;

/// What a predictor without a model scores on the same positions as the model.
///
/// @param name what it does
/// @param loss the cross-entropy in nats, if it gives probabilities
/// @param accuracy the share of positions that it predicts
/// @param sequenceAccuracy the share of sequences of which it predicts every position
/// @param distance the mean of |prediction − target|, where tokens are integers and it never abstains
public record Baseline(
        String name,
        OptionalDouble loss,
        double accuracy,
        double sequenceAccuracy,
        OptionalDouble distance) {}
