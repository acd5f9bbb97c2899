package org.intarsia.backends.cpu;

import static org.intarsia.api.graph.Op.Binary.Function.ADD;
import static org.intarsia.api.graph.Op.Binary.Function.MULTIPLY;

import java.util.ArrayList;
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

/// Decides which links of chains, element-wise results and layer norms, are computed inside the kernel of another: the first
/// of their users, if it is such a link over the same axes or, for what is element-wise, a reduction. If all users are
/// inside, the result is never stored; otherwise that kernel stores it beside its own. A square is not worth that: its
/// operand is stored instead, and each user's kernel computes it again.
final class Fusion {

    private final List<Tensor> nodes;
    private final String lanes;
    private final Map<Tensor, Set<Tensor>> users = new HashMap<>();
    private final Map<Tensor, Tensor> roots = new HashMap<>();
    private final Map<Tensor, List<Tensor>> stored = new HashMap<>();
    private final Map<Tensor, Integer> lengths = new HashMap<>();
    /// Along which axis a root's kernel computes row by row, if it does.
    private final Map<Tensor, String> rows = new HashMap<>();
    private final Set<Tensor> fixed = new HashSet<>();
    private final Set<Tensor> repeated = new HashSet<>();
    private final Set<Tensor> given = new HashSet<>();
    private final Triangles triangles;

    /// Plans the fusion of a lowered graph.
    Fusion(Graph graph, String lanes) {
        this.lanes = lanes;
        nodes = Lowering.live(graph);
        graph.outputs().values().forEach(output -> given.add(output.tensor()));
        for (Tensor node : nodes) {
            node.op().operands().forEach(operand -> users.computeIfAbsent(operand, _ -> new HashSet<>()).add(node));
            if (isFixed(node)) {
                fixed.add(node);
            }
        }
        triangles = new Triangles(nodes, users, given, lanes);
        for (Tensor node : nodes.reversed()) {
            if (isLink(node) && repeats(node)) {
                repeated.add(node);
                users(node).stream().map(this::root).distinct().forEach(root -> lengthen(root, node));
                continue;
            }
            Tensor root = roots.computeIfAbsent(node, _ -> isLink(node) ? home(node) : node);
            roots.put(product(node), root);
            roots.put(summand(node), root);
            if (isLink(node)) {
                lengthen(root, node);
            }
            if (!Chains.along(node).isEmpty()) {
                rows.put(root, Chains.along(node));
            }
            if (root == node || isStored(node, root)) {
                stored.computeIfAbsent(root, _ -> new ArrayList<>()).addFirst(node);
            }
        }
    }

    private void lengthen(Tensor root, Tensor node) {
        lengths.merge(root, 1 + node.op().operands().size(), Integer::sum);
    }

    /// Returns the live nodes in order.
    List<Tensor> nodes() {
        return nodes;
    }

    /// Returns the node whose kernel computes a node: often itself.
    Tensor root(Tensor node) {
        return roots.getOrDefault(node, node);
    }

    /// Returns whether every kernel that reads a node computes it, and none stores it.
    boolean repeated(Tensor node) {
        return repeated.contains(node);
    }

    /// Returns whether a root's kernel computes a value, if it reads it.
    boolean inside(Tensor value, Tensor root) {
        return repeated(value) || root(value) == root;
    }

    /// Returns what masks make superfluous.
    Triangles triangles() {
        return triangles;
    }

    /// Returns the nodes that a root's kernel stores, itself the last.
    List<Tensor> stored(Tensor root) {
        return stored.getOrDefault(root, List.of());
    }

    /// Returns the nodes that read a node.
    Set<Tensor> users(Tensor node) {
        return users.getOrDefault(node, Set.of());
    }

    /// Returns whether a node's values are the same in every run.
    boolean fixed(Tensor node) {
        return fixed.contains(node);
    }

