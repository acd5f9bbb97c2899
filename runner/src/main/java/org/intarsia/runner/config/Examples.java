package org.intarsia.runner.config;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;

/// Finds files that are named on the command line by a path, or by the name of a bundled example.
public final class Examples {

    private static final String EXTENSION = ".json";

    private final Path folder;

    private Examples(Path folder) {
        this.folder = folder;
    }

    /// Returns the examples of the installation that the system property `intarsia.home` names.
    public static Examples bundled() {
        return in(Path.of(System.getProperty("intarsia.home", ""), "examples"));
    }

    /// Returns the examples in a folder.
    static Examples in(Path folder) {
        return new Examples(folder);
    }

    /// Returns the file of this path if there is one, otherwise the example of this name.
    ///
    /// @throws UserError if there is neither
    public Path find(String given) {
        Path file = Path.of(given);
        Path example = folder.resolve(given + EXTENSION);
        if (Files.isRegularFile(file) || given.endsWith(EXTENSION) || given.contains(File.separator)) {
            return file;
        } else if (Files.exists(example)) {
            return example;
        }
        List<String> names = names();
        throw new UserError("\"" + given + "\" is neither a file nor an example" + Nearest.hint(given, names)
                + "\n  examples: " + (names.isEmpty() ? "none in " + folder : String.join(", ", names)));
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
                files.forEach(file -> names.add(file.getFileName().toString().replace(EXTENSION, "")));
            } catch (IOException e) {
                throw new UserError("the examples in " + folder + " cannot be read: " + e, e);
            }
        }
        names.sort(null);
        return names;
    }
}
