package org.intarsia.runner.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.registry.Registry;

/// A run of a few seconds at most, for tests; and as a program, for tests that kill it.
final class SmallRun {

    private static final String CONFIGURATION = """
            {
              "seed": 7,
              "task": {"name": "recurrences", "length": 4, "maximum": 9, "heldOut": 10},
              "embedding": "learned", "position": "absolute", "loss": "cross-entropy", "backend": "reference",
              "model": {"layers": 1, "heads": 2, "width": 4, "feedForward": 8},
              "training": {"steps": 40, "batch": 5, "evaluateEvery": 10, "logEvery": 4, "checkpointEvery": 7},
              "sampling": {"count": 2, "temperature": 1}
            }
            """;

    private SmallRun() {}

    /// Returns the configuration with other settings.
    static Configuration configuration(String... settings) {
        try {
            Path file = Files.createTempFile("small", ".json");
            try {
                Files.writeString(file, CONFIGURATION);
                Registry registry = Registry.load(SmallRun.class.getClassLoader(), List.of());
                return new ConfigurationReader(registry).read(file,
                        Arrays.stream(settings).map(Assignment::parse).toList());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns a file of grids of three columns, some of them with numbers, of other lengths.
    static Path grids() {
        try {
            return Path.of(Objects.requireNonNull(SmallRun.class.getResource("grids.txt")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Trains in the folder of the first argument with the settings of the others.
    public static void main(String[] arguments) {
        String[] settings = Arrays.copyOfRange(arguments, 1, arguments.length);
        try (ShutdownSignal stop = new ShutdownSignal()) {
            TrainingRun.execute(configuration(settings), Path.of(arguments[0]), Reporter.silent(), stop);
        }
    }
}
