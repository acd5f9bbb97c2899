package org.intarsia.backends.nd4j;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.component.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/// The class loader of ND4J and of the engine that calls it. It sees the JDK, its own jars and Intarsia's classes, and none
/// of the application's libraries; the application sees none of ND4J's. So ND4J's old versions of common libraries meet
/// nobody.
final class Isolated extends URLClassLoader {

    private static final String INTARSIA = "org.intarsia.";
    private static final String ENGINE = "org.intarsia.backends.nd4j.engine.";

    static {
        registerAsParallelCapable();
    }

    /// Native libraries load into one class loader of a process only, so there is one engine.
    private static @Nullable IntFunction<Backend> loaded;

    private Isolated(List<URL> urls) {
        super("nd4j", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /// Returns what makes backends for a number of threads; the first time, this loads ND4J.
    ///
    /// @throws InvalidSettingException if there is no ND4J, or it does not work here
    static synchronized IntFunction<Backend> engine() {
        IntFunction<Backend> engine = loaded;
        if (engine == null) {
            engine = load(folder());
            loaded = engine;
        }
        return engine;
    }

    /// Returns where ND4J's jars are: in the folder `nd4j` beside this module's jar, or its classes in a build.
    static Path folder() {
        try {
            return Path.of(ownLocation().toURI()).resolveSibling("nd4j");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this class was loaded from a place that is no file", e);
        }
    }

    /// Loads ND4J from a folder of jars.
    static IntFunction<Backend> load(Path folder) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // Closed with the process: ND4J's threads live as long. ND4J looks for its parts through the context loader.
            ClassLoader isolated = new Isolated(urls(folder));
            thread.setContextClassLoader(isolated);
            @SuppressWarnings("unchecked") // the engine says so
            IntFunction<Backend> engine = (IntFunction<Backend>) isolated.loadClass(ENGINE + "Engine")
                    .getDeclaredConstructor().newInstance();
            return engine;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw refused("ND4J in " + folder + " does not work on this machine: " + innermost(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<URL> urls(Path folder) {
        List<Path> jars = List.of();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
            } catch (IOException e) {
                throw refused("the folder of ND4J's jars cannot be read: " + e, e);
            }
        }
        if (jars.isEmpty()) {
            throw refused("ND4J is not here: there are no jars in " + folder
                    + "\n  \"./mvnw package\" puts them there; or choose another backend", null);
        }
        List<URL> urls = new ArrayList<>(List.of(ownLocation()));
        try {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file without a URL in " + folder, e);
        }
        return urls;
    }

    private static URL ownLocation() {
        return Isolated.class.getProtectionDomain().getCodeSource().getLocation();
    }

    private static InvalidSettingException refused(String message, @Nullable Throwable cause) {
        InvalidSettingException exception = InvalidSettingException.ofComponent(message);
        if (cause != null) {
            exception.initCause(cause);
        }
        return exception;
    }

    /// Returns what is at the bottom of an error, which for a library that does not load is the reason.
    private static String innermost(Throwable error) {
        return Stream.iterate(error, e -> e != null, Throwable::getCause).map(Throwable::toString)
                .reduce((_, last) -> last).stream().flatMap(String::lines).limit(3).collect(joining(" "));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(INTARSIA) && !name.startsWith(ENGINE)) {
            return Class.forName(name, false, Isolated.class.getClassLoader());
        }
        return super.findClass(name);
    }
}
