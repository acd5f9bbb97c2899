/// Conformance suites that anyone can run on their own backend or plugin.
@NullMarked
package org.intarsia.testkit;

import org.jspecify.annotations.NullMarked;
