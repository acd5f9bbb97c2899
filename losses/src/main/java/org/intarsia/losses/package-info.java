/// Losses: what training makes small. Each is one class with its settings and its factory nested in it.
///
/// [CrossEntropy][org.intarsia.losses.CrossEntropy] treats all wrong tokens alike,
/// [DistanceWeighted][org.intarsia.losses.DistanceWeighted] makes a miss dearer the farther it is from the target.
@NullMarked
package org.intarsia.losses;

import org.jspecify.annotations.NullMarked;
