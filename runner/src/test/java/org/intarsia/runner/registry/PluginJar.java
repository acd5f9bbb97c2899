package org.intarsia.runner.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Makes a plugin as somebody else would: compiles sources against the class path, names the services, packs a jar.
public final class PluginJar {

    private static final int MAJOR_VERSION_LOW_BYTE = 7;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /// Compiles a class.
    public PluginJar source(String name, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String type, JavaFileObject.Kind kind,
                    FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + type), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return classes.computeIfAbsent(type, _ -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        JavaFileObject file = new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        List<String> messages = new ArrayList<>();
        boolean compiled = compiler.getTask(null, files, d -> messages.add(d.toString()),
                List.of("-classpath", System.getProperty("java.class.path"), "-proc:none"), null, List.of(file)).call();
        if (!compiled) {
            throw new IllegalArgumentException(String.join("\n", messages));
        }
        classes.forEach((type, bytes) -> entries.put(type.replace('.', '/') + ".class", bytes.toByteArray()));
        return this;
    }

    /// Names the providers of a service.
    public PluginJar service(Class<?> service, String... providers) {
        return entry("META-INF/services/" + service.getName(), String.join("\n", providers) + "\n");
    }

    /// Adds a text.
    public PluginJar entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /// Leaves a class out that was compiled.
    PluginJar without(String type) {
        entries.remove(type.replace('.', '/') + ".class");
        return this;
    }

    /// Makes a class one of a later Java.
    PluginJar fromTheFuture(String type) {
        byte[] bytes = Objects.requireNonNull(entries.get(type.replace('.', '/') + ".class"));
        bytes[MAJOR_VERSION_LOW_BYTE] = 99;
        return this;
    }

    /// Writes the jar.
    public Path write(Path jar) {
        try {
            Files.createDirectories(jar.getParent());
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
