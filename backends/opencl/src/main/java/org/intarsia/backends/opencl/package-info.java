/// The OpenCL backend: a graph becomes a few kernels, generated for it, that run on any OpenCL device one after another
/// without a word from the host.
@NullMarked
package org.intarsia.backends.opencl;

import org.jspecify.annotations.NullMarked;
