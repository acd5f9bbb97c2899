/// Sequence families, tasks, and the phases and transitions that order them.
@NullMarked
package org.intarsia.curriculum;

import org.jspecify.annotations.NullMarked;
