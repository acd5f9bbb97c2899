package org.intarsia.testkit;

import java.util.List;
import java.util.random.RandomGenerator;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Values;

/// An operand of a case. Its numbers are exact in single precision, so that every backend starts from the same ones.
///
/// @param type what the elements are
/// @param axes the axes in the order in which the numbers are drawn
/// @param draw how the numbers come about
record Sample(DataType type, List<Axis> axes, Draw draw) {

    /// Gives the number at an index.
    @FunctionalInterface
    interface Draw {
        double number(RandomGenerator random, int index);
    }

    /// Returns real numbers on `[-2, 2)`.
    static Sample real(Axis... axes) {
        return real((random, _) -> 4 * random.nextDouble() - 2, axes);
    }

    /// Returns real numbers on `[½, 2)`.
    static Sample positive(Axis... axes) {
        return real((random, _) -> 0.5 + 1.5 * random.nextDouble(), axes);
    }

    /// Returns real numbers whose magnitude is at least ¼ and whose signs alternate, so that no few of them are alike.
    static Sample spread(Axis... axes) {
        return real((random, i) -> (i % 2 == 0 ? 1 : -1) * (0.25 + random.nextDouble()), axes);
    }

    /// Returns these real numbers, again and again.
    static Sample given(List<Double> numbers, Axis... axes) {
        return real((_, i) -> numbers.get(i % numbers.size()), axes);
    }

    /// Returns drawn real numbers.
    static Sample real(Draw draw, Axis... axes) {
        return new Sample(DataType.FLOAT, List.of(axes), draw);
    }

    /// Returns whole numbers on `[low, high)`.
    static Sample integers(int low, int high, Axis... axes) {
        return new Sample(DataType.INTEGER, List.of(axes), (random, _) -> random.nextInt(low, high));
    }

    /// Returns truth values.
    static Sample truths(Axis... axes) {
        return new Sample(DataType.BOOLEAN, List.of(axes), (random, _) -> random.nextInt(2));
    }

    /// Draws the numbers from a stream.
    Values values(Seed stream) {
        RandomGenerator random = stream.generator();
        return Values.compute(Axis.count(axes), i -> (float) draw.number(random, i));
    }
}
