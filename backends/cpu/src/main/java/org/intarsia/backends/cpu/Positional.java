package org.intarsia.backends.cpu;

import java.util.HashMap;
import java.util.Map;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Tensors that are simple functions of where an element stands, such as a causal mask: known before anything runs.
final class Positional {

    private Positional() {}

    /// Returns whether [#value] knows a tensor.
    static boolean isPositional(Tensor tensor) {
        return switch (tensor.op()) {
            case Op.Index _ -> true;
            case Op.Constant(var values, _, _) -> values.count() == 1;
            case Op.Expand _, Op.Rename _, Op.Compare _ ->
                tensor.op().operands().stream().allMatch(Positional::isPositional);
            case Op.Binary(Op.Binary.Function f, _, _) -> (f == Op.Binary.Function.ADD
                    || f == Op.Binary.Function.SUBTRACT)
                    && tensor.op().operands().stream().allMatch(Positional::isPositional);
            default -> false;
        };
    }

    /// Computes an element.
    ///
    /// @param at its position along each axis
    static double value(Tensor tensor, Map<String, Integer> at) {
        return switch (tensor.op()) {
            case Op.Index(var axis) -> at.getOrDefault(axis.name(), 0);
            case Op.Constant(var values, _, _) -> values.get(0);
            case Op.Expand(Tensor x, _) -> value(x, at);
            case Op.Rename(Tensor x, String from, String to) -> {
                Map<String, Integer> renamed = new HashMap<>(at);
                renamed.put(from, at.getOrDefault(to, 0));
                yield value(x, renamed);
            }
            case Op.Compare(var relation, Tensor x, Tensor y) -> relation.holds(value(x, at), value(y, at)) ? 1 : 0;
            case Op.Binary(var function, Tensor x, Tensor y) -> function.of(value(x, at), value(y, at));
            default -> throw new IllegalArgumentException("not positional: " + tensor);
        };
    }
}
