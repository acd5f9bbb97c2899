package org.intarsia.testkit;

import java.util.List;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;

/// One sample of an op or a composite.
///
/// @param name what is special about it, such as `add, one operand repeated`
/// @param operands what the op is applied to
/// @param expression how it is applied; it must leave alone axes that it does not know
/// @param tolerance how far a backend's numbers may be from the reference's
/// @param smooth whether there is a derivative at the sample: no ties, no kinks, no infinities
record OpCase(String name, List<Sample> operands, Expression expression, Tolerance tolerance, boolean smooth) {

    /// Writes the op.
    @FunctionalInterface
    interface Expression {
        Tensor apply(Graph graph, List<Tensor> operands);
    }

    /// Returns a case with a derivative.
    static OpCase smooth(String name, Tolerance tolerance, Expression expression, Sample... operands) {
        return new OpCase(name, List.of(operands), expression, tolerance, true);
    }

    /// Returns a case without a derivative.
    static OpCase rough(String name, Tolerance tolerance, Expression expression, Sample... operands) {
        return new OpCase(name, List.of(operands), expression, tolerance, false);
    }
}
