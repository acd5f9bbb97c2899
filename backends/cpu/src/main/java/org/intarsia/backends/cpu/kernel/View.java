package org.intarsia.backends.cpu.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Strides;

/// Where a tensor lies in a buffer.
public final class View {

    private final Buffer buffer;
    private final Strides strides;

    /// Creates a view.
    public View(Buffer buffer, Strides strides) {
        this.buffer = buffer;
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
        return new View(new Buffer(stride), new Strides(0, strides));
    }

    /// Returns the buffer.
    public Buffer buffer() {
        return buffer;
    }

    /// Returns the offset of the first element within the buffer.
    public int offset() {
        return strides.offset();
    }

    /// Returns where the first element lies within the array.
    public int start() {
        return buffer.start() + strides.offset();
    }

    /// Returns the distance of two neighbours along an axis.
    public int stride(String axis) {
        return strides.stride(axis);
    }

    /// Returns the same values with an axis renamed.
    public View rename(String from, String to) {
        return new View(buffer, strides.rename(from, to));
    }

    /// Returns the same values with an axis split in two.
    public View split(String axis, Axis outer, Axis inner) {
        return new View(buffer, strides.split(axis, outer, inner));
    }

    /// Returns whether two axes can be one without moving values.
    public boolean merges(Axis outer, Axis inner) {
        return strides.merges(outer, inner);
    }

    /// Returns the same values with two axes as one; see [#merges].
    public View merge(Axis outer, Axis inner, String merged) {
        return new View(buffer, strides.merge(outer, inner, merged));
    }

    /// Returns the same values from a position of an axis on.
    public View slice(String axis, int start) {
        return new View(buffer, strides.slice(axis, start));
    }

    /// Returns the same values without an axis, at its first position.
    public View drop(String axis) {
        return new View(buffer, strides.drop(axis));
    }

    /// Returns whether both views start at the same element.
    boolean startsLike(View other) {
        return buffer == other.buffer && strides.offset() == other.strides.offset();
    }

    /// Returns whether an element stands at the same place in the buffers of both views.
    boolean liesLike(View other) {
        return buffer.size() == other.buffer.size() && strides.equals(other.strides);
    }

    /// Returns axes sorted as this view lays them out, the outermost first; those along which it repeats come first.
    public List<Axis> order(List<Axis> axes) {
        return strides.order(axes);
    }
}
