/// The model: a decoder transformer, written in the tensor language, with places for an
/// [Embedding][org.intarsia.api.component.Embedding] and a [PositionEncoding][org.intarsia.api.component.PositionEncoding].
///
/// ```java
/// Tensor logits = new Transformer(shape, embedding, position, output).predictions(tokens, at, graph.scope(seed)); // {time} -> {time, class}
/// ```
@NullMarked
package org.intarsia.runner.model;

import org.jspecify.annotations.NullMarked;
