/// What a person is told when something that they gave cannot be: one line that says what and where, then what is known
/// and how to go on.
@NullMarked
package org.intarsia.runner.error;

import org.jspecify.annotations.NullMarked;
