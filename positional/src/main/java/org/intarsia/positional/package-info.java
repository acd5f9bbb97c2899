/// Position encodings: how a model knows the order of its tokens. Each is one class with its settings and its factory
/// nested in it.
///
/// [None][org.intarsia.positional.None] adds nothing, [Absolute][org.intarsia.positional.Absolute] adds a vector for each
/// position to the model's input, [Rope][org.intarsia.positional.Rope] turns queries and keys.
///
/// Relative encodings go by the distance of query and key: [Alibi][org.intarsia.positional.Alibi] by a fixed slope,
/// [T5][org.intarsia.positional.T5] by a learned number and [Shaw][org.intarsia.positional.Shaw] by a learned vector for each
/// bucket of distances, [Irpe][org.intarsia.positional.Irpe] by either, in grids too, and
/// [Fire][org.intarsia.positional.Fire] by a small network.
@NullMarked
package org.intarsia.positional;

import org.jspecify.annotations.NullMarked;
