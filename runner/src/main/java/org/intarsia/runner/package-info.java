/// The runner: from a configuration to a trained model, a report, and a verdict.
@NullMarked
package org.intarsia.runner;

import org.jspecify.annotations.NullMarked;
