package org.intarsia.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationWriterTest {

    private static final String DOCUMENT = """
            {
              "task": {"name": "lines", "file": "../a/b.txt"},
              "embedding": "plain",
              "position": {"name": "wave", "base": 0.1, "label": "a \\"b\\" λ", "salt": 9007199254740993},
              "loss": "zero",
              "optimizer": {"epsilon": 1e-8},
            }
            """;

    @TempDir
    private Path folder;
    private Registry registry = Samples.registry(Path.of("unused"));

    @BeforeEach
    void fillsTheRegistry() {
        registry = Samples.registry(folder);
    }

    private Configuration read(String text, String... assignments) {
        return new ConfigurationReader(registry).read(JsonReader.parse(text, "conf.json"), "conf.json",
                Stream.of(assignments).map(Assignment::parse).toList());
    }

    @Test
    void writesEverySettingInDeclaredOrder() {
        assertThat(read(DOCUMENT).text()).isEqualTo("""
                {
                  "seed": 1,
                  "task": {
                    "name": "lines",
                    "file": "../a/b.txt"
                  },
                  "embedding": {
                    "name": "plain"
                  },
                  "position": {
                    "name": "wave",
                    "base": 0.1,
                    "pairing": "interleaved",
                    "turn": true,
                    "salt": 9007199254740993,
                    "label": "a \\"b\\" λ",
                    "range": {
                      "from": 0,
                      "to": 9
                    }
                  },
                  "loss": {
                    "name": "zero"
                  },
                  "backend": {
                    "name": "cpu"
                  },
                  "model": {
                    "layers": %d,
                    "heads": %d,
                    "width": %d,
                    "feedForward": %d,
                    "randomPositions": 0
                  },
                  "optimizer": {
                    "learningRate": %s,
                    "beta1": %s,
                    "beta2": %s,
                    "epsilon": 1.0E-8,
                    "weightDecay": %s,
                    "clipNorm": %s
                  },
                  "training": {
                    "steps": %d,
                    "batch": %d,
                    "evaluateEvery": %d,
                    "logEvery": %d,
                    "checkpointEvery": %d,
                    "weights": {
                      "padding": "ignored",
                      "prefixes": "all",
                      "weighting": "uniform"
                    }
                  },
                  "sampling": {
                    "count": %d,
                    "temperature": %s
                  }
                }
                """.formatted(ModelSettings.DEFAULTS.layers(), ModelSettings.DEFAULTS.heads(),
                ModelSettings.DEFAULTS.width(), ModelSettings.DEFAULTS.feedForward(),
                OptimizerSettings.DEFAULTS.learningRate(), OptimizerSettings.DEFAULTS.beta1(),
                OptimizerSettings.DEFAULTS.beta2(), OptimizerSettings.DEFAULTS.weightDecay(),
                OptimizerSettings.DEFAULTS.clipNorm(), TrainingSettings.DEFAULTS.steps(),
                TrainingSettings.DEFAULTS.batch(), TrainingSettings.DEFAULTS.evaluateEvery(),
                TrainingSettings.DEFAULTS.logEvery(), TrainingSettings.DEFAULTS.checkpointEvery(),
                SamplingSettings.DEFAULTS.count(), SamplingSettings.DEFAULTS.temperature()));
    }

    @Test
    void readsWhatItWroteAsAnEqualConfiguration() {
        Configuration configuration =
                read(DOCUMENT, "seed=-5", "position.range.from=-2", "optimizer.beta2=0.123456789");

        Configuration again = read(configuration.text());

        assertThat(again).isEqualTo(configuration);
        assertThat(again.hash()).isEqualTo(configuration.hash());
    }

    @Test
    void readsSeveralPositionEncodingsAsItWroteThem() {
        Configuration configuration = read(DOCUMENT, "position=[{\"name\": \"wave\", \"base\": 0.5}, \"still\"]");

        assertThat(read(configuration.text())).isEqualTo(configuration);
        assertThat(configuration.hash()).isNotEqualTo(read(DOCUMENT, "position=[\"still\", \"wave\"]").hash());
    }

    @Test
    void equalConfigurationsFromDifferentPlacesHaveEqualHashes() {
        Configuration fromFile = read(DOCUMENT.replace("\"task\"", "\"seed\": 4, \"task\""));
        Configuration fromCommandLine = read(DOCUMENT, "seed=4");

        assertThat(fromCommandLine).isEqualTo(fromFile);
        assertThat(fromCommandLine.hash()).isEqualTo(fromFile.hash()).matches("[0-9a-f]{12}");
    }

    @ParameterizedTest
    @CsvSource({"seed=2", "task=zeros", "position.base=0.2", "position.pairing=half-and-half", "position.range.to=8",
        "model.width=16", "optimizer.epsilon=2e-8", "training.steps=7", "sampling.temperature=0.5",
        "position.label=x"})
    void everyDifferenceChangesTheHash(String assignment) {
        assertThat(read(DOCUMENT, assignment).hash()).isNotEqualTo(read(DOCUMENT).hash());
        assertThat(read(DOCUMENT, assignment)).isNotEqualTo(read(DOCUMENT));
    }

    @Test
    void assignmentsThatSayWhatIsSoAlreadyChangeNothing() {
        assertThat(List.of(read(DOCUMENT, "seed=1").hash(), read(DOCUMENT, "backend=cpu").hash()))
                .containsOnly(read(DOCUMENT).hash());
    }
}
