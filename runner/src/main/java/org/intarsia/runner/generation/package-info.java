/// Continuations of the beginnings that a task gives, token by token.
@NullMarked
package org.intarsia.runner.generation;

import org.jspecify.annotations.NullMarked;
