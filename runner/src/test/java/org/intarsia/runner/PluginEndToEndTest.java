package org.intarsia.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.runner.registry.PluginJar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody else's plugin, from its source to a trained model, in a process of its own.
class PluginEndToEndTest {

    /// Scores fall with the distance, as in ALiBi, and by a learned factor.
    private static final String FADING =
            """
                    package com.example.fading;

                    import org.intarsia.api.component.*;
                    import org.intarsia.api.graph.*;

                    public final class Fading implements PositionEncodingFactory<Fading.Config> {

                        public record Config(@Setting("how fast scores fall at first") double slope) {
                            public Config {
                                InvalidSettingException.check(slope >= 0, "slope", "must be at least 0, not " + slope);
                            }
                        }

                        @Override public String name() { return "fading"; }
                        @Override public String description() { return "Scores fall with the distance."; }
                        @Override public Config defaults() { return new Config(0.25); }

                        @Override public PositionEncoding create(Config config, ModelShape shape) {
                            return new PositionEncoding() {
                                @Override public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
                                    Tensor slope = scope.parameter("slope", new Initializer.Fill(config.slope()), scores.axis("head"));
                                    Tensor distance = at.distance().convert(DataType.FLOAT);
                                    return scores.sub(distance.outer(slope));
                                }
                            };
                        }
                    }
                    """;

    private static final String CONFIGURATION = """
            {
              "task": {"name": "recurrences", "heldOut": 4},
              "embedding": "learned",
              "position": "none",
              "loss": "cross-entropy",
              "training": {"steps": 6, "batch": 4, "evaluateEvery": 3, "logEvery": 1, "checkpointEvery": 3},
              "sampling": {"count": 1},
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void dropsTheJarIn() throws IOException {
        new PluginJar().source("com.example.fading.Fading", FADING)
                .service(PositionEncodingFactory.class, "com.example.fading.Fading")
                .write(folder.resolve("plugins").resolve("fading.jar"));
        Files.writeString(folder.resolve("conf.json"), CONFIGURATION);
    }

    private Launched intarsia(String... arguments) throws IOException, InterruptedException {
        return Launched.in(folder, arguments);
    }

    @Test
    void aPluginIsListedWithItsJar() throws Exception {
        Launched result = intarsia("components", "position");

        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("""
                \n  fading (plugins/fading.jar)
                    Scores fall with the distance.

                      slope   number   0.25   how fast scores fall at first
                """);
    }

    @Test
    void aPluginTrains() throws Exception {
        Launched result = intarsia("train", "conf.json", "position=fading", "position.slope=0.5", "--run", "run");

        assertThat(result.exitCode()).as(result.error()).isZero();
        assertThat(Files.readString(folder.resolve("run/config.json"))).contains("\"name\": \"fading\",",
                "\"slope\": 0.5");
        assertThat(Files.readString(folder.resolve("run/run.json"))).containsPattern("\"outcome\" ?: ?\"finished\"");
        assertThat(parameters(folder.resolve("run/checkpoint.safetensors"))).contains("slope");
    }

    @Test
    void aPluginsSettingsAreChecked() throws Exception {
        Launched result = intarsia("train", "conf.json", "position=fading", "position.slope=-1");

        assertThat(result).isEqualTo(new Launched(2, "", """
                intarsia: on the command line: position.slope: must be at least 0, not -1.0
                """));
    }

    @Test
    void aBrokenPluginStopsEveryRunBeforeItStarts() throws Exception {
        Files.writeString(folder.resolve("plugins/other.jar"), "no jar");

        Launched result = intarsia("train", "conf.json", "--run", "run");

        assertThat(result).isEqualTo(new Launched(2, "", """
                intarsia: the plugin plugins/other.jar is not a jar that can be read: zip END header not found
                  build or copy it again, or remove it
                """));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /// Returns the header of a safetensors file, which names the tensors.
    private static String parameters(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        return new String(bytes.array(), Long.BYTES, (int) bytes.getLong(), StandardCharsets.UTF_8);
    }
}
