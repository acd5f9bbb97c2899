/// The reference backend: double precision and naive loops, the definition of every op.
@NullMarked
package org.intarsia.backends.reference;

import org.jspecify.annotations.NullMarked;
