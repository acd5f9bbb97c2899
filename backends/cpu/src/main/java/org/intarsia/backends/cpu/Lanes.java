package org.intarsia.backends.cpu;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Vectors;

/// Finds the axis whose positions may lie side by side in vectors: one that the inputs have and the variables do not, and
/// that every op either maps over or sums. In a training step that is the batch.
final class Lanes {

    /// The name that no axis has: nothing lies side by side.
    static final String NONE = "";

    private Lanes() {}

    /// Returns the name of the axis that most elements share, or [#NONE].
    ///
    /// @param graph in primitive ops
    static String of(Graph graph) {
        Set<String> barred = new HashSet<>();
        Map<String, Integer> sizes = new HashMap<>();
        Map<String, Long> elements = new HashMap<>();
        for (Tensor node : graph.nodes()) {
            barred.addAll(touched(node.op()));
            for (Axis axis : node.axes()) {
                Integer known = sizes.putIfAbsent(axis.name(), axis.size());
                if (known != null && known != axis.size()) {
                    barred.add(axis.name());
                }
                elements.merge(axis.name(), (long) node.count(), Long::sum);
            }
        }
        return graph.inputs().values().stream().flatMap(input -> input.axes().stream())
                .filter(axis -> !barred.contains(axis.name()) && axis.size() >= Vectors.LENGTH / 2).map(Axis::name)
                .max((a, b) -> Long.compare(elements.getOrDefault(a, 0L), elements.getOrDefault(b, 0L))).orElse(NONE);
    }

    /// The axes to which an op does more than map over or sum them.
    private static List<String> touched(Op op) {
        return switch (op) {
            case Op.Variable(_, List<Axis> axes, _, _) -> axes.stream().map(Axis::name).toList();
            case Op.Index(Axis axis) -> List.of(axis.name());
            case Op.Reduce(Op.Reduce.Function f, _, Set<String> axes) ->
                f == Op.Reduce.Function.SUM ? List.of() : List.copyOf(axes);
            case Op.Rename(_, String from, String to) -> List.of(from, to);
            case Op.Split(_, String axis, Axis outer, Axis inner) -> List.of(axis, outer.name(), inner.name());
            case Op.Merge(_, String outer, String inner, String merged) -> List.of(outer, inner, merged);
            case Op.Slice(_, String axis, _, _) -> List.of(axis);
            case Op.Pad(_, String axis, _, _) -> List.of(axis);
            case Op.Concatenate(_, String axis) -> List.of(axis);
            case Op.Gather(_, String axis, _) -> List.of(axis);
            case Op.ScatterAdd(_, Axis axis, _, _) -> List.of(axis.name());
            case Op.Input _, Op.Constant _, Op.Random _, Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _, Op.Contract _, Op.Expand _, Op.Assign _, Op.Call _ ->
                List.of();
        };
    }
}
