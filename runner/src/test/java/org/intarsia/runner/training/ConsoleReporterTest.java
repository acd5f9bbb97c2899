package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.intarsia.api.component.Task;
import org.intarsia.runner.generation.Sample;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunRecord.Outcome;
import org.intarsia.runner.run.RunSetup;
import org.intarsia.runner.run.Scores;
import org.junit.jupiter.api.Test;

final class ConsoleReporterTest {

    private static final Path FOLDER = Path.of("runs", "first");
    private static final Measurement MEASUREMENT = new Measurement(1500, 1.25, 0.5,
            Optional.of(new Scores(1.5, 0.25, 0.1, OptionalDouble.of(3))),
            Optional.of(new Scores(1.75, 0.5, 0.125, OptionalDouble.of(2.5))));

    private final StringWriter text = new StringWriter();
    private final ConsoleReporter plain = new ConsoleReporter(new PrintWriter(text), false);

    @Test
    void beginsWithWhatRunsAndTheBaselines() {
        plain.started(run(Outcome.RUNNING, 0), FOLDER);

        assertThat(text.toString().lines()).containsExactly(
                "task recurrences · backend cpu · seed 3 · 42,112 parameters · vectors · run folder runs/first",
                "Read 10 lines.",
                "on test sequences                                         loss  accuracy     whole  distance",
                "uniform guess                                           5.5452     0.4 %     0.0 %   85.3330",
                "repeat                                                       –    12.5 %     1.0 %         –");
    }

    @Test
    void saysFromWhereItGoesOn() {
        plain.started(run(Outcome.RUNNING, 1200), FOLDER);

        assertThat(text.toString()).contains("going on from step 1,200\n");
    }

    @Test
    void addsARowForEachEvaluationAndMarksTheBest() {
        plain.evaluated(MEASUREMENT, true);
        plain.evaluated(MEASUREMENT, false);

        assertThat(text.toString().lines()).containsExactly(
                "step 1,500  train 1.2500  validation 1.5000 *           1.7500    50.0 %    12.5 %    2.5000",
                "step 1,500  train 1.2500  validation 1.5000             1.7500    50.0 %    12.5 %    2.5000");
    }

    @Test
    void showsContinuationsAndWhereTheyStandInTheData() {
        plain.sampled(10, List.of(new Sample("1 2", "3 4", Optional.empty()),
                new Sample("", "emma", Optional.of(Task.Origin.TRAINING)),
                new Sample("", "anna", Optional.of(Task.Origin.HELD_OUT)),
                new Sample("", "omwo", Optional.of(Task.Origin.NEW))));

        assertThat(text.toString().lines()).containsExactly("    1 2 → 3 4", "    emma  (in the training data)",
                "    anna  (held out)", "    omwo  (new)");
    }

    @Test
    void saysHowARunEnded() {
        plain.ended(run(Outcome.FINISHED, 2000), FOLDER, false);
        plain.ended(run(Outcome.FINISHED, 2000), FOLDER, true);
        plain.ended(run(Outcome.STOPPED, 1234), FOLDER, false);
        plain.ended(run(Outcome.DIVERGED, 1000), FOLDER, false);

        assertThat(text.toString().lines()).containsExactly(
                "finished: 2,000 steps in 1:05; its results are in runs/first",
                "this run is finished: 2,000 steps in 1:05; its results are in runs/first",
                "stopped and saved at step 1,234; the same command goes on from there (runs/first/checkpoint.safetensors)",
                "diverged: the training loss was NaN at step 7; what it left is in runs/first",
                "  a smaller optimizer.learningRate may help");
    }

    @Test
    void writesTheLiveLineOverItselfOnATerminal() throws Exception {
        ConsoleReporter live = new ConsoleReporter(new PrintWriter(text), true);
        live.started(run(Outcome.RUNNING, 0), FOLDER);
        int before = text.toString().length();

        Thread.sleep(150);
        live.stepped(500, 100, 2.5);
        live.evaluated(MEASUREMENT, false);

        assertThat(text.toString().substring(before))
                .matches("(?s)\r\u001b\\[Kstep 500 of 2,000 ━{6}─{18}  loss 2.5000  "
                        + "[\\d,]+ tokens/s  0:0\\d left\r\u001b\\[Kstep 1,500  train .*\n");
    }

    private static RunRecord run(Outcome outcome, int step) {
        Map<String, RunSetup.Part> versions = new LinkedHashMap<>();
        versions.put("runner", new RunSetup.Part("intarsia", "org.intarsia", "1"));
        versions.put("task", new RunSetup.Part("recurrences", "Recurrences", "1"));
        versions.put("backend", new RunSetup.Part("cpu", "Cpu", "1"));
        RunSetup setup = new RunSetup("abc", "def", List.of("Read 10 lines."), 3, 2000, 42_112, RunSetup.NATS,
                List.of(new Baseline("uniform guess", OptionalDouble.of(5.54518), 1 / 256.0, 0,
                        OptionalDouble.of(85.333)),
                        new Baseline("repeat", OptionalDouble.empty(), 0.125, 0.01, OptionalDouble.empty())),
                new RunSetup.Device("vectors", "single", 1), new RunSetup.Machine("jvm", "os", "processor", 2),
                versions);
        return new RunRecord(outcome, outcome == Outcome.DIVERGED
                ? Optional.of("the training loss was NaN at step 7")
                : Optional.empty(), step, 65, 1000, "2026-01-01T00:00:00Z", Optional.empty(), Optional.empty(),
                Optional.empty(), setup);
    }
}
