package org.intarsia.testkit;

import org.intarsia.api.backend.DeviceInfo.Precision;

/// How far a real number x of a backend may be from the reference's number r: |x − r| ≤ bound · max(1, |r|). Whole
/// numbers and truth values must always be equal.
///
/// @param inSingle the bound for a backend that computes in single precision
/// @param inDouble the bound for a backend that computes in double precision
/// @param reason why not less
record Tolerance(double inSingle, double inDouble, String reason) {

    private static final double SINGLE_UNIT = 0x1p-24;
    private static final double DOUBLE_UNIT = 0x1p-53;

    static final Tolerance EXACT = new Tolerance(0, 0, "numbers are moved, not computed");

    static final Tolerance ROUNDED = units(4, "a rounding or two");

    static final Tolerance FUNCTION = units(32, "polynomials of a few units in the last place");

    static final Tolerance CHAIN = units(256, "a dozen roundings, means and functions, one on another");

    /// Returns the bound for a sum of numbers or products of magnitude up to 4, in any order.
    static Tolerance sum(int terms) {
        return units(8 + 4.0 * terms, "a sum in any order: a few roundings for each term");
    }

    /// Returns a bound in units of half a unit in the last place of 1.
    static Tolerance units(double units, String reason) {
        return new Tolerance(units * SINGLE_UNIT, units * DOUBLE_UNIT, reason);
    }

    /// Returns a bound this many times as large.
    Tolerance times(double factor) {
        return new Tolerance(factor * inSingle, factor * inDouble, reason);
    }

    double bound(Precision precision) {
        return switch (precision) {
            case SINGLE -> inSingle;
            case DOUBLE -> inDouble;
        };
    }
}
