package org.intarsia.runner.ablation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunRecord.Outcome;
import org.intarsia.runner.run.RunSetup;
import org.intarsia.runner.run.Scores;

/// Results with numbers that a person can check.
final class MadeUpResults {

    private final Sweep sweep;
    private final List<TrialResult> trials = new ArrayList<>();
    private String unit = RunSetup.NATS;
    private double floor = 2.25;

    MadeUpResults(Sweep sweep) {
        this.sweep = sweep;
    }

    /// Says what the losses of the runs after this are in.
    MadeUpResults in(String otherUnit) {
        unit = otherUnit;
        return this;
    }

    /// Says what the floor of the runs after this loses.
    MadeUpResults over(double otherFloor) {
        floor = otherFloor;
        return this;
    }

    /// Adds the next run, of 20 steps in 40 ms.
    MadeUpResults run(double validation, double test, double accuracy) {
        return run("data", 3, validation, test, accuracy);
    }

    MadeUpResults run(String data, double firstLoss, double validation, double test, double accuracy) {
        Measurement first = new Measurement(1, firstLoss, 1, Optional.empty(), Optional.empty());
        Measurement last = new Measurement(20, 2, 1,
                Optional.of(new Scores(validation, accuracy, accuracy / 2, OptionalDouble.of(4))),
                Optional.of(new Scores(test, accuracy, accuracy / 2, OptionalDouble.of(4))));
        RunRecord run = new RunRecord(Outcome.FINISHED, Optional.empty(), 20, 0.04, 1000, "then", Optional.of("later"),
                Optional.of(last), Optional.of(last), setup(data));
        return add(State.FINISHED, Optional.empty(), Optional.of(run), List.of(first, last));
    }

    MadeUpResults failure(State state, String reason) {
        return add(state, Optional.of(reason), Optional.empty(), List.of());
    }

    private MadeUpResults add(State state, Optional<String> reason, Optional<RunRecord> run,
            List<Measurement> measurements) {
        int index = trials.size();
        int seeds = sweep.seeds().size();
        Trial trial = new Trial(sweep.cells().get(index / seeds), sweep.seeds().get(index % seeds));
        trials.add(new TrialResult(trial, trial.folder(Path.of("sweep")), state, reason, run, measurements));
        return this;
    }

    private RunSetup setup(String data) {
        return new RunSetup("hash", data, List.of(), 1, 20, 100, unit,
                List.of(new Baseline("uniform guess", OptionalDouble.of(floor), 0.1, 0, OptionalDouble.empty())),
                new RunSetup.Device("abacus", "single", 1), new RunSetup.Machine("jvm", "os", "processor", 2),
                Map.of("runner", new RunSetup.Part("intarsia", "runner", "1")));
    }

    Results results() {
        return new Results(sweep, trials);
    }
}
