package org.intarsia.backends.nd4j.engine;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Strides;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Where a tensor lies in a buffer.
final class View {

    private final Buffer buffer;
    private final Strides strides;

    /// Creates a view.
    View(Buffer buffer, Strides strides) {
        this.buffer = buffer;
        this.strides = strides;
    }

    /// Lays axes out densely in a new buffer, the last one innermost.
    static View dense(DataType type, List<Axis> order) {
        return new View(new Buffer(type, Axis.count(order)), Strides.dense(order));
    }

    /// Returns the buffer.
    Buffer buffer() {
        return buffer;
    }

    /// Returns the whole buffer as an array of ND4J with one dimension.
    INDArray whole() {
        return buffer.array(new long[] {buffer.size()}, new long[] {1}, 0);
    }

    /// Returns the offset of the first element within the buffer.
    int offset() {
        return strides.offset();
    }

    /// Returns the distance of two neighbours along an axis.
    int stride(String axis) {
        return strides.stride(axis);
    }

    /// Returns the same values with an axis renamed.
    View rename(String from, String to) {
        return new View(buffer, strides.rename(from, to));
    }

    /// Returns the same values with an axis split in two.
    View split(String axis, Axis outer, Axis inner) {
        return new View(buffer, strides.split(axis, outer, inner));
    }

    /// Returns whether two axes can be one without moving values.
    boolean merges(Axis outer, Axis inner) {
        return strides.merges(outer, inner);
    }

    /// Returns the same values with two axes as one; see [#merges].
    View merge(Axis outer, Axis inner, String merged) {
        return new View(buffer, strides.merge(outer, inner, merged));
    }

    /// Returns the same values from a position of an axis on.
    View slice(String axis, int start) {
        return new View(buffer, strides.slice(axis, start));
    }

    /// Returns the same values without an axis, at its first position.
    View drop(String axis) {
        return new View(buffer, strides.drop(axis));
    }

    /// Returns those axes along which the values differ, as this view lays them out, the outermost first.
    List<Axis> spread(List<Axis> axes) {
        return order(axes.stream().filter(axis -> axis.size() > 1 && stride(axis.name()) != 0).toList());
    }

    /// Returns axes sorted as this view lays them out, the outermost first; those along which it repeats come first.
    List<Axis> order(List<Axis> axes) {
        return strides.order(axes);
    }
}