    /// Returns the contraction whose sums start from the other operand of this node, a sum; itself if it is none. A linear
    /// layer's bias is added in this way.
    Tensor product(Tensor node) {
        return node.op() instanceof Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) && f == ADD
                && x.op() instanceof Op.Contract(Tensor left, Tensor right, _) && isProductFor(node, x)
                && (left.has(lanes) ? right : left).axes().containsAll(y.axes()) && x.axes().containsAll(y.axes())
                        ? x : node;
    }

    /// Returns the product, perhaps with a bias, to which this node, a sum, adds a stored value of the same axes, such as a
    /// residual; itself if it is none. The product's kernel does so while its sums are in the first-level cache.
    Tensor summand(Tensor node) {
        if (product(node) == node && node.op() instanceof Op.Binary(Op.Binary.Function f, Tensor x, Tensor y)
                && f == ADD && x != y) {
            Tensor later = x.id() > y.id() ? x : y;
            Tensor earlier = later == x ? y : x;
            if (isProductFor(node, later) && isAddend(earlier, later)) {
                return later;
            }
            if (isProductFor(node, earlier) && isAddend(later, earlier)) {
                return earlier;
            }
        }
        return node;
    }

    /// Whether a sum is the only reader of a product of which one operand has lanes, and can be computed with it.
    private boolean isProductFor(Tensor sum, Tensor x) {
        return product(x).op() instanceof Op.Contract(Tensor left, Tensor right, _)
                && left.has(lanes) != right.has(lanes) && users(x).size() == 1 && !given.contains(x)
                && fixed(x) == fixed(sum);
    }

    private boolean isAddend(Tensor x, Tensor product) {
        return Set.copyOf(x.axes()).equals(Set.copyOf(product.axes())) && (!isLink(x) || users(x).size() > 1);
    }

    /// Returns whether a node is computed in a chain.
    boolean isLink(Tensor node) {
        return product(node) == node && summand(node) == node && !triangles.isView(node) && switch (node.op()) {
            case Op.Unary _, Op.Binary _, Op.Compare _, Op.Select _, Op.Convert _ -> true;
            case Op.Call(var composite, _) -> composite instanceof Composites.Gelu
                    || composite instanceof Composites.GeluGradient || !Chains.along(node).isEmpty();
            default -> false;
        };
    }

    /// Returns the axis along which a root's kernel computes row by row; the empty string if it does not.
    String rows(Tensor root) {
        return rows.getOrDefault(root, "");
    }

    /// Returns the first root among the users', if it can compute the node and the others can wait for it.
    private Tensor home(Tensor node) {
        if (users(node).stream().anyMatch(this::repeated)) {
            return node;
        }
        Tensor first = node;
        for (Tensor user : users(node)) {
            Tensor root = root(user);
            if (!(user.op() instanceof Op.Assign) && (first == node || root.id() < first.id())) {
                first = root;
            }
        }
        for (Tensor user : users(node)) {
            if (root(user) == first && !takes(first, user, node)) {
                return node;
            }
        }
        return isStored(node, first) && !isLink(first) ? node : first;
    }

    /// Whether a node is a square that several kernels read, and all of them have room for it.
    private boolean repeats(Tensor node) {
        Set<Tensor> users = users(node);
        return isSquare(node) && !given.contains(node) && users.stream().map(this::root).distinct().count() > 1
                && users.stream().allMatch(user -> !repeated(user) && takes(root(user), user, node));
    }

    private static boolean isSquare(Tensor node) {
        return node.op() instanceof Op.Binary(Op.Binary.Function f, Tensor x, Tensor y) && f == MULTIPLY && x == y;
    }

    private boolean isStored(Tensor node, Tensor root) {
        return given.contains(node) || users(node).stream().anyMatch(user -> root(user) != root);
    }

    private boolean takes(Tensor root, Tensor user, Tensor node) {
        boolean direct = isLink(user) && Set.copyOf(user.axes()).equals(Set.copyOf(node.axes()));
        boolean reduced = user.op() instanceof Op.Reduce;
        String along = Chains.along(node);
        boolean fits = along.isEmpty()
                || (isLink(root) && (rows(root).isEmpty() || rows(root).equals(along)));
        return (direct || reduced) && fits && fixed(node) == fixed(root)
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
