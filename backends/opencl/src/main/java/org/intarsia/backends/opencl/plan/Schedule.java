package org.intarsia.backends.opencl.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Lowering;

/// What a run does: launches one after another, each of regions that do not need each other. Every region comes as late as
/// its users allow, so that all weight gradients are one launch, and so are all updates; variables get their new values at
/// the very end.
///
/// @param kept the values that have a place in memory
/// @param once what is computed when the graph is compiled
/// @param steps what is computed in every run
/// @param outputs the values of the outputs
/// @param live all nodes
public record Schedule(
        Set<Tensor> kept,
        List<List<Region>> once,
        List<List<Region>> steps,
        Map<String, Tensor> outputs,
        List<Tensor> live) {

    /// Plans a graph.
    ///
    /// @param tiles whether the device has work-groups that can compute large products tile by tile
    public static Schedule of(Graph graph, boolean tiles) {
        Graph lowered = Lowering.lower(graph, _ -> false);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        lowered.outputs().forEach((name, output) -> outputs.put(name, computed(lowered, output.tensor())));
        List<Tensor> assignments = lowered.assignments().stream().map(assignment -> {
            List<Tensor> operands = assignment.op().operands();
            return lowered.add(new Op.Assign(operands.get(0), computed(lowered, operands.get(1))));
        }).toList();
        Set<Tensor> results = new HashSet<>(outputs.values());
        assignments.forEach(assignment -> results.addAll(List.of(assignment, assignment.op().operands().get(1))));
        List<Tensor> live = Lowering.live(lowered, results);
        Set<Tensor> kept = Kept.of(live, results);
        Regions regions = Regions.of(live, kept, tiles);
        return new Schedule(kept, late(regions, true), late(regions, false), outputs, live);
    }

    /// Returns a node that is computed by an op of its own: a copy of what is given or seen through a view.
    private static Tensor computed(Graph graph, Tensor node) {
        return Nodes.isGiven(node) || Nodes.isView(node) || Nodes.isNumber(node)
                ? graph.add(new Op.Convert(node, node.type()))
                : node;
    }

    private static List<List<Region>> late(Regions regions, boolean constant) {
        List<Region> all = regions.all().stream().filter(region -> regions.isConstant(region) == constant).toList();
        Map<Region, List<Region>> users = new HashMap<>();
        all.forEach(region -> region.needs()
                .forEach(needed -> users.computeIfAbsent(needed, _ -> new ArrayList<>()).add(region)));
        Map<Region, Integer> fromEnd = new HashMap<>();
        Map<Integer, List<Region>> levels = new TreeMap<>(Comparator.reverseOrder());
        all.forEach(region -> levels.computeIfAbsent(fromEnd(region, users, fromEnd), _ -> new ArrayList<>())
                .add(region));
        return List.copyOf(levels.values());
    }

    private static int fromEnd(Region region, Map<Region, List<Region>> users, Map<Region, Integer> known) {
        Integer found = known.get(region);
        if (found == null) {
            found = region.assigns() ? 0 : 1;
            for (Region user : users.getOrDefault(region, List.of())) {
                found = Math.max(found, fromEnd(user, users, known) + 1);
            }
            known.put(region, found);
        }
        return found;
    }
}
