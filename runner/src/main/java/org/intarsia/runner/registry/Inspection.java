package org.intarsia.runner.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What there is to select, and which plugins do not load.
///
/// @param registry without the plugins that do not load
/// @param folders where plugins were looked for
/// @param jars all plugins
public record Inspection(Registry registry, List<Path> folders, List<Jar> jars) {

    /// Copies the lists.
    public Inspection {
        folders = List.copyOf(folders);
        jars = List.copyOf(jars);
    }

    /// A plugin.
    ///
    /// @param provides its components
    /// @param problem why it cannot be used
    public record Jar(Path path, List<Registered<?>> provides, Optional<String> problem) {

        /// Copies the list.
        public Jar {
            provides = List.copyOf(provides);
        }
    }
}
