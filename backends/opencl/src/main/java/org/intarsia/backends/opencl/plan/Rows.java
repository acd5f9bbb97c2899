package org.intarsia.backends.opencl.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Which axes of a tensor are the rows of a region. An answer is the names of those axes; `FREE` if the tensor needs
/// nothing of the region; or `MIXED` if a position of it needs several rows.
final class Rows {

    static final List<String> FREE = List.of("/free");
    static final List<String> MIXED = List.of("/mixed");

    private final Region region;
    private final Set<Tensor> kept;
    private final Map<Tensor, List<String>> known = new LinkedHashMap<>();

    Rows(Region region, Set<Tensor> kept) {
        this.region = region;
        this.kept = kept;
    }

    /// Returns the rows that a node would have if it were computed in the region.
    List<String> joined(Tensor node) {
        List<String> result = FREE;
        for (Tensor operand : node.op().operands()) {
            result = agreed(result, of(operand));
        }
        return result.equals(FREE) || result.equals(MIXED) ? result : through(node, result);
    }

    private List<String> of(Tensor node) {
        List<String> found = known.get(node);
        if (found == null) {
            found = region.computes(node) ? region.rows(node)
                    : kept.contains(node) || Nodes.isGiven(node) ? FREE : joined(node);
            known.put(node, found);
        }
        return found;
    }

    private static List<String> agreed(List<String> one, List<String> other) {
        if (one.equals(FREE)) {
            return other;
        }
        return other.equals(FREE) || other.equals(one) ? one : MIXED;
    }

    /// Returns what the rows of the operands are called in the result.
    private static List<String> through(Tensor node, List<String> rows) {
        return switch (node.op()) {
            case Op.Rename(_, String from, String to) -> renamed(rows, from, to);
            case Op.Split(_, String axis, _, _) -> without(rows, List.of(axis));
            case Op.Merge(_, String outer, String inner, _) -> without(rows, List.of(outer, inner));
            case Op.Slice(_, String axis, _, _) -> without(rows, List.of(axis));
            case Op.Pad(_, String axis, _, _) -> without(rows, List.of(axis));
            case Op.Concatenate(_, String axis) -> without(rows, List.of(axis));
            case Op.Gather(_, String axis, _) -> without(rows, List.of(axis));
            default -> rows.stream().allMatch(node::has) ? rows : MIXED;
        };
    }

    private static List<String> renamed(List<String> rows, String from, String to) {
        return rows.stream().map(name -> name.equals(from) ? to : name).toList();
    }

    private static List<String> without(List<String> rows, List<String> names) {
        return rows.stream().anyMatch(names::contains) ? MIXED : rows;
    }

    /// Says which axes a value of its own region has as rows: those that come from an axis of an input, as `batch` and
    /// `time` do, each input's axis once; where there are none, as in parameters, all axes, but for the last one of a
    /// product, so that a row reads what it shares once.
    static final class Origins {

        private final Map<Tensor, Map<String, String>> origins = new LinkedHashMap<>();

        List<String> rows(Tensor node) {
            Map<String, String> of = of(node);
            List<String> rows = new ArrayList<>();
            Set<String> taken = new HashSet<>();
            for (Axis axis : node.axes()) {
                String origin = of.get(axis.name());
                if (origin != null && taken.add(origin)) {
                    rows.add(axis.name());
                }
            }
            if (rows.isEmpty()) {
                int count = node.axes().size();
                List<Axis> all = node.axes().subList(0,
                        node.op() instanceof Op.Contract && count > 1 ? count - 1 : count);
                return all.stream().map(Axis::name).toList();
            }
            return rows;
        }

        /// Returns whether a value has an axis that comes from an input's.
        boolean has(Tensor node) {
            return !of(node).isEmpty();
        }

        private Map<String, String> of(Tensor node) {
            Map<String, String> found = origins.get(node);
            if (found == null) {
                found = compute(node);
                origins.put(node, found);
            }
            return found;
        }

        private Map<String, String> compute(Tensor node) {
            Map<String, String> result = new LinkedHashMap<>();
            if (node.op() instanceof Op.Input) {
                node.axes().forEach(axis -> result.put(axis.name(), axis.name()));
                return result;
            }
            for (Tensor operand : node.op().operands()) {
                of(operand).forEach((name, origin) -> result.putIfAbsent(
                        node.op() instanceof Op.Rename(_, String from, String to) && name.equals(from) ? to : name,
                        origin));
            }
            result.keySet().retainAll(node.axes().stream().map(Axis::name).toList());
            return result;
        }
    }
}
