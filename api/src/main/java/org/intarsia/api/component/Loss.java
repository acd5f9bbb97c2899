package org.intarsia.api.component;

import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// What training makes small.
public interface Loss {

    /// Returns the loss at each position; the runner weighs positions and takes the mean: {time, class} → {time}.
    ///
    /// @param logits {time, class}
    /// @param targets integers {time}
    Tensor loss(Tensor logits, Tensor targets, Scope scope);
}
