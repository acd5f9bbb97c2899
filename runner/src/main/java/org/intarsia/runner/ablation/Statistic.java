package org.intarsia.runner.ablation;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// A mean and the spread around it.
///
/// @param count how many numbers, n
/// @param mean Σx / n, present if n ≥ 1
/// @param deviation the standard deviation of the sample, √(Σ(x − mean)² / (n − 1)), present if n ≥ 2
record Statistic(int count, OptionalDouble mean, OptionalDouble deviation) {

    private static final String NONE = "–";

    static Statistic of(double... values) {
        if (values.length == 0) {
            return new Statistic(0, OptionalDouble.empty(), OptionalDouble.empty());
        }
        double mean = DoubleStream.of(values).sum() / values.length;
        double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
        return new Statistic(values.length, OptionalDouble.of(mean), values.length == 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squares / (values.length - 1))));
    }

    /// Writes `mean ± deviation`, with – for what there is not.
    ///
    /// @param decimals after the point
    /// @param scale 100 for shares as percents
    String text(int decimals, double scale) {
        return mean.isEmpty() ? NONE : number(mean, decimals, scale) + " ± " + number(deviation, decimals, scale);
    }

    /// Writes a number, or –.
    static String number(OptionalDouble number, int decimals, double scale) {
        return number.isPresent() ? String.format(Locale.ROOT, "%." + decimals + "f", scale * number.getAsDouble())
                : NONE;
    }
}
