package org.intarsia.api.component;

import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// How a model knows the order of its tokens. Each method is a place in the model where an encoding may act, and does
/// nothing unless it is overridden. [#input] is called once; the others once in each layer, with a scope of its own.
public interface PositionEncoding {

    /// Changes what enters the first layer, as absolute encodings do: {time, width} → the same axes.
    default Tensor input(Tensor x, Positions at, Scope scope) {
        return x;
    }

    /// Changes the queries and the keys before they meet, as rotary encodings do: {head, query, channel} or
    /// {head, key, channel} → the same axes.
    ///
    /// @param role which of the two it is
    default Tensor rotate(Tensor queriesOrKeys, Positions.Role role, Positions at, Scope scope) {
        return queriesOrKeys;
    }

    /// Changes the scores before the mask and the softmax, as relative encodings do: {head, query, key} → the same axes.
    ///
    /// @param scores the products of queries and keys, scaled by 1/√channel
    /// @param queries {head, query, channel}, as they entered the product, scaled
    /// @param keys {head, key, channel}, as they entered the product
    default Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        return scores;
    }

    /// Changes what attention gives out, as relative encodings on values do: {head, query, channel} → the same axes.
    ///
    /// @param output the weighted values
    /// @param weights the attention {head, query, key}
    default Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
        return output;
    }
}
