package org.intarsia.runner.ablation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.intarsia.runner.training.Reporter;
import org.intarsia.runner.training.StopSignal;
import org.intarsia.runner.training.TrainingRun;

/// Says what a sweep would do, without doing it.
public final class Rehearsal {

    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long MEASURED_NANOS = 1_000_000_000L;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS = 1000;

    private final Sweep sweep;
    private final int parallel;

    /// Creates the rehearsal.
    ///
    /// @param parallel how many runs would train side by side
    public Rehearsal(Sweep sweep, int parallel) {
        this.sweep = sweep;
        this.parallel = parallel;
    }

    /// Prints the cells, and how long all of it takes if every step takes as long as one of the first cell, which is
    /// trained for three seconds in a folder that is deleted again.
    ///
    /// @param folder where the sweep would be
    public void run(PrintWriter out, Path folder) {
        List<String> head = new ArrayList<>(List.of("cell", "steps", "parameters", "configuration"));
        List<List<String>> rows = sweep.cells().stream().map(cell -> List.of(cell.name(),
                Report.count(cell.configuration().training().steps()), Report.count(cell.parameters()),
                cell.configuration().hash())).toList();
        out.print(new Table(head, 1, List.of(rows)).text());
        out.println(Report.size(sweep) + ", " + Report.count(sweep.steps()) + " steps in all, in " + folder);
        out.flush();
        double millis = millisPerStep();
        int threads = Math.min(parallel, sweep.trials().size());
        out.println(String.format(Locale.ROOT,
                "about %s with %d at a time, if every step takes %.2f ms as in the first cell; evaluations come on top",
                Progress.time(sweep.steps() * millis / MILLIS / threads), threads, millis));
        out.flush();
    }

    private double millisPerStep() {
        try {
            Path folder = Files.createTempDirectory("intarsia-rehearsal");
            try {
                Clock clock = new Clock();
                TrainingRun.execute(sweep.trials().getFirst().configuration(), folder, clock, clock);
                return clock.millisPerStep();
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Times the steps after a while in which the JVM compiles them, and then stops the run.
    private static final class Clock implements Reporter, StopSignal {

        private long first;
        private long last;
        private long start;
        private int startStep;
        private int steps;

        @Override
        public void stepped(int step, int tokens, double loss) {
            last = System.nanoTime();
            steps = step;
            if (step == 1) {
                first = last;
            }
            if (startStep == 0 || start - first < WARM_UP_NANOS && last - first >= WARM_UP_NANOS) {
                start = last;
                startStep = step;
            }
        }

        @Override
        public boolean requested() {
            return start - first >= WARM_UP_NANOS && last - start >= MEASURED_NANOS;
        }

        double millisPerStep() {
            return (last - start) / NANOS_PER_MILLI / Math.max(1, steps - startStep);
        }
    }
}
