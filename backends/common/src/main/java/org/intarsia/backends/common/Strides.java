package org.intarsia.backends.common;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Axis;

/// How a tensor lies in memory: the offset of its first element, and the distance of two neighbours along each axis. An axis
/// that the tensor does not have, or along which it repeats, has stride 0. Renaming, splitting, slicing and repeating leave
/// the memory as it is.
public record Strides(int offset, Map<String, Integer> steps) {

    /// Lays axes out one within another, the last one innermost.
    public static Strides dense(List<Axis> order) {
        Map<String, Integer> steps = new LinkedHashMap<>();
        int stride = 1;
        for (Axis axis : order.reversed()) {
            steps.put(axis.name(), stride);
            stride = Math.multiplyExact(stride, axis.size());
        }
        return new Strides(0, steps);
    }

    /// Returns the distance of two neighbours along an axis.
    public int stride(String axis) {
        return steps.getOrDefault(axis, 0);
    }

    /// Returns the same values with an axis renamed.
    public Strides rename(String from, String to) {
        Map<String, Integer> renamed = new LinkedHashMap<>();
        steps.forEach((name, stride) -> renamed.put(name.equals(from) ? to : name, stride));
        return new Strides(offset, renamed);
    }

    /// Returns the same values with an axis split in two.
    public Strides split(String axis, Axis outer, Axis inner) {
        Map<String, Integer> split = new LinkedHashMap<>(steps);
        split.remove(axis);
        split.put(outer.name(), stride(axis) * inner.size());
        split.put(inner.name(), stride(axis));
        return new Strides(offset, split);
    }

    /// Returns whether two axes can be one without moving values.
    public boolean merges(Axis outer, Axis inner) {
        return outer.size() == 1 || inner.size() == 1 || stride(outer.name()) == stride(inner.name()) * inner.size();
    }

    /// Returns the same values with two axes as one; see [#merges].
    public Strides merge(Axis outer, Axis inner, String merged) {
        Map<String, Integer> one = new LinkedHashMap<>(steps);
        int stride = inner.size() == 1 ? stride(outer.name()) : stride(inner.name());
        one.remove(outer.name());
        one.remove(inner.name());
        one.put(merged, stride);
        return new Strides(offset, one);
    }

    /// Returns the same values from a position of an axis on.
    public Strides slice(String axis, int start) {
        return new Strides(offset + start * stride(axis), steps);
    }

    /// Returns the same values without an axis, at its first position.
    public Strides drop(String axis) {
        Map<String, Integer> rest = new LinkedHashMap<>(steps);
        rest.remove(axis);
        return new Strides(offset, rest);
    }

    /// Returns axes sorted as they lie, the outermost first; those along which the values repeat come first.
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
