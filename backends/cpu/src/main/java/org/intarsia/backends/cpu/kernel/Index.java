package org.intarsia.backends.cpu.kernel;

import org.intarsia.api.graph.Axis;

/// What an op looks up along, and how it says that an index is outside.
///
/// @param op the name of the op
/// @param axis along which it looks up
/// @param path where in the model it stands
public record Index(String op, Axis axis, String path) {

    /// Returns the index.
    ///
    /// @throws IndexOutOfBoundsException if it is not within the axis
    int check(int index) {
        if (index < 0 || index >= axis.size()) {
            throw outside(index);
        }
        return index;
    }

    private IndexOutOfBoundsException outside(int index) {
        return new IndexOutOfBoundsException(
                op + ": the index " + index + " is not within " + axis + (path.isEmpty() ? "" : ", at " + path));
    }
}
