package org.intarsia.api.component;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// What is known of a [Coordinate] before any sequence is read.
///
/// @param extent how many values it has: 0, 1, …, extent − 1
/// @param fixed its value at each token, [Coordinate#NONE] included, where that is the same in all sequences, as in a grid
///        of one size: what a model computes from it is then computed once. Empty where it depends on the tokens.
public record Layout(int extent, List<Integer> fixed) {

    /// Copies the list and checks that each value is one of those that there are.
    public Layout {
        fixed = List.copyOf(fixed);
        check(extent >= 1, "coordinates", "must have at least 1 value, not " + extent);
        for (int value : fixed) {
            check(Coordinate.NONE <= value && value < extent, "coordinates",
                    "must be below " + extent + ", or " + Coordinate.NONE + " for none, not " + value);
        }
    }

    /// Creates the layout of a coordinate that depends on the tokens.
    public static Layout byTokens(int extent) {
        return new Layout(extent, List.of());
    }

    /// Creates the layout of a coordinate that each token has by its index alone.
    ///
    /// @param length how many tokens a model reads at most
    /// @param value the coordinate of the token at an index
    public static Layout byIndex(int extent, int length, IntUnaryOperator value) {
        return new Layout(extent, IntStream.range(0, length).map(value).boxed().toList());
    }

    /// Returns whether the coordinate is the same in all sequences.
    public boolean isFixed() {
        return !fixed.isEmpty();
    }
}
