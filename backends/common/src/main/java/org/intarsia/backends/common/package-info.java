/// What every compiled backend needs before it can make code: the graph in the ops that the backend has, and one arena
/// for all values that do not live at the same time.
@NullMarked
package org.intarsia.backends.common;

import org.jspecify.annotations.NullMarked;
