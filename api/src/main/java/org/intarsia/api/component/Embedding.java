package org.intarsia.api.component;

import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// How tokens become vectors.
public interface Embedding {

    /// Embeds tokens: {time} → {time, width}.
    ///
    /// @param tokens integers {time}
    /// @param at where they stand
    /// @param scope where parameters are declared
    Tensor embed(Tensor tokens, Positions at, Scope scope);
}
