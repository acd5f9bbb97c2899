package org.intarsia.runner.ablation;

import java.util.List;
import org.intarsia.runner.config.Configuration;

/// One combination of levels: an arm of the comparison.
///
/// @param name such as `embedding=learned,position=rope`
/// @param folder the name as a file system takes it, unique in the sweep
/// @param labels of its levels, one per factor
/// @param configuration with the first seed
/// @param parameters how many numbers are trained
record Cell(String name, String folder, List<String> labels, Configuration configuration, long parameters) {

    /// Copies the labels.
    Cell {
        labels = List.copyOf(labels);
    }

    /// Returns the configuration with another seed.
    Configuration configuration(long seed) {
        Configuration c = configuration;
        return new Configuration(seed, c.task(), c.embedding(), c.positions(), c.loss(), c.backend(), c.model(),
                c.optimizer(), c.training(), c.sampling(), c.origins());
    }
}
