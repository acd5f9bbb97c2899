package org.intarsia.runner.registry;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;

/// The class loader of one plugin jar. Classes and resources are the application's first, but the jar's services are
/// its own: otherwise every plugin would seem to provide all built-in components once more.
final class PluginLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    PluginLoader(Path jar, ClassLoader application) throws MalformedURLException {
        super(new URL[] {jar.toUri().toURL()}, application);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(Plugins.SERVICES + "org.intarsia.") ? findResources(name) : super.getResources(name);
    }
}
