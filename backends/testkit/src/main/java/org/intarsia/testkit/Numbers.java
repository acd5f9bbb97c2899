package org.intarsia.testkit;

import java.util.List;
import java.util.StringJoiner;
import org.intarsia.api.backend.DeviceInfo.Precision;
import org.intarsia.api.graph.Axis;

/// Compares numbers that stand in the order of some axes.
final class Numbers {

    private Numbers() {}

    /// Checks that each number is within the tolerance of the expected one; infinities and NaN must be the same.
    ///
    /// @throws AssertionError naming the position that is farthest off
    static void close(String what, List<Axis> axes, double[] expected, double[] actual, Tolerance tolerance,
            Precision precision) {
        double bound = tolerance.bound(precision);
        double worst = 0;
        double error = 0;
        int at = -1;
        int wrong = 0;
        for (int i = 0; i < expected.length; i++) {
            double excess = excess(expected[i], actual[i], bound);
            error = Math.max(error, error(expected[i], actual[i]));
            if (excess > 0) {
                wrong++;
            }
            if (excess > worst) {
                worst = excess;
                at = i;
            }
        }
        Measured.note(tolerance.reason(), bound, error, expected.length);
        if (at >= 0) {
            throw new AssertionError(what + ": " + actual[at] + " instead of " + expected[at] + " at "
                    + position(axes, at) + "; " + wrong + " of " + expected.length
                    + " numbers are farther off than " + bound + " (" + tolerance.reason() + ")");
        }
    }

    /// Checks that numbers are the same, bit by bit.
    static void same(String what, List<Axis> axes, double[] expected, double[] actual) {
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                throw new AssertionError(
                        what + ": " + actual[i] + " instead of " + expected[i] + " at " + position(axes, i));
            }
        }
    }

    /// Returns by how much a number is too far off; 0 if it is not.
    private static double excess(double expected, double actual, double bound) {
        if (Double.compare(expected, actual) == 0 || expected == actual) {
            return 0;
        }
        double distance = Math.abs(expected - actual);
        double allowed = bound * Math.max(1, Math.abs(expected));
        if (distance <= allowed && Double.isFinite(expected)) {
            return 0;
        }
        return Double.isFinite(distance) ? distance - allowed + Double.MIN_VALUE : Double.POSITIVE_INFINITY;
    }

    /// Returns how far a number is off, in the measure of bounds.
    private static double error(double expected, double actual) {
        if (Double.compare(expected, actual) == 0 || expected == actual) {
            return 0;
        }
        double error = Math.abs(expected - actual) / Math.max(1, Math.abs(expected));
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static String position(List<Axis> axes, int index) {
        StringJoiner position = new StringJoiner(", ", "{", "}");
        int block = Axis.count(axes);
        int rest = index;
        for (Axis axis : axes) {
            block /= axis.size();
            position.add(axis.name() + " " + rest / block);
            rest %= block;
        }
        return position.toString();
    }
}
