package org.intarsia.backends.nd4j.engine;

import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;

/// What an op looks up along, and how it says that an index is outside.
///
/// @param op the name of the op
/// @param axis along which it looks up
/// @param path where in the model it stands
record Index(String op, Axis axis, String path) {

    static Index of(Tensor node, Axis axis) {
        return new Index(node.op().name(), axis, node.path());
    }

    /// Returns the index.
    ///
    /// @throws IndexOutOfBoundsException if it is not within the axis
    int check(float index) {
        if (!(index >= 0 && index < axis.size())) {
            throw new IndexOutOfBoundsException(op + ": the index " + (long) index + " is not within " + axis
                    + (path.isEmpty() ? "" : ", at " + path));
        }
        return (int) index;
    }
}
