/// The command line. A command turns its arguments into what the other packages understand and has no logic of its own.
/// Exit codes: 0 done, 1 an unexpected error (with its stack trace), 2 a mistake of the user (one clear message).
@NullMarked
package org.intarsia.runner.command;

import org.jspecify.annotations.NullMarked;
