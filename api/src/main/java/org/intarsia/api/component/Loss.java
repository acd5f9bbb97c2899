package org.intarsia.api.component;

import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// What training makes small.
public interface Loss {

    /// What a model gives out at each position.
    enum Output {
        /// The logits of the next token: {time, class}.
        CLASSES,
        /// The next token as a number, of which the nearest token is the prediction: {time}.
        NUMBER
    }

    /// Returns the loss at each position; the runner weighs positions and takes the mean: {time, class} → {time}, or
    /// {time} → {time} where the [#output()] is a number.
    ///
    /// @param predictions what the model gives out
    /// @param targets integers {time}
    Tensor loss(Tensor predictions, Tensor targets, Scope scope);

    /// Returns what the model gives out.
    default Output output() {
        return Output.CLASSES;
    }
}
