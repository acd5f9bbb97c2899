package org.intarsia.backends.opencl.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Puts kept values into regions, each into the latest one that computes an operand of it, if a row of it needs no other
/// row of the region; otherwise it begins a region of its own.
final class Regions {

    /// Rows share a table of weights through the device's caches up to this many numbers. A product with a larger one, or
    /// one over all rows, is computed tile by tile, if it has at least so many multiplications.
    private static final int SHARED = 1 << 16;
    private static final int LARGE = 1 << 20;

    private final Set<Tensor> kept;
    private final List<Region> regions = new ArrayList<>();
    private final Map<Tensor, Region> places = new HashMap<>();
    private final Map<Region, Integer> order = new HashMap<>();
    private final Set<Region> once = new HashSet<>();
    private final Map<Tensor, Boolean> constant = new HashMap<>();
    private final Rows.Origins origins = new Rows.Origins();
    private final boolean tiles;

    private Regions(Set<Tensor> kept, boolean tiles) {
        this.kept = kept;
        this.tiles = tiles;
    }

    /// Returns the regions, each after those that it needs.
    ///
    /// @param tiles whether the device has work-groups that can compute large products tile by tile
    static Regions of(List<Tensor> live, Set<Tensor> kept, boolean tiles) {
        Regions fusion = new Regions(kept, tiles);
        live.stream().filter(kept::contains).forEach(fusion::place);
        return fusion;
    }

    List<Region> all() {
        return regions;
    }

    /// Returns whether a region computes the same in every run.
    boolean isConstant(Region region) {
        return once.contains(region);
    }

    /// Returns the region that computes a kept value.
    Region of(Tensor node) {
        Region region = places.get(node);
        if (region == null) {
            throw new IllegalStateException("no region computes " + node);
        }
        return region;
    }

    private void place(Tensor node) {
        Set<Region> needed = needed(node);
        boolean fixed = isConstant(node);
        List<Region> candidates = needed.stream()
                .filter(region -> once.contains(region) == fixed && !region.assigns() && !region.isTiled())
                .sorted(Comparator.comparing(order::get).reversed()).toList();
        boolean tiled = tiles && isLarge(node);
        for (Region region : node.op() instanceof Op.Assign || tiled ? List.<Region>of() : candidates) {
            List<String> rows = new Rows(region, kept).joined(node);
            if (!rows.equals(Rows.FREE) && !rows.equals(Rows.MIXED) && fits(node, rows, region)
                    && needed.stream().noneMatch(other -> other != region && other.follows(region))) {
                region.add(node, rows);
                settle(node, region, needed);
                return;
            }
        }
        Region region = new Region(node, origins.rows(node), tiled);
        order.put(region, regions.size());
        regions.add(region);
        if (fixed) {
            once.add(region);
        }
        settle(node, region, needed);
    }

    private void settle(Tensor node, Region region, Set<Region> needed) {
        places.put(node, region);
        needed.stream().filter(other -> other != region).forEach(region.needs()::add);
    }

    /// A region without rows is one row: only single numbers belong there.
    private static boolean fits(Tensor node, List<String> rows, Region region) {
        return !region.axes().isEmpty() || node.axes().size() == rows.size();
    }

    private boolean isLarge(Tensor node) {
        if (!(node.op() instanceof Op.Contract(Tensor left, Tensor right, Set<String> summed)) || summed.isEmpty()) {
            return false;
        }
        long depth = Axis.count(summed.stream().map(left::axis).toList());
        boolean shared = Math.min(left.count(), right.count()) <= SHARED;
        return depth * node.count() >= LARGE && !(shared && origins.has(node));
    }

    private Set<Region> needed(Tensor node) {
        Set<Region> needed = new LinkedHashSet<>();
        Set<Tensor> seen = new HashSet<>();
        List<Tensor> open = new ArrayList<>(node.op().operands());
        while (!open.isEmpty()) {
            Tensor operand = open.removeLast();
            if (places.containsKey(operand)) {
                needed.add(of(operand));
            } else if (seen.add(operand)) {
                open.addAll(operand.op().operands());
            }
        }
        return needed;
    }

    private boolean isConstant(Tensor node) {
        Boolean known = constant.get(node);
        if (known == null) {
            known = !(node.op() instanceof Op.Input) && !(node.op() instanceof Op.Variable)
                    && node.op().operands().stream().allMatch(this::isConstant);
            constant.put(node, known);
        }
        return known;
    }
}
