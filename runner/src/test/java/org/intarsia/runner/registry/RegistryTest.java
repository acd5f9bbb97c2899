package org.intarsia.runner.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.runner.error.UserError;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {

    private static final String SERVICE = "org.intarsia.api.component.PositionEncodingFactory";

    @TempDir
    private Path folder;
    private Path plugins;

    @BeforeEach
    void namesTheFolder() {
        plugins = folder.resolve("plugins");
    }

    private static String encoding(String type, String name) {
        return encoding(type, "", name);
    }

    private static String encoding(String type, String supertype, String name) {
        return """
                package com.example;
                import org.intarsia.api.component.*;
                public class %s %s implements PositionEncodingFactory<%s.Config> {
                    public record Config(int reach) {}
                    public String name() { return %s; }
                    public String description() { return "From elsewhere."; }
                    public Config defaults() { return new Config(3); }
                    public PositionEncoding create(Config config, ModelShape shape) {
                        return new PositionEncoding() {};
                    }
                }
                """.formatted(type, supertype, type, name);
    }

    private PluginJar jar(String type, String name) {
        return new PluginJar().source("com.example." + type, encoding(type, name))
                .service(PositionEncodingFactory.class, "com.example." + type);
    }

    private Registry load() {
        return Samples.registry(folder.resolve("samples"), plugins);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load).isInstanceOf(UserError.class).hasMessage(message);
    }

    @Test
    void findsBuiltInComponentsWithoutAPluginFolder() {
        Registry registry = load();

        assertThat(registry.names(Kind.POSITION)).containsExactly("still", "wave");
        assertThat(registry.find(Kind.POSITION, "wave")).isInstanceOf(Samples.WaveFactory.class);
    }

    @Test
    void findsTheComponentsOfAPluginOnceAndKnowsWhereTheyAreFrom() {
        Path path = jar("Ring", "\"ring\"").write(plugins.resolve("ring.jar"));

        Registry registry = load();

        assertThat(registry.all(Kind.POSITION)).extracting(Registered::name, Registered::origin).containsExactly(
                tuple("ring", path.toString()),
                tuple("still", "built-in"),
                tuple("wave", "built-in"));
        assertThat(registry.find(Kind.POSITION, "ring").getClass().getClassLoader())
                .isNotSameAs(RegistryTest.class.getClassLoader());
    }

    @Test
    void givesEachJarAClassLoaderOfItsOwn() {
        jar("Ring", "\"ring\"").write(plugins.resolve("a.jar"));
        jar("Ring", "\"circle\"").write(plugins.resolve("b.jar"));

        Registry registry = load();

        assertThat(registry.names(Kind.POSITION)).containsExactly("circle", "ring", "still", "wave");
    }

    @Test
    void readsAFolderOnceThatIsNamedTwice() {
        jar("Ring", "\"ring\"").write(plugins.resolve("ring.jar"));

        Registry registry = Samples.registry(folder.resolve("samples"), plugins,
                plugins.resolve("..").resolve("plugins"));

        assertThat(registry.names(Kind.POSITION)).contains("ring");
    }

    @Test
    void passesOverFilesThatAreNoJars() throws IOException {
        Files.createDirectories(plugins);
        Files.writeString(plugins.resolve("README.txt"), "jars go here");

        assertThat(load().names(Kind.POSITION)).containsExactly("still", "wave");
    }

    @Test
    void anUnknownNameIsAnErrorWithTheNearestAndTheKnownOnes() {
        Registry registry = load();

        assertThatThrownBy(() -> registry.find(Kind.POSITION, "waev")).isInstanceOf(UserError.class).hasMessage("""
                there is no position encoding "waev"; did you mean "wave"?
                  known: still, wave
                  to add one, drop a jar that provides %s into %s/""".formatted(SERVICE, plugins));
    }

    @Test
    void aNameLikeNoOtherIsAnErrorWithoutAGuess() {
        Registry registry = load();

        assertThatThrownBy(() -> registry.find(Kind.EMBEDDING, "sinusoid")).isInstanceOf(UserError.class)
                .hasMessage("""
                        there is no embedding "sinusoid"
                          known: plain
                          to add one, drop a jar that provides org.intarsia.api.component.EmbeddingFactory into %s/"""
                        .formatted(plugins));
    }

    @Test
    void twoPluginsOfOneNameAreAnErrorWithBothJars() {
        Path first = jar("Ring", "\"ring\"").write(plugins.resolve("a.jar"));
        Path second = jar("Circle", "\"ring\"").write(plugins.resolve("b.jar"));

        assertRefused("""
                two position encodings are called "ring":
                    %s, class com.example.Ring
                    %s, class com.example.Circle
                  remove one of the jars, or give its component another name""".formatted(first, second));
    }

    @Test
    void aPluginThatTakesABuiltInNameIsAnErrorWithBoth() {
        Path path = jar("Ring", "\"wave\"").write(plugins.resolve("ring.jar"));

        assertRefused("""
                two position encodings are called "wave":
                    built-in, class org.intarsia.runner.registry.Samples$WaveFactory
                    %s, class com.example.Ring
                  remove one of the jars, or give its component another name""".formatted(path));
    }

    @Test
    void aBuiltInClassThatAPluginNamesAgainIsADuplicate() {
        Path path = new PluginJar().service(PositionEncodingFactory.class, Samples.WaveFactory.class.getName())
                .write(plugins.resolve("copy.jar"));

        assertRefused("""
                two position encodings are called "wave":
                    built-in, class org.intarsia.runner.registry.Samples$WaveFactory
                    %s, class org.intarsia.runner.registry.Samples$WaveFactory
                  remove one of the jars, or give its component another name""".formatted(path));
    }

    @Test
    void aJarThatIsNoJarIsAnError() throws IOException {
        Files.createDirectories(plugins);
        Path path = Files.writeString(plugins.resolve("text.jar"), "this is no jar");

        assertRefused("""
                the plugin %s is not a jar that can be read: zip END header not found
                  build or copy it again, or remove it""".formatted(path));
    }

    @Test
    void anEmptyFileIsAnError() throws IOException {
        Files.createDirectories(plugins);
        Path path = Files.createFile(plugins.resolve("empty.jar"));

        assertRefused("""
                the plugin %s is not a jar that can be read: zip file is empty
                  build or copy it again, or remove it""".formatted(path));
    }

    @Test
    void aJarThatWasCutOffIsAnError() throws IOException {
        Path path = jar("Ring", "\"ring\"").write(plugins.resolve("ring.jar"));
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused("""
                the plugin %s is not a jar that can be read: zip END header not found
                  build or copy it again, or remove it""".formatted(path));
    }

    @Test
    void aJarWithoutServicesIsAnError() {
        Path path = new PluginJar().source("com.example.Ring", encoding("Ring", "\"ring\""))
                .write(plugins.resolve("ring.jar"));

        assertRefused("""
                the plugin %s provides nothing
                  a plugin names its factory class in one of these files inside its jar:
                    META-INF/services/org.intarsia.api.component.TaskFactory
                    META-INF/services/org.intarsia.api.component.EmbeddingFactory
                    META-INF/services/org.intarsia.api.component.PositionEncodingFactory
                    META-INF/services/org.intarsia.api.component.LossFactory
                    META-INF/services/org.intarsia.api.backend.BackendFactory
                  add the file and build the jar again, or move the jar elsewhere if it is no plugin"""
                .formatted(path));
    }

    private void assertBroken(Path jar, String reason) {
        assertRefused("""
                the plugin %s has a broken position encoding: %s
                  it is named in META-INF/services/%s; correct it and build the jar again, or remove the jar"""
                .formatted(jar, reason, SERVICE));
    }

    @Test
    void aProviderWithoutItsClassIsAnError() {
        Path path = jar("Ring", "\"ring\"").without("com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "com.example.Ring not found");
    }

    @Test
    void aProviderOfAnotherTypeIsAnError() {
        Path path = new PluginJar().source("com.example.Ring", "package com.example; public class Ring {}")
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "com.example.Ring not a subtype");
    }

    @Test
    void aProviderOfAnotherKindIsAnError() {
        Path path = new PluginJar().source("com.example.Ring", encoding("Ring", "\"ring\""))
                .service(EmbeddingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertRefused("""
                the plugin %s has a broken embedding: com.example.Ring not a subtype
                  it is named in META-INF/services/org.intarsia.api.component.EmbeddingFactory; \
                correct it and build the jar again, or remove the jar""".formatted(path));
    }

    @Test
    void aProviderThatCannotBeConstructedIsAnError() {
        String source = encoding("Ring", "\"ring\"").replace("public record Config",
                "public Ring() { throw new IllegalStateException(\"no ring today\"); } public record Config");
        Path path = new PluginJar().source("com.example.Ring", source)
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "com.example.Ring could not be instantiated: "
                + "java.lang.IllegalStateException: no ring today");
    }

    @Test
    void aProviderOfALaterJavaIsAnError() {
        Path path = jar("Ring", "\"ring\"").fromTheFuture("com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "a provider (com.example.Ring) cannot be loaded: java.lang.UnsupportedClassVersionError: "
                + "com/example/Ring has been compiled by a more recent version of the Java Runtime (class file version "
                + "99.0), this version of the Java Runtime only recognizes class file versions up to "
                + System.getProperty("java.class.version"));
    }

    @Test
    void aProviderWhoseOwnClassesAreMissingIsAnError() {
        Path path = new PluginJar()
                .source("com.example.Ring", encoding("Ring", "extends Base", "\"ring\"") + "class Base {}")
                .service(PositionEncodingFactory.class, "# the ring", "com.example.Ring # mine")
                .without("com.example.Base").write(plugins.resolve("ring.jar"));

        assertBroken(path,
                "a provider (com.example.Ring) cannot be loaded: java.lang.NoClassDefFoundError: com/example/Base");
    }

    @Test
    void aNameThatIsNotKebabCaseIsAnError() {
        Path path = jar("Ring", "\"theRing\"").write(plugins.resolve("ring.jar"));

        assertBroken(path, "class com.example.Ring calls itself \"theRing\", but names are lower-case words with "
                + "hyphens, such as \"distance-weighted\"");
    }

    @Test
    void aProviderWithoutANameIsAnError() {
        Path path = jar("Ring", "null").write(plugins.resolve("ring.jar"));

        assertBroken(path, "class com.example.Ring calls itself \"null\", but names are lower-case words with "
                + "hyphens, such as \"distance-weighted\"");
    }

    @Test
    void aProviderThatThrowsIsAnError() {
        String source = encoding("Ring", "\"ring\"").replace("new Config(3)", "new Config(1 / Integer.valueOf(0))");
        Path path = new PluginJar().source("com.example.Ring", source)
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path,
                "class com.example.Ring cannot be asked: java.lang.ArithmeticException: / by zero");
    }

    @Test
    void aProviderWithoutDefaultsIsAnError() {
        String source = encoding("Ring", "\"ring\"").replace("new Config(3)", "null");
        Path path = new PluginJar().source("com.example.Ring", source)
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "class com.example.Ring returns null for its defaults");
    }

    @Test
    void aSettingThatConfigurationsCannotExpressIsAnError() {
        String source = encoding("Ring", "\"ring\"").replace("int reach", "java.util.List<String> reach")
                .replace("new Config(3)", "new Config(java.util.List.of())");
        Path path = new PluginJar().source("com.example.Ring", source)
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path, "the setting reach of com.example.Ring$Config has the type java.util.List; "
                + "settings are int, long, double, boolean, String, enums, and records of these");
    }

    @Test
    void aSettingThatHidesTheComponentsNameIsAnError() {
        String source = encoding("Ring", "\"ring\"").replace("int reach", "int name");
        Path path = new PluginJar().source("com.example.Ring", source)
                .service(PositionEncodingFactory.class, "com.example.Ring").write(plugins.resolve("ring.jar"));

        assertBroken(path,
                "a setting of com.example.Ring$Config is called name, which in configurations is the component's");
    }

    @Test
    void anInspectionLeavesOutWhatDoesNotLoadAndSaysWhy() throws IOException {
        Path fine = jar("Fine", "\"fine\"").write(plugins.resolve("a.jar"));
        Path twin = jar("Twin", "\"fine\"").write(plugins.resolve("b.jar"));
        Path torn = Files.writeString(plugins.resolve("c.jar"), "no jar");

        Inspection inspection = Registry.inspect(getClass().getClassLoader(), List.of(plugins));

        assertThat(inspection.jars()).extracting(Inspection.Jar::path).containsExactly(fine, twin, torn);
        assertThat(inspection.jars().get(0).problem()).isEmpty();
        assertThat(inspection.jars().get(0).provides()).extracting(Registered::name).containsExactly("fine");
        assertThat(inspection.jars().get(1).problem().orElseThrow()).startsWith("two position encodings are called");
        assertThat(inspection.jars().get(2).problem().orElseThrow()).contains("is not a jar that can be read");
        assertThat(inspection.registry().find(Kind.POSITION, "fine").getClass().getName())
                .isEqualTo("com.example.Fine");
    }
}
