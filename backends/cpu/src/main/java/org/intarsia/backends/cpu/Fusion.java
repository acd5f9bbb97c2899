package org.intarsia.backends.cpu;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Lowering;
import org.intarsia.backends.cpu.kernel.Chains;

/// Decides which values are never stored: an element-wise result whose only users are element-wise over the same axes, or
/// one reduction, is computed inside them.
final class Fusion {

    private final List<Tensor> nodes;
    private final Map<Tensor, Set<Tensor>> users = new HashMap<>();
    private final Map<Tensor, Tensor> roots = new HashMap<>();
    private final Map<Tensor, Integer> lengths = new HashMap<>();
    private final Set<Tensor> fixed = new HashSet<>();

    /// Plans the fusion of a lowered graph.
    Fusion(Graph graph) {
        nodes = Lowering.live(graph);
        Set<Tensor> given = new HashSet<>();
        graph.outputs().values().forEach(output -> given.add(output.tensor()));
        for (Tensor node : nodes) {
            node.op().operands().forEach(operand -> users.computeIfAbsent(operand, _ -> new HashSet<>()).add(node));
            if (isFixed(node)) {
                fixed.add(node);
            }
        }
        for (Tensor node : nodes.reversed()) {
            Tensor root = given.contains(node) || !elementwise(node) ? node : home(node);
            roots.put(node, root);
            if (root != node || elementwise(node)) {
                lengths.merge(root, 1 + node.op().operands().size(), Integer::sum);
            }
        }
    }

    /// Returns the live nodes in order.
    List<Tensor> nodes() {
        return nodes;
    }

    /// Returns the node inside which a node is computed: itself if its values are stored.
    Tensor root(Tensor node) {
        return roots.getOrDefault(node, node);
    }

    /// Returns the nodes that read a node.
    Set<Tensor> users(Tensor node) {
        return users.getOrDefault(node, Set.of());
    }

    /// Returns whether a node's values are the same in every run.
    boolean fixed(Tensor node) {
        return fixed.contains(node);
    }

    /// Returns whether an op is a function of each element.
    static boolean elementwise(Tensor node) {
        return switch (node.op()) {
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _ -> true;
            case Op.Call(var composite, _) ->
                composite instanceof Composites.Gelu || composite instanceof Composites.GeluGradient;
            default -> false;
        };
    }

    private Tensor home(Tensor node) {
        Tensor home = null;
        for (Tensor user : users(node)) {
            Tensor root = roots.getOrDefault(user, user);
            if ((home != null && home != root) || !takes(root, user, node)) {
                return node;
            }
            home = root;
        }
        return home == null ? node : home;
    }

    private boolean takes(Tensor root, Tensor user, Tensor node) {
        boolean direct = elementwise(user) && Set.copyOf(user.axes()).equals(Set.copyOf(node.axes()));
        boolean reduced = user.op() instanceof Op.Reduce;
        return (direct || reduced) && fixed(node) == fixed(root)
                && lengths.getOrDefault(root, 0) + 1 + node.op().operands().size() <= Chains.LONGEST;
    }

    private boolean isFixed(Tensor node) {
        return switch (node.op()) {
            case Op.Constant _, Op.Index _ -> true;
            case Op.Input _, Op.Variable _, Op.Assign _ -> false;
            default -> fixed.containsAll(node.op().operands());
        };
    }
}
