package org.intarsia.backends.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Triangle;

/// Finds what a mask of constants makes superfluous: the weights of attention that are 0 whatever the scores are, and the
/// scores and gradients that only they would need.
///
/// Forwards: behind a select with a constant triangle stands a fill; where the fill is minus infinity, the softmax and its
/// gradient are 0. Backwards: where every user of a tensor passes over what lies outside the triangle, it need not be
/// computed there, and then the select itself does nothing.
///
/// Like every attention that skips masked keys, this takes 0 times infinity to be 0.
final class Triangles {

    /// What a tensor is outside a triangle.
    private record Known(Triangle triangle, double fill) {}

    private final String lanes;
    private final Map<Tensor, Set<Tensor>> users;
    private final Map<Tensor, Known> known = new HashMap<>();
    private final Map<Tensor, Triangle> partial = new HashMap<>();
    private final Map<Tensor, Optional<Triangle>> masks = new HashMap<>();

    /// Looks at a lowered graph.
    ///
    /// @param nodes the live nodes in order
    /// @param users who reads each node
    /// @param given what must be whole: the outputs
    Triangles(List<Tensor> nodes, Map<Tensor, Set<Tensor>> users, Set<Tensor> given, String lanes) {
        this.lanes = lanes;
        this.users = users;
        for (Tensor node : nodes) {
            if (node.has(lanes)) {
                fill(node).ifPresent(outside -> known.put(node, outside));
            }
        }
        for (Tensor node : nodes.reversed()) {
            if (node.has(lanes) && !given.contains(node)) {
                needed(node).ifPresent(triangle -> partial.put(node, triangle));
            }
        }
    }

    /// Returns the triangle outside which a tensor is 0.
    Optional<Triangle> zeroOutside(Tensor node) {
        return outside(node, 0);
    }

    /// Returns the triangle outside which a tensor is minus infinity, or would be if anything read it there.
    Optional<Triangle> maskedOutside(Tensor node) {
        return outside(node, Double.NEGATIVE_INFINITY);
    }

    /// Returns the triangle outside which nothing reads a tensor.
    Optional<Triangle> readInside(Tensor node) {
        return Optional.ofNullable(partial.get(node));
    }

    /// Returns whether a node selects what its second operand already is, wherever it is read.
    boolean isView(Tensor node) {
        if (node.op() instanceof Op.Select(_, Tensor x, _) && Set.copyOf(x.axes()).equals(Set.copyOf(node.axes()))) {
            Optional<Triangle> mask = mask(node);
            boolean zeroBefore = mask.equals(zeroOutside(x)) && mask.equals(zeroOutside(node));
            boolean unread = mask.equals(readInside(node)) && mask.equals(maskedOutside(node));
            return mask.isPresent() && (zeroBefore || unread);
        }
        return false;
    }

    private Optional<Triangle> outside(Tensor node, double fill) {
        Known outside = known.get(node);
        return outside != null && outside.fill == fill ? Optional.of(outside.triangle) : Optional.empty();
    }

    private Optional<Known> fill(Tensor node) {
        return switch (node.op()) {
            case Op.Select(_, _, Tensor otherwise) ->
                constant(otherwise).flatMap(fill -> mask(node).map(triangle -> new Known(triangle, fill)));
            case Op.Call(Composites.Softmax(String axis), List<Tensor> operands) ->
                maskedOutside(operands.getFirst()).filter(t -> t.along().equals(axis) && t.counts().getFirst() > 0)
                        .map(triangle -> new Known(triangle, 0));
            case Op.Call(Composites.SoftmaxGradient(String axis), List<Tensor> operands) ->
                zeroOutside(operands.getFirst()).filter(t -> t.along().equals(axis))
                        .map(triangle -> new Known(triangle, 0));
            default -> Optional.empty();
        };
    }

    private Optional<Triangle> needed(Tensor node) {
        Optional<Triangle> common = Optional.empty();
        for (Tensor user : users.getOrDefault(node, Set.of())) {
            Optional<Triangle> read = read(user, node);
            if (read.isEmpty() || (common.isPresent() && !common.equals(read))) {
                return Optional.empty();
            }
            common = read;
        }
        return common;
    }

    /// Returns the triangle outside which a user passes over an operand.
    private Optional<Triangle> read(Tensor user, Tensor operand) {
        return switch (user.op()) {
            case Op.Select(Tensor mask, Tensor x, Tensor y) when x == operand && mask != operand && y != operand ->
                isView(user) ? readInside(user) : mask(user);
            case Op.Call(Composites.Softmax _, _) -> zeroOutside(user);
            case Op.Call(Composites.SoftmaxGradient _, _) -> zeroOutside(user);
            case Op.Contract(Tensor x, Tensor y, Set<String> summed) when x != y -> {
                Tensor other = x == operand ? y : x;
                yield zeroOutside(operand).filter(t -> t.place(operand.axes(), other.axes(), summed, lanes)
                        != Triangle.Place.NONE);
            }
            case Op.Unary _, Op.Binary _ when Set.copyOf(user.axes()).equals(Set.copyOf(operand.axes())) ->
                readInside(user);
            default -> Optional.empty();
        };
    }

    private static Optional<Double> constant(Tensor tensor) {
        return switch (tensor.op()) {
            case Op.Constant(var values, _, List<Axis> axes) when axes.isEmpty() -> Optional.of(values.get(0));
            case Op.Expand(Tensor x, _) -> constant(x);
            default -> Optional.empty();
        };
    }

    /// Returns where a select takes its second operand, if that is a triangle.
    private Optional<Triangle> mask(Tensor select) {
        return masks.computeIfAbsent(select.op().operands().getFirst(), Triangles::triangle);
    }

    private static Optional<Triangle> triangle(Tensor mask) {
        if (mask.axes().size() != 2 || !Positional.isPositional(mask)) {
            return Optional.empty();
        }
        Axis first = mask.axes().get(0);
        Axis second = mask.axes().get(1);
        return triangle(mask, first, second).or(() -> triangle(mask, second, first));
    }

    private static Optional<Triangle> triangle(Tensor mask, Axis by, Axis along) {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            int count = 0;
            int last = -1;
            for (int j = 0; j < along.size(); j++) {
                if (Positional.value(mask, Map.of(by.name(), i, along.name(), j)) != 0) {
                    count++;
                    last = j;
                }
            }
            boolean decreases = i > 0 && count < counts.getLast();
            if (decreases || last != count - 1) {
                return Optional.empty();
            }
            counts.add(count);
        }
        return counts.getFirst() == along.size() ? Optional.empty()
                : Optional.of(new Triangle(by.name(), along.name(), along.size(), counts));
    }
}
