package org.intarsia.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.intarsia.testkit.BackendConformance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else's backend, [the example](../../../../../../examples/backend/README.md), from its source to a jar in a plugin
/// folder: whatever every backend must do it does, and it trains.
class ExampleBackendTest extends BackendConformance {

    private static final Path EXAMPLE = Path.of("examples", "backend", "src", "main").toAbsolutePath();

    private static final String CONFIGURATION = """
            {
              "task": {"name": "recurrences", "heldOut": 4},
              "embedding": "learned",
              "position": "rope",
              "loss": "cross-entropy",
              "training": {"steps": 6, "batch": 4, "evaluateEvery": 3, "logEvery": 1, "checkpointEvery": 3},
              "sampling": {"count": 1},
            }
            """;
    private static final Pattern LOSS = Pattern.compile("\"trainLoss\": ?([0-9.]+)");
    private static final Offset<Double> SINGLE_PRECISION = within(1e-4);

    @TempDir
    private static Path folder;

    /// As its README says.
    @BeforeAll
    static void buildsTheJar() throws IOException {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-cp",
                System.getProperty("java.class.path"), "-proc:none", "-d", classes.toString()));
        try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("java"))) {
            sources.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        run("javac", arguments);
        Files.createDirectory(folder.resolve("plugins"));
        run("jar", List.of("--create", "--file", folder.resolve("plugins/plain.jar").toString(), "-C",
                classes.toString(), ".", "-C", EXAMPLE.resolve("resources").toString(), "."));
        Files.writeString(folder.resolve("conf.json"), CONFIGURATION);
    }

    private static void run(String tool, List<String> arguments) {
        int exitCode = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err,
                arguments.toArray(String[]::new));
        assertThat(exitCode).as(tool).isZero();
    }

    private static BackendFactory<?> fromTheJar() {
        return Registry.load(ExampleBackendTest.class.getClassLoader(), List.of(folder.resolve("plugins")))
                .find(Kind.BACKEND, "plain");
    }

    private static <C extends Record> Backend made(BackendFactory<C> factory) {
        return factory.create(factory.defaults());
    }

    @Override
    protected Backend backend() {
        return made(fromTheJar());
    }

    @Test
    void itsClassesAreThoseOfTheJar() {
        assertThat(fromTheJar().getClass().getProtectionDomain().getCodeSource().getLocation())
                .hasPath(folder.resolve("plugins/plain.jar").toString());
    }

    @Test
    void itTrainsWithTheLossesOfTheDefaultBackend() throws Exception {
        List<Double> losses = losses("plain");

        assertThat(losses).hasSize(6).zipSatisfy(losses("cpu"),
                (plain, cpu) -> assertThat(plain).isCloseTo(cpu, SINGLE_PRECISION));
        assertThat(Files.readString(folder.resolve("plain/run.json"))).contains("plain loops");
    }

    private static List<Double> losses(String backend) throws Exception {
        Launched result = Launched.in(folder, "train", "conf.json", "backend=" + backend, "--run", backend);
        assertThat(result.exitCode()).as(result.error()).isZero();
        return LOSS.matcher(Files.readString(folder.resolve(backend).resolve("metrics.jsonl"))).results()
                .map(match -> Double.valueOf(match.group(1))).toList();
    }
}
