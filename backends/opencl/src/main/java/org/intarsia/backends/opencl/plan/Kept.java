package org.intarsia.backends.opencl.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Which computed values have a place in memory. All others are written into the expressions that use them: what is used
/// in one place only, what is as cheap as a load, and all views.
final class Kept {

    /// An expression of positions and numbers alone may have this many operations to be written wherever it is used.
    private static final int CHEAP = 8;

    private final Set<Tensor> kept = new HashSet<>();
    private final Map<Tensor, Set<Tensor>> users = new HashMap<>();
    private final Set<Tensor> repeated = new HashSet<>();

    private Kept() {}

    /// Returns the values that are kept.
    ///
    /// @param live all nodes that are needed, each after its operands
    /// @param results the nodes that must be in memory after a run
    static Set<Tensor> of(List<Tensor> live, Set<Tensor> results) {
        Kept decision = new Kept();
        for (Tensor node : live.reversed()) {
            decision.decide(node, results.contains(node));
        }
        return decision.kept;
    }

    private void decide(Tensor node, boolean result) {
        Set<Tensor> using = users.getOrDefault(node, Set.of());
        boolean worth = !Nodes.isView(node) && !isCheap(node) && (repeated.contains(node) || using.size() > 1);
        boolean keep = !Nodes.isGiven(node)
                && (result || Nodes.isReduction(node) || node.op() instanceof Op.Random || worth);
        if (keep) {
            kept.add(node);
        }
        for (Tensor operand : node.op().operands()) {
            users.computeIfAbsent(operand, _ -> new HashSet<>()).addAll(keep ? Set.of(node) : using);
            if (repeats(node, operand) || (!keep && repeated.contains(node))) {
                repeated.add(operand);
            }
        }
    }

    /// Returns whether computing a node reads elements of an operand more than once.
    private static boolean repeats(Tensor node, Tensor operand) {
        return switch (node.op()) {
            case Op.Contract _, Op.ScatterAdd _, Op.Expand _ -> true;
            case Op.Gather(Tensor table, _, _) -> operand.equals(table) || operand.count() < node.count();
            default -> operand.count() < node.count() && !Nodes.isView(node);
        };
    }

    private static boolean isCheap(Tensor node) {
        return constants(node, CHEAP) >= 0 || switch (node.op()) {
            case Op.Compare _, Op.Convert _ -> node.op().operands().stream()
                    .allMatch(x -> Nodes.isGiven(x) || constants(x, 1) >= 0);
            default -> false;
        };
    }

    /// Returns how many operations are left of some when a node has been computed from positions and numbers alone;
    /// negative if it has more, or is computed from something else.
    private static int constants(Tensor node, int operations) {
        return switch (node.op()) {
            case Op.Index _ -> operations;
            case Op.Constant _ -> Nodes.isNumber(node) ? operations : -1;
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _, Op.Expand _, Op.Rename _ -> {
                int left = operations - (Nodes.isView(node) ? 0 : 1);
                for (Tensor operand : node.op().operands()) {
                    left = left < 0 ? left : constants(operand, left);
                }
                yield left;
            }
            default -> -1;
        };
    }
}
