package org.intarsia.api.graph;

import java.util.List;
import java.util.Optional;

/// A named function of tensors with a decomposition into primitive ops. A backend that has a better way may claim it; for
/// all others the decomposition stands in. Implementations are records, so that equal calls are one node.
public interface Composite {

    /// Returns the name in messages, such as `softmax`.
    String name();

    /// Writes the function in primitive ops (or in other composites). This is its definition.
    Tensor decompose(List<Tensor> operands);

    /// Writes the gradients of the operands where there is a better form than the decomposition's own; a gradient may be
    /// absent where the operand is an integer.
    ///
    /// @param result what the composite computed
    /// @param upstream the gradient of the result
    default Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
        return Optional.empty();
    }
}
