package org.intarsia.runner.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.Scores;

/// A number about a run that a table summarises. Scores are those of the weights that a run keeps: at its lowest
/// validation loss.
///
/// @param title the head of its column in tables
/// @param key its name in files
/// @param decimals in tables, after the point
/// @param scale in tables, 100 for shares as percents
/// @param unitOfLoss whether it is in the unit of the run's loss, and not in one that all runs share
/// @param value a run's, where it has one
/// @param floor a predictor's without a model, where it has one
record Metric(
        String title,
        String key,
        int decimals,
        double scale,
        boolean unitOfLoss,
        Function<RunRecord, OptionalDouble> value,
        Function<Baseline, OptionalDouble> floor) {

    /// The loss of the test sequences: cross-entropy in nats, or a loss of numbers.
    static final Metric TEST_LOSS = new Metric("test loss", "testLoss", 3, 1, true,
            run -> test(run, scores -> OptionalDouble.of(scores.loss())), Baseline::loss);

    /// How well held-out sequences are predicted, in the order of columns.
    static final List<Metric> SCORES = List.of(
            new Metric("validation loss", "validationLoss", 3, 1, true,
                    run -> score(run, Measurement::validation, scores -> OptionalDouble.of(scores.loss())),
                    _ -> OptionalDouble.empty()),
            TEST_LOSS,
            new Metric("accuracy %", "testAccuracy", 1, 100, false,
                    run -> test(run, scores -> OptionalDouble.of(scores.accuracy())),
                    baseline -> OptionalDouble.of(baseline.accuracy())),
            new Metric("whole %", "testSequenceAccuracy", 1, 100, false,
                    run -> test(run, scores -> OptionalDouble.of(scores.sequenceAccuracy())),
                    baseline -> OptionalDouble.of(baseline.sequenceAccuracy())),
            new Metric("distance", "testDistance", 2, 1, false, run -> test(run, Scores::distance),
                    Baseline::distance));

    /// The whole time of a run, evaluations included, for each step.
    static final Metric MILLISECONDS = new Metric("ms/step", "millisecondsPerStep", 2, 1, false,
            run -> OptionalDouble.of(1000 * run.seconds() / run.setup().steps()), _ -> OptionalDouble.empty());

    /// All.
    static final List<Metric> ALL = Stream.concat(SCORES.stream(), Stream.of(MILLISECONDS)).toList();

    private static OptionalDouble test(RunRecord run, Function<Scores, OptionalDouble> part) {
        return score(run, Measurement::test, part);
    }

    private static OptionalDouble score(RunRecord run, Function<Measurement, Optional<Scores>> split,
            Function<Scores, OptionalDouble> part) {
        return run.best().flatMap(split).map(part).orElse(OptionalDouble.empty());
    }

    OptionalDouble of(RunRecord run) {
        return value.apply(run);
    }

    OptionalDouble of(Baseline baseline) {
        return floor.apply(baseline);
    }

    String text(Statistic statistic) {
        return statistic.text(decimals, scale);
    }

    String text(OptionalDouble number) {
        return Statistic.number(number, decimals, scale);
    }
}
