package org.intarsia.runner.ablation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Examples;
import org.intarsia.runner.registry.Registry;

/// A sweep of a few seconds at most, for tests.
final class SmallSweep {

    static final String TEXT = """
            {
              "base": {
                "task": {"name": "recurrences", "length": 4, "maximum": 9, "heldOut": 10},
                "embedding": "learned", "position": "none", "loss": "cross-entropy", "backend": "reference",
                "model": {"layers": 1, "heads": 2, "width": 4, "feedForward": 8},
                "training": {"steps": 20, "batch": 5, "evaluateEvery": 10, "logEvery": 4, "checkpointEvery": 7},
                "sampling": {"count": 0}
              },
              "factors": {"position": ["none", "rope"]},
              "seeds": 2
            }
            """;

    private SmallSweep() {}

    /// Returns the sweep with other settings.
    static Sweep read(String... settings) {
        try {
            Path folder = Files.createTempDirectory("small");
            Path file = Files.writeString(folder.resolve("small.json"), TEXT);
            try {
                return new SweepReader(Registry.load(SmallSweep.class.getClassLoader(), List.of()), Examples.bundled())
                        .read(file, Arrays.stream(settings).map(Assignment::parse).toList());
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
