package org.intarsia.runner.training;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.intarsia.runner.run.Checkpoint;
import org.intarsia.runner.run.EventLog;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.MetricsLog;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.Scores;

/// The measurements of a run: in its files, and the two that matter at hand.
final class Logbook {

    private final MetricsLog metrics;
    private final EventLog events;
    private Optional<Measurement> best = Optional.empty();
    private Optional<Measurement> last = Optional.empty();

    /// Goes on from a checkpoint; what was written after it is cut off.
    Logbook(RunFolder folder, Checkpoint from) {
        metrics = MetricsLog.resume(folder, from.measurements());
        events = EventLog.resume(folder, from.step());
        MetricsLog.read(folder.path()).forEach(this::remember);
    }

    /// Adds a measurement.
    ///
    /// @return whether its validation loss is the lowest so far
    boolean add(Measurement measurement, double tokensPerSecond) {
        metrics.append(measurement);
        events.append(measurement.step(), scalars(measurement, tokensPerSecond));
        return remember(measurement);
    }

    private boolean remember(Measurement measurement) {
        if (measurement.validation().isEmpty()) {
            return false;
        }
        last = Optional.of(measurement);
        if (best.isPresent() && validationLoss(best.get()) <= validationLoss(measurement)) {
            return false;
        }
        best = last;
        return true;
    }

    private static double validationLoss(Measurement measurement) {
        return measurement.validation().orElseThrow().loss();
    }

    private static SequencedMap<String, Double> scalars(Measurement measurement, double tokensPerSecond) {
        SequencedMap<String, Double> scalars = new LinkedHashMap<>();
        scalars.put("train/loss", measurement.trainLoss());
        scalars.put("train/gradient norm", measurement.gradientNorm());
        scalars.put("train/tokens per second", tokensPerSecond);
        measurement.validation().ifPresent(scores -> add(scalars, "validation", scores));
        measurement.test().ifPresent(scores -> add(scalars, "test", scores));
        return scalars;
    }

    private static void add(SequencedMap<String, Double> scalars, String split, Scores scores) {
        scalars.put(split + "/loss", scores.loss());
        scalars.put(split + "/accuracy", scores.accuracy());
        scalars.put(split + "/sequence accuracy", scores.sequenceAccuracy());
        scores.distance().ifPresent(distance -> scalars.put(split + "/distance", distance));
    }

    /// Returns how many measurements there are.
    int count() {
        return metrics.lines();
    }

    /// Returns the evaluation with the lowest validation loss, the first of equals.
    Optional<Measurement> best() {
        return best;
    }

    /// Returns the latest evaluation.
    Optional<Measurement> last() {
        return last;
    }
}
