/// The kernels: each does one thing over plain arrays, with shapes and offsets as numbers, and is shared by all graphs.
///
/// Rules that keep vectors in registers: one loop nest to a static method, at most one or two exponentials in it, the large
/// register tiles alone in theirs. A vector that is not inlined is an object on the heap, and slower by an order.
@NullMarked
package org.intarsia.backends.cpu.kernel;

import org.jspecify.annotations.NullMarked;
