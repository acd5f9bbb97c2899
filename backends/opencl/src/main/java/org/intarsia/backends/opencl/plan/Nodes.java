package org.intarsia.backends.opencl.plan;

import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// What kinds of nodes there are for a device.
public final class Nodes {

    private Nodes() {}

    /// Returns whether a node is there before a run computes anything and is loaded from memory.
    public static boolean isGiven(Tensor node) {
        return switch (node.op()) {
            case Op.Input _, Op.Variable _ -> true;
            case Op.Constant(Values values, _, _) -> values.count() > 1;
            default -> false;
        };
    }

    /// Returns whether a node only says where its operand's elements are.
    static boolean isView(Tensor node) {
        return switch (node.op()) {
            case Op.Expand _, Op.Rename _, Op.Split _, Op.Merge _, Op.Slice _, Op.Pad _, Op.Concatenate _ -> true;
            default -> false;
        };
    }

    /// Returns whether a node sums or compares over axes, so that it is computed by loops of its own.
    public static boolean isReduction(Tensor node) {
        return switch (node.op()) {
            case Op.Reduce _, Op.Contract _, Op.ScatterAdd _ -> true;
            default -> false;
        };
    }

    /// Returns whether a node is a number that the code can name: a scalar, or one number all over.
    static boolean isNumber(Tensor node) {
        return node.op() instanceof Op.Constant && !isGiven(node);
    }
}
