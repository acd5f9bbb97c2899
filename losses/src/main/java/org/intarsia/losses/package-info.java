/// Losses: what training minimises.
@NullMarked
package org.intarsia.losses;

import org.jspecify.annotations.NullMarked;
