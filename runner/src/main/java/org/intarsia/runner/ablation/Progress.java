package org.intarsia.runner.ablation;

import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.intarsia.runner.training.Reporter;

/// One line about a whole sweep: how many runs are done, the time left, and the losses of those that train. On a terminal
/// it is written over; elsewhere it is printed anew every few seconds.
final class Progress {

    private static final long PLAIN_NANOS = 10_000_000_000L;
    private static final long RECENT_NANOS = 10_000_000_000L;
    private static final int FEWEST_STEPS = 100;
    private static final double NANOS = 1e9;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int BAR = 12;
    private static final int SHOWN = 2;
    private static final int LONGEST = 99;
    private static final double SMOOTHING = 0.98;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final int runs;
    private final AtomicInteger runsDone;
    private final long steps;
    private final AtomicLong stepsDone;
    private final AtomicLong stepsTaken = new AtomicLong();
    private final Map<Trial, Double> losses = new ConcurrentHashMap<>();
    private final Deque<Moment> recent = new ArrayDeque<>();
    private long shown = System.nanoTime();
    private boolean live;

    /// How many steps had been taken when.
    private record Moment(long nanos, long steps) {}

    /// @param trials all runs of the sweep
    /// @param done those of them that had ended before
    Progress(PrintWriter out, boolean terminal, List<Trial> trials, List<Trial> done) {
        this.out = out;
        this.terminal = terminal;
        runs = trials.size();
        runsDone = new AtomicInteger(done.size());
        steps = steps(trials);
        stepsDone = new AtomicLong(steps(done));
    }

    private static long steps(List<Trial> trials) {
        return trials.stream().mapToLong(Progress::steps).sum();
    }

    private static int steps(Trial trial) {
        return trial.configuration().training().steps();
    }

    /// Returns who is told of one run, on its thread.
    Watch watch(Trial trial) {
        return new Watch(trial);
    }

    /// Counts the steps of one run.
    final class Watch implements Reporter, AutoCloseable {

        private final Trial trial;
        private int counted;
        private int last;
        private double smooth = Double.NaN;

        private Watch(Trial trial) {
            this.trial = trial;
        }

        @Override
        public void stepped(int step, int tokens, double loss) {
            stepsDone.addAndGet(step - counted);
            stepsTaken.addAndGet(last == 0 ? 1 : step - last);
            counted = step;
            last = step;
            smooth = Double.isNaN(smooth) ? loss : SMOOTHING * smooth + (1 - SMOOTHING) * loss;
            losses.put(trial, smooth);
        }

        /// The run has ended, stopped, or failed; what it did not do is not waited for.
        @Override
        public void close() {
            losses.remove(trial);
            stepsDone.addAndGet(steps(trial) - counted);
            runsDone.incrementAndGet();
        }
    }

    /// Shows the line, if it is time for it.
    void show() {
        Moment now = new Moment(System.nanoTime(), stepsTaken.get());
        recent.add(now);
        while (now.nanos - recent.getFirst().nanos > RECENT_NANOS) {
            recent.removeFirst();
        }
        if (terminal) {
            out.print(CLEAR + line(now));
            out.flush();
            live = true;
        } else if (now.nanos - shown >= PLAIN_NANOS) {
            shown = now.nanos;
            print(line(now));
        }
    }

    /// Prints a line that stays.
    void print(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    /// Takes the live line away.
    void clear() {
        if (live) {
            out.print(CLEAR);
            out.flush();
            live = false;
        }
    }

    private String line(Moment now) {
        long done = stepsDone.get();
        int filled = (int) (BAR * done / steps);
        StringBuilder line = new StringBuilder();
        line.append(runsDone).append(" of ").append(runs).append(" runs ").append("━".repeat(filled))
                .append("─".repeat(BAR - filled)).append(left(now, done));
        losses.entrySet().stream().sorted(Comparator.comparing(entry -> entry.getKey().shortName())).limit(SHOWN)
                .forEach(entry -> line.append("  ").append(entry.getKey().shortName())
                        .append(String.format(Locale.ROOT, " loss %.3f", entry.getValue())));
        if (losses.size() > SHOWN) {
            line.append("  and ").append(losses.size() - SHOWN).append(" more");
        }
        return line.length() <= LONGEST ? line.toString() : line.substring(0, LONGEST - 1) + "…";
    }

    /// The first steps are slow, since the JVM has not compiled them yet; so only the last ones count.
    private String left(Moment now, long done) {
        Moment before = recent.getFirst();
        long taken = now.steps - before.steps;
        return taken < FEWEST_STEPS
                ? ""
                : "  " + time((now.nanos - before.nanos) / NANOS / taken * (steps - done)) + " left";
    }

    /// Writes a duration as minutes and seconds.
    static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < HOUR
                ? String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
    }
}
