package org.intarsia.runner.ablation;

import java.nio.file.Path;
import org.intarsia.runner.config.Configuration;

/// One run of a sweep.
///
/// @param cell what is tried
/// @param seed of all that is random in it
record Trial(Cell cell, long seed) {

    Configuration configuration() {
        return cell.configuration(seed);
    }

    /// Returns the run's folder in the sweep's.
    Path folder(Path sweep) {
        return sweep.resolve(cell.folder()).resolve(Long.toString(seed));
    }

    /// Returns the name where there is little room, such as `learned rope/2`.
    String shortName() {
        return String.join(" ", cell.labels()) + "/" + seed;
    }

    /// Returns the name in sentences.
    @Override
    public String toString() {
        return cell.name() + " seed " + seed;
    }
}
