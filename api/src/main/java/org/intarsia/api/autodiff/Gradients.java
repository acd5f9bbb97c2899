package org.intarsia.api.autodiff;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Gradients by one exhaustive table of rules. With named axes, broadcasting needs a single rule, the sum over the axes
/// that an operand lacks, and the gradient of a contraction is two contractions.
///
/// Where a function has no derivative we follow PyTorch: |x|′ = 0 at 0, a maximum shares its gradient evenly among equal
/// candidates, and the derivative of a floor is 0.
public final class Gradients {

    private final Map<Tensor, Tensor> gradients = new HashMap<>();
    private final Set<Tensor> active = new HashSet<>();

    private Gradients() {}

    /// Adds the gradients of `loss` with respect to each of `sources` to the graph.
    ///
    /// @param loss what is differentiated; if it has axes, its sum is
    /// @param sources real tensors of the same graph
    /// @return for each source, the gradient, with the source's axes
    /// @throws IllegalArgumentException if the loss does not depend on a source in a differentiable way
    public static Map<Tensor, Tensor> of(Tensor loss, Collection<Tensor> sources) {
        Tensor one = loss.graph().constant(1).like(loss);
        Map<Tensor, Tensor> found = of(loss, one, sources);
        Map<Tensor, Tensor> result = new LinkedHashMap<>();
        for (Tensor source : sources) {
            Tensor gradient = found.get(source);
            if (gradient == null) {
                throw new IllegalArgumentException("'" + loss + "' has no gradient with respect to '" + source + "'");
            }
            result.put(source, gradient);
        }
        return result;
    }

    /// Adds the gradients of Σ `result`·`upstream`; a source on which nothing depends is absent.
    private static Map<Tensor, Tensor> of(Tensor result, Tensor upstream, Collection<Tensor> sources) {
        Gradients pass = new Gradients();
        List<Tensor> nodes = List.copyOf(result.graph().nodes().subList(0, result.id() + 1));
        pass.active.addAll(sources);
        for (Tensor node : nodes) {
            if (node.type() == DataType.FLOAT && node.op().operands().stream().anyMatch(pass.active::contains)) {
                pass.active.add(node);
            }
        }
        if (pass.active.contains(result)) {
            pass.gradients.put(result, upstream);
        }
        for (Tensor node : nodes.reversed()) {
            Tensor gradient = pass.gradients.get(node);
            if (gradient != null && !sources.contains(node)) {
                pass.propagate(node, gradient);
            }
        }
        pass.gradients.keySet().retainAll(sources);
        return pass.gradients;
    }

