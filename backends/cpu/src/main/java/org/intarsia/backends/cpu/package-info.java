/// The default backend: fused kernels on the Vector API.
@NullMarked
package org.intarsia.backends.cpu;

import org.jspecify.annotations.NullMarked;
