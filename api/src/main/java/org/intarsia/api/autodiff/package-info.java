/// Reverse-mode differentiation as a rewrite: the gradients of a graph are more nodes of the same graph. Backends never
/// hear of gradients.
@NullMarked
package org.intarsia.api.autodiff;

import org.jspecify.annotations.NullMarked;