    /// Adds what `node` contributes to the gradients of its operands; `g` is the gradient of its result.
    private void propagate(Tensor node, Tensor g) {
        Graph graph = node.graph();
        switch (node.op()) {
            case Op.Input _, Op.Variable _, Op.Constant _, Op.Index _, Op.Random _, Op.Compare _ -> {}
            case Op.Unary(Op.Unary.Function function, Tensor x) -> {
                switch (function) {
                    case NEGATE -> give(x, () -> g.neg());
                    case EXP -> give(x, () -> g.mul(node));
                    case LOG -> give(x, () -> g.div(x));
                    case SQRT -> give(x, () -> g.mul(0.5).div(node));
                    case RECIPROCAL -> give(x, () -> g.mul(node.square()).neg());
                    case TANH -> give(x, () -> g.mul(node.square().neg().add(1)));
                    case ABS -> give(x, () -> g.mul(sign(x)));
                    case FLOOR -> give(x, () -> g.mul(0));
                }
            }
            case Op.Binary(Op.Binary.Function function, Tensor x, Tensor y) -> {
                switch (function) {
                    case ADD -> {
                        give(x, () -> g);
                        give(y, () -> g);
                    }
                    case SUBTRACT -> {
                        give(x, () -> g);
                        give(y, () -> g.neg());
                    }
                    case MULTIPLY -> {
                        give(x, () -> g.mul(y));
                        give(y, () -> g.mul(x));
                    }
                    case DIVIDE -> {
                        give(x, () -> g.div(y));
                        give(y, () -> g.mul(node).div(y).neg());
                    }
                    case MAXIMUM -> {
                        give(x, () -> g.mul(share(y.less(x), x.equal(y))));
                        give(y, () -> g.mul(share(x.less(y), x.equal(y))));
                    }
                    case MINIMUM -> {
                        give(x, () -> g.mul(share(x.less(y), x.equal(y))));
                        give(y, () -> g.mul(share(y.less(x), x.equal(y))));
                    }
                }
            }
            case Op.Select(Tensor condition, Tensor x, Tensor y) -> {
                Tensor zero = graph.constant(0);
                give(x, () -> condition.select(g, zero));
                give(y, () -> condition.select(zero, g));
            }
            case Op.Convert _ -> {}
            case Op.Contract(Tensor x, Tensor y, Set<String> summed) -> {
                give(x, () -> g.contract(y.axes().stream().filter(a -> !x.has(a.name())).toList(), y));
                give(y, () -> g.contract(x.axes().stream().filter(a -> !y.has(a.name())).toList(), x));
            }
            case Op.Reduce(Op.Reduce.Function function, Tensor x, Set<String> names) -> {
                switch (function) {
                    case SUM -> give(x, () -> g.like(x));
                    case MAXIMUM -> give(x, () -> {
                        Tensor hit = x.equal(node).convert(DataType.FLOAT);
                        Tensor hits = hit.sum(names.stream().map(x::axis).toList());
                        return hit.mul(g.div(hits));
                    });
                }
            }
            case Op.Expand(Tensor x, _) -> give(x, () -> g);
            case Op.Rename(Tensor x, String from, String to) -> give(x, () -> g.rename(to, from));
            case Op.Split(Tensor x, String axis, Axis outer, Axis inner) ->
                give(x, () -> g.merge(outer.name(), inner.name(), axis));
            case Op.Merge(Tensor x, String outer, String inner, String merged) ->
                give(x, () -> g.split(merged, x.axis(outer), x.axis(inner)));
            case Op.Slice(Tensor x, String axis, int start, int size) ->
                give(x, () -> g.pad(axis, start, x.axis(axis).size() - start - size));
            case Op.Pad(Tensor x, String axis, int before, _) ->
                give(x, () -> g.slice(axis, before, x.axis(axis).size()));
            case Op.Concatenate(List<Tensor> parts, String axis) -> {
                int start = 0;
                for (Tensor part : parts) {
                    int from = start;
                    int size = part.axis(axis).size();
                    give(part, () -> g.slice(axis, from, size));
                    start += size;
                }
            }
            case Op.Gather(Tensor x, String axis, Tensor index) -> {
                List<Axis> matched = index.axes().stream().filter(a -> x.has(a.name())).toList();
                give(x, () -> g.scatterAdd(x.axis(axis), index, matched));
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, _) ->
                give(updates, () -> g.gather(axis, index));
            case Op.Assign _ ->
                throw new IllegalArgumentException("an assignment cannot be differentiated: " + node);
            case Op.Call(Composite composite, List<Tensor> operands) -> {
                Optional<List<Optional<Tensor>>> known = composite.gradients(operands, node, g);
                if (known.isPresent()) {
                    for (int i = 0; i < operands.size(); i++) {
                        Tensor operand = operands.get(i);
                        known.get().get(i).ifPresent(gradient -> give(operand, () -> gradient));
                    }
                } else {
                    of(composite.decompose(operands), g, Set.copyOf(operands))
                            .forEach((operand, gradient) -> give(operand, () -> gradient));
                }
            }
        }
    }

    /// Adds a contribution to the gradient of an operand, summed over the axes that the operand lacks.
    private void give(Tensor operand, Supplier<Tensor> contribution) {
        if (active.contains(operand)) {
            Tensor full = contribution.get();
            Tensor own = full.sum(full.axes().stream().filter(a -> !operand.has(a.name())).toList()).like(operand);
            gradients.merge(operand, own, Tensor::add);
        }
    }

    private static Tensor sign(Tensor x) {
        Tensor zero = x.graph().constant(0);
        return share(zero.less(x), x.equal(zero)).sub(share(x.less(zero), x.equal(zero)));
    }

    /// 1 where the first holds, ½ where the second holds, else 0.
    private static Tensor share(Tensor whole, Tensor half) {
        return whole.convert(DataType.FLOAT).add(half.convert(DataType.FLOAT).mul(0.5));
    }
}
