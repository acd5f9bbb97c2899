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

    /// Rows share a table of weights through the device's caches up to this many numbers; a larger one is worth a kernel
    /// of its own, whose tiles load it once for many rows.
    static final int SHARED = 1 << 16;

    private final Set<Tensor> kept;
    private final List<Region> regions = new ArrayList<>();
    private final Map<Tensor, Region> places = new HashMap<>();
    private final Map<Region, Integer> order = new HashMap<>();
    private final Set<Region> once = new HashSet<>();
    private final Map<Tensor, Boolean> constant = new HashMap<>();
    private final Rows.Origins origins = new Rows.Origins();

    private Regions(Set<Tensor> kept) {
        this.kept = kept;
    }

    /// Returns the regions, each after those that it needs.
    static Regions of(List<Tensor> live, Set<Tensor> kept) {
        Regions fusion = new Regions(kept);
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
        List<Region> candidates = needed.stream().filter(region -> once.contains(region) == fixed && !region.assigns())
                .sorted(Comparator.comparing(order::get).reversed()).toList();
        for (Region region : node.op() instanceof Op.Assign || isLarge(node) ? List.<Region>of() : candidates) {
            List<String> rows = new Rows(region, kept).joined(node);
            if (!rows.equals(Rows.FREE) && !rows.equals(Rows.MIXED) && fits(node, rows, region)
                    && needed.stream().noneMatch(other -> other != region && other.follows(region))) {
                region.add(node, rows);
                settle(node, region, needed);
                return;
            }
        }
        Region region = new Region(node, origins.rows(node));
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

    /// Returns whether a product reads a table that rows had better not read one by one.
    static boolean isLarge(Tensor node) {
        return node.op() instanceof Op.Contract(Tensor left, Tensor right, _)
                && Math.min(left.count(), right.count()) > SHARED && node.count() > 1;
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

    /// Returns how many rows a region has.
    static int count(Region region) {
        return Axis.count(region.axes());
    }
}
