package org.intarsia.positional;

/// How fast each pair of channels turns, in radians per position, and how much longer it becomes.
///
/// @param channels how many channels are turned, two for each pair
/// @param base what the frequencies are powers of
/// @param scaling how they are stretched to longer sequences
/// @param length of the model
record RotaryFrequencies(int channels, double base, Rope.Scaling scaling, int length) {

    /// Rotations within the trained length from which on YaRN leaves a pair as it is, and up to which it stretches it fully.
    private static final double FAST = 32;
    private static final double SLOW = 1;

    /// Returns the frequency of pair p.
    double of(int pair) {
        double factor = scaling.factor();
        return switch (scaling.kind()) {
            case NONE -> plain(base, pair);
            case LINEAR -> plain(base, pair) / factor;
            case NTK -> plain(stretched(factor), pair);
            case DYNAMIC_NTK -> plain(stretched(factor * length / trainedLength() - (factor - 1)), pair);
            case YARN -> {
                double ramp = ramp(pair);
                yield plain(base, pair) * (ramp / factor + 1 - ramp);
            }
        };
    }

    /// Returns the factor of the length of queries and of keys.
    double magnitude() {
        return scaling.kind() == Rope.Scaling.Kind.YARN ? 0.1 * StrictMath.log(scaling.factor()) + 1 : 1;
    }

    /// Returns the length that was trained, L₀.
    int trainedLength() {
        return scaling.trainedLength() == 0 ? length : scaling.trainedLength();
    }

    private double plain(double powersOf, int pair) {
        return StrictMath.pow(powersOf, -2.0 * pair / channels);
    }

    /// Raises the base so that the slowest pair turns `factor` times more slowly and the fastest as before.
    private double stretched(double factor) {
        return base * StrictMath.pow(factor, (double) channels / (channels - 2));
    }

    /// 0 for pairs that turn often within the trained length, 1 for those that turn less than once.
    private double ramp(int pair) {
        double low = Math.max(Math.floor(pairTurning(FAST)), 0);
        double high = Math.max(low, Math.min(Math.ceil(pairTurning(SLOW)), channels - 1));
        double width = high == low ? 1e-3 : high - low;
        return Math.clamp((pair - low) / width, 0, 1);
    }

    /// Returns which pair, as a fraction, turns so many times within the trained length.
    private double pairTurning(double times) {
        return channels * StrictMath.log(trainedLength() / (2 * Math.PI * times)) / (2 * StrictMath.log(base));
    }
}
