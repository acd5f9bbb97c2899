/// How fast a training step is: `intarsia bench`.
@NullMarked
package org.intarsia.runner.bench;

import org.jspecify.annotations.NullMarked;
