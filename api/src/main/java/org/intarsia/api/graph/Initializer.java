package org.intarsia.api.graph;

import java.util.random.RandomGenerator;
import org.intarsia.api.data.Seed;

/// How a variable starts. Numbers are drawn over the declared order of the variable's axes and rounded to single
/// precision, so that every backend starts from the same ones.
public sealed interface Initializer {

    /// Every element is `value`.
    record Fill(double value) implements Initializer {}

    /// Uniform on `[low, high)`.
    record Uniform(double low, double high) implements Initializer {}

    /// Normal with this mean and standard deviation.
    record Normal(double mean, double deviation) implements Initializer {}

    /// These values, in the declared order of axes.
    record Given(Values values) implements Initializer {}

    /// All zeros.
    static Initializer zeros() {
        return new Fill(0);
    }

    /// All ones.
    static Initializer ones() {
        return new Fill(1);
    }

    /// Uniform on `±1/√fanIn`, as PyTorch starts the weight and the bias of `nn.Linear`.
    static Initializer linear(int fanIn) {
        double bound = 1 / Math.sqrt(fanIn);
        return new Uniform(-bound, bound);
    }

    /// Draws `count` initial values from a random stream.
    default double[] draw(Seed stream, int count) {
        RandomGenerator random = stream.generator();
        return Values.compute(count, i -> (float) switch (this) {
            case Fill(double value) -> value;
            case Uniform(double low, double high) -> low + (high - low) * random.nextDouble();
            case Normal(double mean, double deviation) -> mean + deviation * normal(random);
            case Given(Values values) -> values.get(i);
        }).toArray();
    }

    /// Box and Muller's transform with strict arithmetic: the same bits on every machine.
    private static double normal(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
