package org.intarsia.runner.ablation;

import java.util.List;
import java.util.Optional;

/// What a sweep varies.
///
/// @param name the path of a setting, or any name if all levels say what they set
/// @param levels at least one, each with a label of its own
record Factor(String name, List<Level> levels) {

    /// Copies the levels.
    Factor {
        levels = List.copyOf(levels);
    }

    List<String> labels() {
        return levels.stream().map(Level::label).toList();
    }

    Optional<Level> level(String label) {
        return levels.stream().filter(level -> level.label().equals(label)).findFirst();
    }
}
