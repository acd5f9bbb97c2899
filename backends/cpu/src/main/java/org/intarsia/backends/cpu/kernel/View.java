package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Axis;

/// How a tensor lies in a buffer: an offset and a stride for each axis. An axis that the tensor does not have, or along
/// which it repeats, has stride 0. Renaming, splitting, slicing and repeating are other views of the same buffer.
public final class View {

    private final Buffer buffer;
    private final int offset;
    private final Map<String, Integer> strides;

    /// Creates a view.
    public View(Buffer buffer, int offset, Map<String, Integer> strides) {
        this.buffer = buffer;
        this.offset = offset;
        this.strides = strides;
    }

    /// Returns the number of elements between two rows of the innermost axis, when it is the lanes' axis: their number,
    /// rounded up to whole vectors.
    static int padded(Axis axis, String lanes) {
        return axis.name().equals(lanes) ? Math.ceilDiv(axis.size(), Vectors.LENGTH) * Vectors.LENGTH : axis.size();
    }

    /// Lays axes out densely in a new buffer, the last one innermost; an innermost lanes' axis fills whole vectors.
    public static View dense(List<Axis> order, String lanes) {
        Map<String, Integer> strides = new LinkedHashMap<>();
        int stride = 1;
        for (Axis axis : order.reversed()) {
            strides.put(axis.name(), stride);
            stride = Math.multiplyExact(stride, padded(axis, lanes));
        }
        return new View(new Buffer(stride), 0, strides);
    }

    /// Returns the buffer.
    public Buffer buffer() {
        return buffer;
    }

    /// Returns the offset of the first element within the buffer.
    public int offset() {
        return offset;
    }

    /// Returns where the first element lies within the array.
    public int start() {
        return buffer.start() + offset;
    }

    /// Returns the distance of two neighbours along an axis.
    public int stride(String axis) {
        return strides.getOrDefault(axis, 0);
    }

    /// Returns the same values with an axis renamed.
    public View rename(String from, String to) {
        Map<String, Integer> renamed = new LinkedHashMap<>();
        strides.forEach((name, stride) -> renamed.put(name.equals(from) ? to : name, stride));
        return new View(buffer, offset, renamed);
    }

    /// Returns the same values with an axis split in two.
    public View split(String axis, Axis outer, Axis inner) {
        Map<String, Integer> split = new LinkedHashMap<>(strides);
        split.remove(axis);
        split.put(outer.name(), stride(axis) * inner.size());
        split.put(inner.name(), stride(axis));
        return new View(buffer, offset, split);
    }

    /// Returns whether two axes can be one without moving values.
    public boolean merges(Axis outer, Axis inner) {
        return outer.size() == 1 || inner.size() == 1 || stride(outer.name()) == stride(inner.name()) * inner.size();
    }

    /// Returns the same values with two axes as one; see [#merges].
    public View merge(Axis outer, Axis inner, String merged) {
        Map<String, Integer> one = new LinkedHashMap<>(strides);
        int stride = inner.size() == 1 ? stride(outer.name()) : stride(inner.name());
        one.remove(outer.name());
        one.remove(inner.name());
        one.put(merged, stride);
        return new View(buffer, offset, one);
    }

    /// Returns the same values from a position of an axis on.
    public View slice(String axis, int start) {
        return new View(buffer, offset + start * stride(axis), strides);
    }

    /// Returns the same values without an axis, at its first position.
    public View drop(String axis) {
        Map<String, Integer> rest = new LinkedHashMap<>(strides);
        rest.remove(axis);
        return new View(buffer, offset, rest);
    }

    /// Returns whether both views start at the same element.
    boolean startsLike(View other) {
        return buffer == other.buffer && offset == other.offset;
    }

    /// Returns whether an element stands at the same place in the buffers of both views.
    boolean liesLike(View other) {
        return buffer.size() == other.buffer.size() && offset == other.offset && strides.equals(other.strides);
    }

    /// Returns axes sorted as this view lays them out, the outermost first; those along which it repeats come first.
    public List<Axis> order(List<Axis> axes) {
        List<Axis> sorted = new ArrayList<>(axes);
        sorted.sort((a, b) -> Integer.compare(rank(b), rank(a)));
        return sorted;
    }

    private int rank(Axis axis) {
        int stride = stride(axis.name());
        return stride == 0 ? Integer.MAX_VALUE : stride;
    }
}
