package org.intarsia.runner.ablation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.MetricsLog;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;

/// What a run left in its folder.
///
/// @param trial the run
/// @param folder where it is
/// @param state how far it came
/// @param reason why it diverged or failed
/// @param run its record, if it was begun
/// @param measurements all of its log
record TrialResult(
        Trial trial,
        Path folder,
        State state,
        Optional<String> reason,
        Optional<RunRecord> run,
        List<Measurement> measurements) {

    /// Copies the measurements.
    TrialResult {
        measurements = List.copyOf(measurements);
    }

    /// Reads a run's folder.
    ///
    /// @param failures why runs failed just now
    static TrialResult read(Trial trial, Path sweep, Map<Trial, String> failures) {
        Path folder = trial.folder(sweep);
        Optional<RunRecord> run = RunFolder.record(folder);
        Optional<String> failure = Optional.ofNullable(failures.get(trial));
        List<Measurement> measurements = Files.exists(folder.resolve(RunFolder.METRICS))
                ? MetricsLog.read(folder)
                : List.of();
        State state = failure.isPresent() ? State.FAILED : run.map(TrialResult::state).orElse(State.OPEN);
        return new TrialResult(trial, folder, state, failure.or(() -> run.flatMap(RunRecord::error)), run,
                measurements);
    }

    private static State state(RunRecord run) {
        return switch (run.outcome()) {
            case FINISHED -> State.FINISHED;
            case DIVERGED -> State.DIVERGED;
            case FAILED -> State.FAILED;
            case RUNNING, STOPPED -> State.STOPPED;
        };
    }

    /// Returns the record of a run that took all its steps; only these count in means.
    Optional<RunRecord> finished() {
        return state == State.FINISHED ? run : Optional.empty();
    }

    /// Returns the loss of the first step, before any update.
    Optional<Double> firstLoss() {
        return measurements.stream().filter(measurement -> measurement.step() == 1).map(Measurement::trainLoss)
                .findFirst();
    }
}
