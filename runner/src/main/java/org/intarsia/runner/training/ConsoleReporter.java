package org.intarsia.runner.training;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.intarsia.api.component.Task;
import org.intarsia.runner.generation.Sample;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunSetup;
import org.intarsia.runner.run.Scores;

/// Shows a run to a person: a table that grows with each evaluation, beneath the scores of the baselines, and one live
/// line with the loss, the speed and the time left. Where there is no terminal, the live line is printed anew every few
/// seconds.
public final class ConsoleReporter implements Reporter {

    private static final long LIVE_NANOS = 100_000_000L;
    private static final long PLAIN_NANOS = 10_000_000_000L;
    private static final double NANOS = 1e9;
    private static final int BAR = 24;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final double PERCENT = 100;
    private static final double SMOOTHING = 0.98;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private int steps;
    private int firstStep;
    private long tokens;
    private long start;
    private long shown;
    private double smoothLoss = Double.NaN;
    private boolean live;

    /// @param terminal whether a line can be written over
    public ConsoleReporter(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void started(RunRecord run, Path folder) {
        RunSetup setup = run.setup();
        steps = setup.steps();
        firstStep = run.step();
        start = System.nanoTime();
        shown = start;
        print(parts(setup) + " · seed " + setup.seed() + " · " + count(setup.parameters()) + " parameters · "
                + setup.device().name() + " · run folder " + folder);
        setup.notes().forEach(this::print);
        if (run.step() > 0) {
            print("going on from step " + count(run.step()));
        }
        row("on test sequences", "loss", "accuracy", "whole", "distance");
        setup.baselines().forEach(this::baseline);
    }

    private static String parts(RunSetup setup) {
        return setup.versions().entrySet().stream().filter(part -> !part.getKey().equals("runner"))
                .map(part -> part.getKey() + " " + part.getValue().name())
                .reduce((left, right) -> left + " · " + right).orElse("");
    }

    private void baseline(Baseline baseline) {
        row(baseline.name(), number(baseline.loss()), percent(baseline.accuracy()),
                percent(baseline.sequenceAccuracy()), number(baseline.distance()));
    }

    @Override
    public void stepped(int step, int learned, double loss) {
        tokens += learned;
        smoothLoss = Double.isNaN(smoothLoss) ? loss : SMOOTHING * smoothLoss + (1 - SMOOTHING) * loss;
        long now = System.nanoTime();
        if (now - shown >= (terminal ? LIVE_NANOS : PLAIN_NANOS)) {
            shown = now;
            progress(step, (now - start) / NANOS);
        }
    }

    private void progress(int step, double seconds) {
        double left = seconds / (step - firstStep) * (steps - step);
        int filled = (int) ((long) BAR * step / steps);
        String text =
                String.format(Locale.ROOT, "step %,d of %,d %s%s  loss %.4f  %,.0f tokens/s  %s left", step, steps,
                        "━".repeat(filled), "─".repeat(BAR - filled), smoothLoss, tokens / seconds, time(left));
        if (terminal) {
            out.print(CLEAR + text);
            out.flush();
            live = true;
        } else {
            print(text);
        }
    }

    @Override
    public void evaluated(Measurement measurement, boolean best) {
        measurement.test().ifPresent(test -> row(label(measurement) + (best ? " *" : ""), test));
    }

    private static String label(Measurement measurement) {
        return String.format(Locale.ROOT, "step %,d  train %.4f  validation %.4f", measurement.step(),
                measurement.trainLoss(), measurement.validation().orElseThrow().loss());
    }

    private void row(String label, Scores scores) {
        row(label, number(OptionalDouble.of(scores.loss())), percent(scores.accuracy()),
                percent(scores.sequenceAccuracy()), number(scores.distance()));
    }

    @Override
    public void sampled(int step, List<Sample> samples) {
        samples.forEach(sample -> print("    " + prompt(sample) + sample.continuation()
                + sample.origin().map(ConsoleReporter::origin).orElse("")));
    }

    private static String prompt(Sample sample) {
        return sample.prompt().isEmpty() ? "" : sample.prompt() + " → ";
    }

    private static String origin(Task.Origin origin) {
        return switch (origin) {
            case TRAINING -> "  (in the training data)";
            case HELD_OUT -> "  (held out)";
            case NEW -> "  (new)";
        };
    }

    @Override
    public void ended(RunRecord run, Path folder, boolean again) {
        print(switch (run.outcome()) {
            case FINISHED -> (again ? "this run is finished: " : "finished: ") + count(run.step()) + " steps in "
                    + time(run.seconds()) + "; its results are in " + folder;
            case DIVERGED ->
                (again ? "this run diverged: " : "diverged: ") + run.error().orElse("the loss is no number")
                        + "; what it left is in " + folder + "\n  a smaller optimizer.learningRate may help";
            case STOPPED -> "stopped and saved at step " + count(run.step())
                    + "; the same command goes on from there (" + folder.resolve(RunFolder.CHECKPOINT) + ")";
            case RUNNING, FAILED -> throw new IllegalArgumentException("a run does not end as " + run.outcome());
        });
        run.best().ifPresent(best -> best.test().ifPresent(test -> {
            row("best weights, by validation loss", "loss", "accuracy", "whole", "distance");
            row(label(best), test);
        }));
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%.4f", number.getAsDouble()) : "–";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private void row(String label, String loss, String accuracy, String whole, String distance) {
        print(String.format(Locale.ROOT, "%-52s %9s %9s %9s %9s", label, loss, accuracy, whole, distance));
    }

    private void print(String line) {
        if (live) {
            out.print(CLEAR);
            live = false;
        }
        out.println(line);
        out.flush();
    }
}
