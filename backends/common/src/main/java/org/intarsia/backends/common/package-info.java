/// What every compiled backend needs before it makes kernels of a graph.
@NullMarked
package org.intarsia.backends.common;

import org.jspecify.annotations.NullMarked;
