package org.intarsia.runner.run;

import java.util.OptionalDouble;

/// How well held-out sequences are predicted: means over all positions that have a target.
///
/// @param loss the cross-entropy in nats; the training's loss where the model gives out a number
/// @param accuracy the share of positions whose most probable token is the target
/// @param sequenceAccuracy the share of sequences with all positions right
/// @param distance the mean of |prediction − target|, where tokens are integers
public record Scores(double loss, double accuracy, double sequenceAccuracy, OptionalDouble distance) {}
