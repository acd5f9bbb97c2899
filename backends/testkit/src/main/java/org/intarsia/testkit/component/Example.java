package org.intarsia.testkit.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A complete class in a Markdown page, compiled, so that documentation cannot rot.
///
/// @param className its full name
/// @param source the source, as the page shows it
public record Example(String className, String source) {

    private static final Pattern BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern CLASS = Pattern.compile("^public final class (\\w+)", Pattern.MULTILINE);

    /// Returns the first block of a page that is a complete public class.
    ///
    /// @throws AssertionError if there is none
    public static Example in(Path page) {
        try {
            Matcher block = BLOCK.matcher(Files.readString(page, UTF_8));
            while (block.find()) {
                Matcher inPackage = PACKAGE.matcher(block.group(1));
                Matcher named = CLASS.matcher(block.group(1));
                if (inPackage.find() && named.find()) {
                    return new Example(inPackage.group(1) + "." + named.group(1), block.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(page + " cannot be read", e);
        }
        throw new AssertionError("no block of " + page + " is a complete public class");
    }

    /// Compiles the class against the class path and loads it.
    ///
    /// @param directory an empty directory for the class files
    /// @throws AssertionError with what the compiler says if it does not compile
    public Class<?> compile(Path directory) {
        Path file = directory.resolve(className.substring(className.lastIndexOf('.') + 1) + ".java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            Files.writeString(file, source, UTF_8);
            List<String> options = List.of("-d", directory.toString(), "-Xlint:all", "-Werror", "-proc:none");
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file)).call()) {
                throw new AssertionError(className + " does not compile:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(className + " cannot be compiled in " + directory, e);
        }
        return load(directory);
    }

    private Class<?> load(Path directory) {
        try {
            // The loader stays open: the class loads its nested classes when it is used.
            URLClassLoader loader =
                    new URLClassLoader(new URL[] {directory.toUri().toURL()}, Example.class.getClassLoader());
            return loader.loadClass(className);
        } catch (ClassNotFoundException | MalformedURLException e) {
            throw new LinkageError(className + " cannot be loaded from " + directory, e);
        }
    }
}
