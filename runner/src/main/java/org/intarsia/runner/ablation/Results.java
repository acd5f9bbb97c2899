package org.intarsia.runner.ablation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.intarsia.runner.run.RunRecord;

/// What came of a sweep, read from the folders of its runs.
///
/// @param sweep what was compared
/// @param trials all runs in the order of tables: by cell, then by seed
record Results(Sweep sweep, List<TrialResult> trials) {

    /// Copies the runs.
    Results {
        trials = List.copyOf(trials);
    }

    /// Reads the folder of a sweep.
    ///
    /// @param failures why runs failed just now
    static Results read(Sweep sweep, Path folder, Map<Trial, String> failures) {
        return new Results(sweep, sweep.cells().stream().flatMap(cell -> sweep.seeds().stream()
                .map(seed -> TrialResult.read(new Trial(cell, seed), folder, failures))).toList());
    }

    /// Returns the runs of a cell.
    List<TrialResult> of(Cell cell) {
        return trials.stream().filter(result -> result.trial().cell().equals(cell)).toList();
    }

    private List<RunRecord> finished(Cell cell) {
        return of(cell).stream().flatMap(result -> result.finished().stream()).toList();
    }

    /// Returns how many runs of a cell took all their steps.
    int count(Cell cell) {
        return finished(cell).size();
    }

    /// Summarises a metric over the runs of a cell that took all their steps.
    Statistic statistic(Cell cell, Metric metric) {
        return Statistic.of(finished(cell).stream().map(metric::of).flatMapToDouble(OptionalDouble::stream).toArray());
    }

    /// Summarises the differences of a cell's runs to the baseline's of the same seeds. Losses in different units have none.
    Statistic difference(Cell cell, Cell baseline, Metric metric) {
        return Statistic.of(sweep.seeds().stream().map(seed -> run(cell, seed).flatMap(
                run -> run(baseline, seed).map(base -> difference(run, base, metric))).orElse(OptionalDouble.empty()))
                .flatMapToDouble(OptionalDouble::stream).toArray());
    }

    private static OptionalDouble difference(RunRecord run, RunRecord baseline, Metric metric) {
        OptionalDouble value = metric.of(run);
        OptionalDouble base = metric.of(baseline);
        boolean sameUnit = !metric.unitOfLoss() || run.setup().lossUnit().equals(baseline.setup().lossUnit());
        return sameUnit && value.isPresent() && base.isPresent()
                ? OptionalDouble.of(value.getAsDouble() - base.getAsDouble())
                : OptionalDouble.empty();
    }

    private Optional<RunRecord> run(Cell cell, long seed) {
        return of(cell).stream().filter(result -> result.trial().seed() == seed)
                .flatMap(result -> result.finished().stream()).findFirst();
    }
}
