/// What runs in the class loader of ND4J: it plans a graph once as a list of native calls whose arguments are prepared, and a
/// run makes these calls, one after another.
@NullMarked
package org.intarsia.backends.nd4j.engine;

import org.jspecify.annotations.NullMarked;
