/// Embeddings: how a token becomes a vector.
@NullMarked
package org.intarsia.embeddings;

import org.jspecify.annotations.NullMarked;
