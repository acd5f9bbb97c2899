/// Position encodings: how the model learns where a token stands.
@NullMarked
package org.intarsia.positional;

import org.jspecify.annotations.NullMarked;
