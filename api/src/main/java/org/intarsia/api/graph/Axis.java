package org.intarsia.api.graph;

import java.util.List;
import java.util.stream.Collectors;

/// A named dimension of a tensor, such as `time 16`. Within one tensor a name occurs once; two tensors that share a name
/// must agree on its size.
///
/// @param name a non-empty name without blanks
/// @param size the number of positions along the axis, at least 1
public record Axis(String name, int size) {

    /// Checks the name and the size.
    ///
    /// @throws IllegalArgumentException if the name is empty or has a blank, or the size is below 1
    public Axis {
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("an axis needs a name without blanks, not '" + name + "'");
        }
        if (size < 1) {
            throw new IllegalArgumentException("axis '" + name + "' needs a size of at least 1, not " + size);
        }
    }

    /// Returns an axis of the same size with another name.
    public Axis named(String other) {
        return new Axis(other, size);
    }

    /// Returns an axis of the same name with another size.
    public Axis sized(int other) {
        return new Axis(name, other);
    }

    /// Returns the number of elements of a tensor with these axes.
    ///
    /// @throws IllegalArgumentException if there are more than 2³¹ − 1
    public static int count(List<Axis> axes) {
        long count = 1;
        for (Axis axis : axes) {
            count *= axis.size;
            if (count > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "a tensor with axes " + describe(axes) + " has more than 2^31 elements");
            }
        }
        return (int) count;
    }

    /// Writes axes as they appear in messages: `{batch 32, time 16}`.
    public static String describe(List<Axis> axes) {
        return axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String toString() {
        return name + " " + size;
    }
}
