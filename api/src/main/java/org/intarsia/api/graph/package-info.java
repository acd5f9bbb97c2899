/// The tensor language: a static graph whose tensors have **named axes**.
///
/// Components do not compute, they describe. A [Tensor][org.intarsia.api.graph.Tensor] is an immutable handle on a node
/// of a [Graph][org.intarsia.api.graph.Graph]: an [Op][org.intarsia.api.graph.Op] and the axes of its result. Axes are
/// matched by name, never by position, so the language has no transpose, no unsqueeze and no view; the layout in memory
/// is the backend's business. Every op is checked when it is written, and an error names the axes and the place.
///
/// ```java
/// Tensor scores = queries.contract(channel, keys).mul(1 / Math.sqrt(channel.size()));
/// Tensor mixed = scores.softmax(key).contract(key, values);
/// ```
///
/// The idea follows Chiang, Rush and Barak, "Named Tensor Notation" (arXiv 2102.13196).
@NullMarked
package org.intarsia.api.graph;

import org.jspecify.annotations.NullMarked;
