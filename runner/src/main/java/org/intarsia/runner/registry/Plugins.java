package org.intarsia.runner.registry;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.intarsia.runner.error.UserError;

/// The plugin jars in the plugin folders.
final class Plugins {

    /// Where a jar says what it provides.
    static final String SERVICES = "META-INF/services/";

    private final List<Path> folders;

    /// @param folders where jars are looked for; a folder that does not exist holds none
    Plugins(List<Path> folders) {
        this.folders = distinct(folders);
    }

    /// Says how a component can be added.
    String howToAdd(Kind<?> kind) {
        return "to add one, drop a jar that provides " + kind.service().getName() + " into "
                + folders.stream().map(folder -> folder + "/").collect(Collectors.joining(" or "));
    }

    /// Returns where jars are looked for.
    List<Path> folders() {
        return folders;
    }

    /// Loads everything that a jar provides.
    static List<Registered<?>> load(Path jar, ClassLoader application) {
        checkReadable(jar);
        PluginLoader loader;
        try {
            loader = new PluginLoader(jar, application);
        } catch (IOException e) {
            throw broken(jar, e);
        }
        List<Registered<?>> found = new ArrayList<>();
        for (Kind<?> kind : Kind.ALL) {
            found.addAll(new Services<>(kind, jar.toString(), loader).load());
        }
        if (found.isEmpty()) {
            throw new UserError("the plugin " + jar + " provides nothing"
                    + "\n  a plugin names its factory class in one of these files inside its jar:"
                    + Kind.ALL.stream().map(kind -> "\n    " + SERVICES + kind.service().getName())
                            .collect(Collectors.joining())
                    + "\n  add the file and build the jar again, or move the jar elsewhere if it is no plugin");
        }
        return found;
    }

    /// A class loader passes over a jar that it cannot open, so it is opened here first.
    private static void checkReadable(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            file.getManifest();
        } catch (IOException | IllegalArgumentException e) {
            throw broken(jar, e);
        }
    }

    private static UserError broken(Path jar, Exception e) {
        return new UserError("the plugin " + jar + " is not a jar that can be read: " + e.getMessage()
                + "\n  build or copy it again, or remove it", e);
    }

    /// Returns the jars, folder by folder in alphabetical order.
    List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
                    List<Path> here = new ArrayList<>();
                    entries.forEach(here::add);
                    here.sort(null);
                    jars.addAll(here);
                } catch (IOException e) {
                    throw new UserError("the plugin folder " + folder + " cannot be read: " + e, e);
                }
            }
        }
        return jars;
    }

    /// The folder of the installation may be the current one.
    private static List<Path> distinct(List<Path> folders) {
        Set<Path> seen = new LinkedHashSet<>();
        return folders.stream().filter(folder -> seen.add(folder.toAbsolutePath().normalize())).toList();
    }
}
