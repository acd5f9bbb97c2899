package org.intarsia.runner.ablation;

import java.util.List;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Origin;

/// One of the things that a factor can be.
///
/// @param label how tables call it
/// @param assignments what it sets in the base configuration
/// @param origin where it was written
record Level(String label, List<Assignment> assignments, Origin origin) {

    /// Copies the assignments.
    Level {
        assignments = List.copyOf(assignments);
    }
}
