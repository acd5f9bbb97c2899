package org.intarsia.runner.registry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.intarsia.api.component.Factory;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;

/// All components that can be selected by name.
public final class Registry {

    private final Map<Kind<?>, SortedMap<String, Registered<?>>> components = new LinkedHashMap<>();
    private final Plugins plugins;

    /// Starts with what is built in.
    private Registry(ClassLoader application, Plugins plugins) {
        this.plugins = plugins;
        for (Kind<?> kind : Kind.ALL) {
            components.put(kind, new TreeMap<>());
            new Services<>(kind, Registered.BUILT_IN, application).load().forEach(this::add);
        }
    }

    /// Loads the built-in components and the plugins in `plugins/`, in the current directory and in the folder that the
    /// system property `intarsia.plugins` names.
    ///
    /// @throws UserError if a plugin is broken or two components have the same name
    public static Registry load() {
        return load(Registry.class.getClassLoader(), folders());
    }

    /// Loads the components of a class loader and the plugins in folders.
    ///
    /// @param application where the built-in components are, and the parent of each plugin's class loader
    /// @param folders a folder that does not exist holds no plugins
    /// @throws UserError if a plugin is broken or two components have the same name
    public static Registry load(ClassLoader application, List<Path> folders) {
        Registry registry = new Registry(application, new Plugins(folders));
        for (Path jar : registry.plugins.jars()) {
            Plugins.load(jar, application).forEach(registry::add);
        }
        return registry;
    }

    /// Loads what can be loaded, from the same places as [#load()], and says of the rest why not.
    ///
    /// @throws UserError if a built-in component is broken or a folder cannot be read
    public static Inspection inspect() {
        return inspect(Registry.class.getClassLoader(), folders());
    }

    static Inspection inspect(ClassLoader application, List<Path> folders) {
        Registry registry = new Registry(application, new Plugins(folders));
        List<Inspection.Jar> jars = new ArrayList<>();
        for (Path jar : registry.plugins.jars()) {
            try {
                List<Registered<?>> found = Plugins.load(jar, application);
                found.forEach(registry::add);
                jars.add(new Inspection.Jar(jar, found, Optional.empty()));
            } catch (UserError e) {
                jars.add(new Inspection.Jar(jar, List.of(), Optional.ofNullable(e.getMessage())));
            }
        }
        return new Inspection(registry, registry.plugins.folders(), jars);
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>(List.of(Path.of("plugins")));
        String named = System.getProperty("intarsia.plugins", "");
        if (!named.isEmpty()) {
            folders.add(Path.of(named));
        }
        return folders;
    }

    private void add(Registered<?> component) {
        Registered<?> first = of(component.kind()).putIfAbsent(component.name(), component);
        if (first != null) {
            throw new UserError("two " + component.kind().plural() + " are called \"" + component.name() + "\":"
                    + "\n    " + first.source() + "\n    " + component.source()
                    + "\n  remove one of the jars, or give its component another name");
        }
    }

    /// Returns the factory of this name.
    ///
    /// @throws UserError if there is none; the message names the nearest, the known ones, and how to add one
    public <F extends Factory<?>> F find(Kind<F> kind, String name) {
        Registered<?> found = of(kind).get(name);
        if (found == null) {
            throw new UserError("there is no " + kind.title() + " \"" + name + "\"" + Nearest.hint(name, names(kind))
                    + "\n  known: " + (names(kind).isEmpty() ? "none" : String.join(", ", names(kind))) + "\n  "
                    + plugins.howToAdd(kind));
        }
        return kind.cast(found.factory());
    }

    /// Returns the components of a kind by name.
    public Collection<Registered<?>> all(Kind<?> kind) {
        return Collections.unmodifiableCollection(of(kind).values());
    }

    /// Returns the names of a kind, sorted.
    public List<String> names(Kind<?> kind) {
        return List.copyOf(of(kind).keySet());
    }

    private SortedMap<String, Registered<?>> of(Kind<?> kind) {
        SortedMap<String, Registered<?>> ofKind = components.get(kind);
        if (ofKind == null) {
            throw new IllegalStateException("the kind " + kind + " is not in Kind.ALL");
        }
        return ofKind;
    }
}
