package org.intarsia.runner.training;

import java.util.OptionalDouble;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Scores;

/// Adds up predictions, position by position and sequence by sequence.
final class Tally {

    private final boolean numeric;
    private long positions;
    private long right;
    private long sequences;
    private long sequencesRight;
    private double loss;
    private double distance;
    private boolean abstained;
    private boolean sequenceRight = true;

    /// @param numeric whether the difference of two tokens means something
    Tally(boolean numeric) {
        this.numeric = numeric;
    }

    /// Adds a position.
    ///
    /// @param prediction negative where there is none
    void position(int prediction, int target, double crossEntropy) {
        positions++;
        right += prediction == target ? 1 : 0;
        sequenceRight &= prediction == target;
        loss += crossEntropy;
        distance += Math.abs(prediction - target);
        abstained |= prediction < 0;
    }

    /// Ends a sequence.
    void sequence() {
        sequences++;
        sequencesRight += sequenceRight ? 1 : 0;
        sequenceRight = true;
    }

    Scores scores() {
        return new Scores(loss / positions, accuracy(), sequenceAccuracy(), distance());
    }

    Baseline baseline(String name) {
        return new Baseline(name, OptionalDouble.empty(), accuracy(), sequenceAccuracy(), distance());
    }

    private double accuracy() {
        return (double) right / positions;
    }

    private double sequenceAccuracy() {
        return (double) sequencesRight / sequences;
    }

    private OptionalDouble distance() {
        return numeric && !abstained ? OptionalDouble.of(distance / positions) : OptionalDouble.empty();
    }
}
