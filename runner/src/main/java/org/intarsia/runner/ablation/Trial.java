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

    @Override
    public String toString() {
        return String.join(" ", cell.labels()) + " seed " + seed;
    }
}
