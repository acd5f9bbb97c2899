package org.intarsia.runner.training;

import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.TrainingSettings;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.run.Checkpoint;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunRecord.Outcome;
import org.intarsia.runner.run.RunSetup;
import org.intarsia.runner.run.Scores;

/// Takes the steps of a run, measures along the way, and saves so that the run can be killed at any instant.
final class TrainingLoop {

    private static final double NANOS = 1e9;

    private final Configuration configuration;
    private final TrainingSettings settings;
    private final Batch.Form form;
    private final Seed batchSeed;
    private final Stepper stepper;
    private final Evaluator evaluator;
    private final Sampler sampler;
    private final Saver saver;
    private final RunFolder folder;
    private final RunSetup setup;
    private final Reporter reporter;
    private final StopSignal stop;

    @Inject
    TrainingLoop(Configuration configuration, Batch.Form form, @Drawn Seed batchSeed, Stepper stepper,
            Evaluator evaluator,
            Sampler sampler, Saver saver, RunFolder folder, RunSetup setup, Reporter reporter, StopSignal stop) {
        this.configuration = configuration;
        this.settings = configuration.training();
        this.form = form;
        this.batchSeed = batchSeed;
        this.stepper = stepper;
        this.evaluator = evaluator;
        this.sampler = sampler;
        this.saver = saver;
        this.folder = folder;
        this.setup = setup;
        this.reporter = reporter;
        this.stop = stop;
    }

    /// Runs to the end, or until it is asked to stop.
    ///
    /// @param before the record that the folder holds, if the run was begun
    RunRecord run(Optional<RunRecord> before) {
        Stretch stretch = new Stretch(saver.load().orElse(Checkpoint.START), before);
        folder.writeConfiguration(configuration.text());
        reporter.started(stretch.write(Outcome.RUNNING, Optional.empty()), folder.path());
        RunRecord end;
        try {
            end = stretch.train();
        } catch (RuntimeException | Error e) {
            stretch.fail(e);
            throw e;
        }
        reporter.ended(end, folder.path(), false);
        return end;
    }

    /// What happens from a checkpoint on until the run ends, stops or is killed.
    private final class Stretch {

        private final long start = System.nanoTime();
        private final String started;
        private final double secondsBefore;
        private final Logbook logbook;
        private int step;
        private int savedStep;
        private double lossSum;
        private int lossCount;

        Stretch(Checkpoint from, Optional<RunRecord> before) {
            started = before.map(RunRecord::started).orElse(now());
            secondsBefore = before.map(RunRecord::seconds).orElse(0.0);
            logbook = new Logbook(folder, from);
            step = from.step();
            savedStep = from.step();
            lossSum = from.lossSum();
            lossCount = from.lossCount();
        }

        RunRecord train() {
            try (Batches batches = new Batches(form, batchSeed, step)) {
                while (step < settings.steps()) {
                    if (stop.requested()) {
                        return stopped();
                    }
                    Batch batch = batches.take();
                    learn(batch);
                    batches.giveBack(batch);
                    if (!Double.isFinite(stepper.loss())) {
                        return diverged("the training loss was " + stepper.loss());
                    }
                    if (due(settings.logEvery()) || due(settings.evaluateEvery()) || step == 1) {
                        Optional<String> trouble = measure();
                        if (trouble.isPresent()) {
                            return diverged(trouble.get());
                        }
                    }
                    if (due(settings.checkpointEvery())) {
                        save();
                        write(Outcome.RUNNING, Optional.empty());
                    }
                }
                return write(Outcome.FINISHED, Optional.empty());
            } catch (InterruptedException e) {
                // Saved first: a thread that is marked as interrupted cannot write files.
                RunRecord run = stopped();
                Thread.currentThread().interrupt();
                return run;
            }
        }

        private RunRecord stopped() {
            save();
            return write(Outcome.STOPPED, Optional.empty());
        }

        private RunRecord diverged(String reason) {
            return write(Outcome.DIVERGED, Optional.of(reason + " at step " + step));
        }

        private void fail(Throwable reason) {
            try {
                write(Outcome.FAILED, Optional.of(reason.toString()));
            } catch (UserError e) {
                reason.addSuppressed(e);
            }
        }

        private boolean due(int every) {
            return step % every == 0 || step == settings.steps();
        }

        private void learn(Batch batch) {
            stepper.step(batch);
            step++;
            lossSum += stepper.loss();
            lossCount++;
            reporter.stepped(step, batch.counted(), stepper.loss());
        }

        /// Writes a measurement, unless its numbers are none.
        ///
        /// @return what is wrong with them
        private Optional<String> measure() {
            boolean evaluate = due(settings.evaluateEvery());
            Optional<Scores> validation = evaluate(evaluate, Task.Split.VALIDATION);
            Optional<Scores> test = evaluate(evaluate, Task.Split.TEST);
            if (!validation.map(Scores::loss).map(Double::isFinite).orElse(true)) {
                return Optional.of("the validation loss was " + validation.get().loss());
            }
            Measurement measurement = new Measurement(step, lossSum / lossCount, stepper.gradientNorm(), validation,
                    test);
            lossSum = 0;
            lossCount = 0;
            boolean best = logbook.add(measurement, stepper.tokensPerSecond());
            if (best) {
                saver.saveBest(measurement);
            }
            if (evaluate) {
                reporter.evaluated(measurement, best);
                reporter.sampled(step, sampler.sample(step));
            }
            return Optional.empty();
        }

        private Optional<Scores> evaluate(boolean wanted, Task.Split split) {
            return wanted ? Optional.of(evaluator.evaluate(split)) : Optional.empty();
        }

        private void save() {
            saver.save(new Checkpoint(step, lossSum, lossCount, logbook.count()));
            savedStep = step;
        }

        private RunRecord write(Outcome outcome, Optional<String> error) {
            double seconds = secondsBefore + (System.nanoTime() - start) / NANOS;
            RunRecord run = new RunRecord(outcome, error, savedStep, seconds, stepper.tokensPerSecond(), started,
                    outcome == Outcome.RUNNING ? Optional.empty() : Optional.of(now()), logbook.best(), logbook.last(),
                    setup);
            folder.write(run);
            return run;
        }
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
