/// What every compiled backend needs before it can make code, those of plugins included: the graph in the ops that the
/// backend has, how tensors lie, one arena for all values that do not live at the same time, and the words of errors.
@NullMarked
package org.intarsia.backends.common;

import org.jspecify.annotations.NullMarked;
