/// From a graph to launches: [Kept][org.intarsia.backends.opencl.plan.Kept] says which values have a place in memory,
/// [Regions][org.intarsia.backends.opencl.plan.Regions] which of them are computed together, row by row, and
/// [Schedule][org.intarsia.backends.opencl.plan.Schedule] which regions are launched at once.
@NullMarked
package org.intarsia.backends.opencl.plan;

import org.jspecify.annotations.NullMarked;
