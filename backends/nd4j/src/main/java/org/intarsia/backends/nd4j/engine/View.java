package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Axis;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// How a tensor lies in a buffer: an offset and a stride for each axis. An axis that the tensor does not have, or along
/// which it repeats, has stride 0. Renaming, splitting, slicing and repeating are other views of the same buffer.
final class View {

    private final Buffer buffer;
    private final int offset;
    private final Map<String, Integer> strides;

    /// Creates a view.
    View(Buffer buffer, int offset, Map<String, Integer> strides) {
        this.buffer = buffer;
        this.offset = offset;
        this.strides = strides;
    }

    /// Lays axes out densely in a new buffer, the last one innermost.
    static View dense(DataType type, List<Axis> order) {
        Map<String, Integer> strides = new LinkedHashMap<>();
        int stride = 1;
        for (Axis axis : order.reversed()) {
            strides.put(axis.name(), stride);
            stride = Math.multiplyExact(stride, axis.size());
        }
        return new View(new Buffer(type, stride), 0, strides);
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
        return offset;
    }

    /// Returns the distance of two neighbours along an axis.
    int stride(String axis) {
        return strides.getOrDefault(axis, 0);
    }

    /// Returns the same values with an axis renamed.
    View rename(String from, String to) {
        Map<String, Integer> renamed = new LinkedHashMap<>();
        strides.forEach((name, stride) -> renamed.put(name.equals(from) ? to : name, stride));
        return new View(buffer, offset, renamed);
    }

    /// Returns the same values with an axis split in two.
    View split(String axis, Axis outer, Axis inner) {
        Map<String, Integer> split = new LinkedHashMap<>(strides);
        split.remove(axis);
        split.put(outer.name(), stride(axis) * inner.size());
        split.put(inner.name(), stride(axis));
        return new View(buffer, offset, split);
    }

    /// Returns whether two axes can be one without moving values.
    boolean merges(Axis outer, Axis inner) {
        return outer.size() == 1 || inner.size() == 1 || stride(outer.name()) == stride(inner.name()) * inner.size();
    }

    /// Returns the same values with two axes as one; see [#merges].
    View merge(Axis outer, Axis inner, String merged) {
        Map<String, Integer> one = new LinkedHashMap<>(strides);
        int stride = inner.size() == 1 ? stride(outer.name()) : stride(inner.name());
        one.remove(outer.name());
        one.remove(inner.name());
        one.put(merged, stride);
        return new View(buffer, offset, one);
    }

    /// Returns the same values from a position of an axis on.
    View slice(String axis, int start) {
        return new View(buffer, offset + start * stride(axis), strides);
    }

    /// Returns the same values without an axis, at its first position.
    View drop(String axis) {
        Map<String, Integer> rest = new LinkedHashMap<>(strides);
        rest.remove(axis);
        return new View(buffer, offset, rest);
    }

    /// Returns those axes along which the values differ, as this view lays them out, the outermost first.
    List<Axis> spread(List<Axis> axes) {
        return order(axes.stream().filter(axis -> axis.size() > 1 && stride(axis.name()) != 0).toList());
    }

    /// Returns axes sorted as this view lays them out, the outermost first; those along which it repeats come first.
    List<Axis> order(List<Axis> axes) {
        List<Axis> sorted = new ArrayList<>(axes);
        sorted.sort((a, b) -> Integer.compare(rank(b), rank(a)));
        return sorted;
    }

    private int rank(Axis axis) {
        int stride = stride(axis.name());
        return stride == 0 ? Integer.MAX_VALUE : stride;
    }
}
