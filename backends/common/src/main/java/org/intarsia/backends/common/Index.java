package org.intarsia.backends.common;

import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;

/// What an op looks up along, and how it says that an index is outside.
///
/// @param op the name of the op
/// @param axis along which it looks up
/// @param path where in the model it stands
public record Index(String op, Axis axis, String path) {

    /// Returns what a node looks up along.
    public static Index of(Tensor node, Axis axis) {
        return new Index(node.op().name(), axis, node.path());
    }

    /// Returns the index.
    ///
    /// @throws IndexOutOfBoundsException if it is not within the axis
    public int check(int index) {
        if (index < 0 || index >= axis.size()) {
            throw outside(index);
        }
        return index;
    }

    /// Returns the error of an index that is not within the axis.
    public IndexOutOfBoundsException outside(long index) {
        return new IndexOutOfBoundsException(
                op + ": the index " + index + " is not within " + axis + (path.isEmpty() ? "" : ", at " + path));
    }
}
