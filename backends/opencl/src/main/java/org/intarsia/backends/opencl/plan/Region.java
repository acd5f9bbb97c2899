package org.intarsia.backends.opencl.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Values that are computed together, row by row: a row of one needs nothing of another row of the same region. So
/// softmax, layer norm, attention with whatever stands between its scores and its weights, and small linear layers between
/// them are one region.
public final class Region {

    private final List<Axis> axes;
    private final LinkedHashMap<Tensor, List<String>> stages = new LinkedHashMap<>();
    private final Set<Region> needs = new HashSet<>();
    private final boolean tiled;

    /// Begins a region with its first value.
    ///
    /// @param rows the names of the axes whose positions are the rows
    /// @param tiled whether it is a product that is computed tile by tile
    Region(Tensor first, List<String> rows, boolean tiled) {
        this.tiled = tiled;
        axes = rows.stream().map(first::axis).toList();
        stages.put(first, rows);
    }

    void add(Tensor stage, List<String> rows) {
        stages.put(stage, rows);
    }

    /// Returns the values in the order in which they are computed.
    public List<Tensor> stages() {
        return List.copyOf(stages.keySet());
    }

    /// Returns whether a value is computed here.
    public boolean computes(Tensor node) {
        return stages.containsKey(node);
    }

    /// Returns the axes whose positions are the rows, under the names that they have in one of the values.
    public List<String> rows(Tensor stage) {
        List<String> rows = stages.get(stage);
        if (rows == null) {
            throw new IllegalArgumentException(stage + " is not computed here");
        }
        return rows;
    }

    /// Returns the axes of a value within a row.
    public List<Axis> inner(Tensor stage) {
        List<String> rows = rows(stage);
        return stage.axes().stream().filter(axis -> !rows.contains(axis.name())).toList();
    }

    /// Returns the axes whose positions are the rows, under the names that the first value has for them.
    public List<Axis> axes() {
        return axes;
    }

    /// Returns whether this is one large product, computed tile by tile and not row by row.
    public boolean isTiled() {
        return tiled;
    }

    /// Returns whether a row is one number of each value.
    public boolean isScalar() {
        return !tiled && stages.keySet().stream().allMatch(stage -> inner(stage).isEmpty());
    }

    /// Returns whether this region gives variables their new values.
    public boolean assigns() {
        return stages.keySet().stream().anyMatch(stage -> stage.op() instanceof Op.Assign);
    }

    Set<Region> needs() {
        return needs;
    }

    /// Returns whether this region is computed after another, or is it.
    boolean follows(Region other) {
        Set<Region> seen = new HashSet<>();
        List<Region> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            Region region = open.removeLast();
            if (region == other) {
                return true;
            }
            if (seen.add(region)) {
                open.addAll(region.needs);
            }
        }
        return false;
    }
}
