package org.intarsia.backends.opencl.code;

import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;

/// An index that may lie outside its axis.
///
/// @param node the gather or scatter-add
/// @param index its index
/// @param axis the axis that it points along
public record Fault(Tensor node, Tensor index, Axis axis) {

    /// Returns the error for an index that does.
    public IndexOutOfBoundsException error(long value) {
        return new IndexOutOfBoundsException(node.op().name() + ": the index " + value + " is not within " + axis
                + (node.path().isEmpty() ? "" : ", at " + node.path()));
    }
}
