package org.intarsia.runner.bench;

import java.util.Arrays;

/// What was measured of one shape.
///
/// @param shape what was measured
/// @param steps how many steps were timed, after others to warm up
/// @param median milliseconds per step
/// @param least milliseconds of the fastest step
/// @param most milliseconds of the slowest step
/// @param operations floating-point operations that the step's contractions need, a multiply-add being two
/// @param plan what the backend says that a step is made of, perhaps nothing
public record Timing(
        Shape shape, int steps, double median, double least, double most, long operations, String plan)
        implements
            Outcome {

    /// Sums up the times of single steps.
    ///
    /// @param nanoseconds of each step
    static Timing of(Shape shape, long[] nanoseconds, long operations, String plan) {
        double[] sorted = Arrays.stream(nanoseconds).mapToDouble(t -> t / 1e6).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Timing(shape, sorted.length, median, sorted[0], sorted[sorted.length - 1], operations, plan);
    }

    /// Returns how many tokens a second go through training, at the median.
    public double tokensPerSecond() {
        return shape.batch() * shape.model().length() / median * 1e3;
    }

    /// Returns the rate of the contractions at the median, in 10⁹ operations a second.
    public double gigaflops() {
        return operations / median / 1e6;
    }

    /// Returns the milliseconds that the contractions alone take at the machine's peak.
    public double floor(Machine machine) {
        return operations / machine.gigaflops() / 1e6;
    }

    /// Returns how many per cent of the machine's peak the contractions reach at the median of whole steps.
    public double percentOfPeak(Machine machine) {
        return 100 * gigaflops() / machine.gigaflops();
    }
}
