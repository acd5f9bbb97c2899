/// From launches to OpenCL C.
@NullMarked
package org.intarsia.backends.opencl.code;

import org.jspecify.annotations.NullMarked;
