/// Position encodings: how a model knows the order of its tokens. Each is one class with its settings and its factory
/// nested in it.
///
/// [None][org.intarsia.positional.None] adds nothing, [Absolute][org.intarsia.positional.Absolute] adds a vector for each
/// position to the model's input, [Rope][org.intarsia.positional.Rope] turns queries and keys.
@NullMarked
package org.intarsia.positional;

import org.jspecify.annotations.NullMarked;
