package org.intarsia.runner.ablation;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.intarsia.runner.training.Reporter;
import org.intarsia.runner.training.StopSignal;
import org.intarsia.runner.training.TrainingRun;

/// Says what a sweep would do, without doing it.
public final class Rehearsal {

    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final int FEWEST_WINDOWS = 3;
    private static final int MOST_WINDOWS = 10;
    private static final double STILL_FASTER = 0.9;
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
    /// trained for a few seconds in a folder that is deleted again.
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

    /// Times the steps of a second, and of the next one, until they no longer become faster: the JVM compiles them only
    /// after a while. Then it stops the run.
    private static final class Clock implements Reporter, StopSignal {

        private final List<Double> windows = new ArrayList<>();
        private long start;
        private int startStep;
        private long last;
        private int lastStep;

        @Override
        public void stepped(int step, int tokens, double loss) {
            last = System.nanoTime();
            lastStep = step;
            if (step == 1) {
                start = last;
                startStep = step;
            } else if (last - start >= WINDOW_NANOS) {
                windows.add(window());
                start = last;
                startStep = step;
            }
        }

        private double window() {
            return (last - start) / NANOS_PER_MILLI / (lastStep - startStep);
        }

        @Override
        public boolean requested() {
            int count = windows.size();
            return count >= MOST_WINDOWS
                    || (count >= FEWEST_WINDOWS && windows.get(count - 1) > STILL_FASTER * windows.get(count - 2));
        }

        /// Returns the time of a step in the fastest window; of all steps but the first if the run is short.
        double millisPerStep() {
            return windows.stream().mapToDouble(Double::doubleValue).min()
                    .orElseGet(() -> lastStep > startStep ? window() : 0);
        }
    }
}
