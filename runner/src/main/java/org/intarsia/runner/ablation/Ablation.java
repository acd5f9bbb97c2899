package org.intarsia.runner.ablation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.training.StopSignal;
import org.intarsia.runner.training.TrainingRun;

/// Carries out a sweep in a folder: trains what is not trained yet, several runs side by side, and writes what came of all
/// of them.
public final class Ablation {

    private static final long SHOW_MILLIS = 100;
    private static final String ERROR = "error.txt";

    private final Sweep sweep;
    private final Path folder;
    private final int parallel;

    /// How a sweep ended.
    public enum Outcome {
        /// Every run came to its end, be it a divergence.
        COMPLETE,
        /// It was asked to stop, and can go on.
        STOPPED,
        /// At least one run ended with an error.
        FAILED
    }

    /// Creates the ablation.
    ///
    /// @param folder where everything is kept
    /// @param parallel how many runs train side by side
    public Ablation(Sweep sweep, Path folder, int parallel) {
        this.sweep = sweep;
        this.folder = folder;
        this.parallel = parallel;
    }

    /// Trains, reports, and writes `results.md`, `results.csv` and `results.json`.
    ///
    /// @param terminal whether a line can be written over
    /// @param stop ends all runs after their step; each goes on from there when the sweep is run again
    /// @throws UserError if the folder cannot be used, or holds runs of other configurations
    public Outcome run(PrintWriter out, boolean terminal, StopSignal stop) {
        try (RunFolder _ = RunFolder.open(folder)) {
            List<Trial> trials = sweep.trials();
            List<Trial> done = trials.stream().filter(this::complete).toList();
            out.println(heading(done.size()));
            out.flush();
            List<Trial> open = trials.stream().filter(trial -> !done.contains(trial)).toList();
            Map<Trial, String> failures = train(open, new Progress(out, terminal, trials, done), stop);
            Results results = Results.read(sweep, folder, failures);
            ResultFiles.write(results, folder);
            out.print(new Report(results).text());
            out.println("all of it: " + folder.resolve(ResultFiles.MARKDOWN) + ", " + ResultFiles.CSV + ", "
                    + ResultFiles.JSON);
            out.flush();
            return ended(results, out);
        }
    }

    private String heading(int done) {
        int runs = sweep.cells().size() * sweep.seeds().size();
        return sweep.name() + ": " + Report.size(sweep) + " of " + Report.steps(sweep) + " steps, "
                + Math.min(parallel, runs) + " at a time, in " + folder
                + (done == 0 ? "" : "\n" + done + " of them " + (done == 1 ? "is" : "are") + " done already");
    }

    /// Returns whether a run has ended, so that there is nothing to do.
    private boolean complete(Trial trial) {
        Path path = trial.folder(folder);
        Optional<RunRecord> record = RunFolder.record(path);
        String hash = trial.configuration().hash();
        record.map(run -> run.setup().configuration()).filter(found -> !found.equals(hash)).ifPresent(found -> {
            throw new UserError("the run folder " + path + " belongs to another configuration: its hash is " + found
                    + ", this one's is " + hash
                    + "\n  choose another folder for the sweep with --run, or delete this one");
        });
        return record.map(RunRecord::complete).orElse(false);
    }

    /// Trains runs, and returns why some of them failed.
    private Map<Trial, String> train(List<Trial> open, Progress progress, StopSignal stop) {
        Map<Trial, String> failures = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(open.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel,
                Thread.ofPlatform().name("run-", 1).factory())) {
            for (Trial trial : open) {
                threads.execute(() -> {
                    try {
                        train(trial, progress, stop).ifPresent(reason -> failures.put(trial, reason));
                    } finally {
                        left.countDown();
                    }
                });
            }
            List<Trial> said = new ArrayList<>();
            while (!left.await(SHOW_MILLIS, TimeUnit.MILLISECONDS)) {
                say(failures, said, progress);
                progress.show();
            }
            say(failures, said, progress);
            progress.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return failures;
    }

    private static void say(Map<Trial, String> failures, List<Trial> said, Progress progress) {
        new LinkedHashMap<>(failures).forEach((trial, reason) -> {
            if (!said.contains(trial)) {
                said.add(trial);
                progress.print(trial + " failed: " + reason);
            }
        });
    }

    /// A run that fails must not take the others with it; whatever it was is a row of the results.
    private Optional<String> train(Trial trial, Progress progress, StopSignal stop) {
        if (stop.requested()) {
            return Optional.empty();
        }
        Path path = trial.folder(folder);
        try (Progress.Watch watch = progress.watch(trial)) {
            TrainingRun.execute(trial.configuration(), path, watch, stop);
            return Optional.empty();
        } catch (UserError | InsufficientMemoryException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return Optional.of(e + trace(e, path.resolve(ERROR)));
        }
    }

    private static String trace(Throwable e, Path file) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        try {
            Files.writeString(file, trace.toString());
            return "; see " + file;
        } catch (IOException other) {
            return "; its stack trace cannot be written: " + other;
        }
    }

    private static Outcome ended(Results results, PrintWriter out) {
        long ended = results.trials().stream().filter(trial -> trial.state().ended()).count();
        if (ended < results.trials().size()) {
            out.println("stopped: " + ended + " of " + results.trials().size()
                    + " runs are done; the same command goes on from there");
            out.flush();
            return Outcome.STOPPED;
        }
        return results.trials().stream().anyMatch(trial -> trial.state() == State.FAILED)
                ? Outcome.FAILED
                : Outcome.COMPLETE;
    }
}
