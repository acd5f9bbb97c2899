/// Benchmarks of the parts of a training step, through the SPI that all backends share.
@NullMarked
package org.intarsia.backends.bench;

import org.jspecify.annotations.NullMarked;
