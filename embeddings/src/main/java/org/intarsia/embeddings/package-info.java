/// Embeddings: how a token becomes a vector. Each is one class with its settings and its factory nested in it.
///
/// [Learned][org.intarsia.embeddings.Learned] looks the vector up, [Binary][org.intarsia.embeddings.Binary] writes the
/// token's bits, [Tuple][org.intarsia.embeddings.Tuple] its value and its position; the fixed ones may be followed by a
/// learned linear map to the model's width.
@NullMarked
package org.intarsia.embeddings;

import org.jspecify.annotations.NullMarked;
