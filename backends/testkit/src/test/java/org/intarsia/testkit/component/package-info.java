/// Broken components that the suites must reject.
@NullMarked
package org.intarsia.testkit.component;

import org.jspecify.annotations.NullMarked;
