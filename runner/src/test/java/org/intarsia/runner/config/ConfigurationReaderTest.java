package org.intarsia.runner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationReaderTest {

    private static final String PARTS = "'task': 'zeros', 'embedding': 'plain', 'position': 'wave', 'loss': 'zero'";

    @TempDir
    private Path folder;
    private Registry registry = Samples.registry(Path.of("unused"));

    @BeforeEach
    void fillsTheRegistry() {
        registry = Samples.registry(folder, folder.resolve("plugins"));
    }

    /// Reads a document in which single quotes stand for double ones.
    private Configuration read(String json, String... assignments) {
        return new ConfigurationReader(registry).read(JsonReader.parse(json.replace('\'', '"'), "conf.json"),
                "conf.json", Stream.of(assignments).map(Assignment::parse).toList());
    }

    private void assertRefused(String message, String json, String... assignments) {
        assertThatThrownBy(() -> read(json, assignments)).isInstanceOf(UserError.class)
                .hasMessage(message.replace('\'', '"'));
    }

    private static Samples.Wave wave(Configuration configuration) {
        return (Samples.Wave) configuration.positions().getFirst().settings();
    }

    @Test
    void takesTheDefaultsOfWhatIsNotGiven() {
        Configuration configuration = read("{" + PARTS + "}");

        assertThat(configuration.seed()).isEqualTo(1);
        assertThat(configuration.backend().factory()).isInstanceOf(Samples.CpuFactory.class);
        assertThat(configuration.positions().getFirst().settings()).isEqualTo(new Samples.WaveFactory().defaults());
        assertThat(configuration.model()).isEqualTo(ModelSettings.DEFAULTS);
        assertThat(configuration.optimizer()).isEqualTo(OptimizerSettings.DEFAULTS);
        assertThat(configuration.training()).isEqualTo(TrainingSettings.DEFAULTS);
        assertThat(configuration.sampling()).isEqualTo(SamplingSettings.DEFAULTS);
    }

    @Test
    void settingsOfTheBackendWithoutItsNameAreTheDefaultBackends() {
        Configuration configuration = read("{" + PARTS + ", 'backend': {}}");

        assertThat(configuration.backend().factory()).isInstanceOf(Samples.CpuFactory.class);
    }

    @Test
    void takesWhatIsGivenAndTheDefaultsOfTheRest() {
        Configuration configuration = read("""
                { // with comments
                  'task': 'zeros', 'embedding': {'name': 'plain'}, 'loss': 'zero',
                  'position': {'base': 1e-3, 'name': 'wave', 'pairing': 'half-and-half', 'turn': false,
                    'salt': 9007199254740993, 'label': 'λ', 'range': {'to': 1e1}},
                  'seed': -3, /* and more comments */
                  'optimizer': {'clipNorm': 2},
                }
                """);

        assertThat(configuration.seed()).isEqualTo(-3);
        assertThat(configuration.positions().getFirst().settings()).isEqualTo(new Samples.Wave(1e-3,
                Samples.Pairing.HALF_AND_HALF, false, 9007199254740993L, "λ", new Samples.Range(0, 10)));
        assertThat(configuration.optimizer()).isEqualTo(new OptimizerSettings(OptimizerSettings.DEFAULTS.learningRate(),
                OptimizerSettings.DEFAULTS.beta1(), OptimizerSettings.DEFAULTS.beta2(),
                OptimizerSettings.DEFAULTS.epsilon(), OptimizerSettings.DEFAULTS.weightDecay(), 2));
    }

    @Test
    void assignmentsReplaceWhatTheFileSays() {
        Configuration configuration = read("{" + PARTS + ", 'seed': 1, 'training': {'steps': 5, 'batch': 6}}", "seed=3",
                "training.steps=100", "model.width=16", "position.base=500", "position.range.to=4");

        assertThat(configuration.seed()).isEqualTo(3);
        assertThat(configuration.training().steps()).isEqualTo(100);
        assertThat(configuration.training().batch()).isEqualTo(6);
        assertThat(configuration.model().width()).isEqualTo(16);
        assertThat(wave(configuration).base()).isEqualTo(500);
        assertThat(wave(configuration).range()).isEqualTo(new Samples.Range(0, 4));
    }

    @Test
    void anotherComponentDropsTheSettingsOfTheOld() {
        Configuration configuration = read(
                "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero', 'position': {'name': 'wave', 'base': 2}}",
                "position=still");

        assertThat(configuration.positions().getFirst().settings()).isEqualTo(new Samples.Nothing());
    }

    @Test
    void theSameComponentAssignedAnewHasItsDefaults() {
        Configuration configuration = read(
                "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero', 'position': {'name': 'wave', 'base': 2}}",
                "position=wave");

        assertThat(wave(configuration).base()).isEqualTo(10000);
    }

    @Test
    void aComponentCanBeAssignedWithItsSettings() {
        Configuration configuration = read(
                "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero', 'position': 'still'}",
                "position={\"name\": \"wave\", \"base\": 7}", "position.label=two words");

        assertThat(wave(configuration).base()).isEqualTo(7);
        assertThat(wave(configuration).label()).isEqualTo("two words");
    }

    @ParameterizedTest
    @CsvSource({"../x.txt", "2024", "true", "1e3", "007", "a=b", "''", "//shelf/x"})
    void aTextNeedsNoQuotesOnTheCommandLine(String text) {
        Configuration configuration = read("{" + PARTS + "}", "position.label=" + text);

        assertThat(wave(configuration).label()).isEqualTo(text);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("an unknown part",
                        "{" + PARTS + ",\n 'trainign': {'steps': 4}}",
                        """
                                conf.json:2:2: trainign: a configuration has no part 'trainign'; did you mean 'training'?
                                  known: backend, embedding, loss, model, optimizer, position, sampling, seed, task, training"""),
                Arguments.of("an unknown setting of a part",
                        "{" + PARTS + ",\n 'training': {\n  'stepz': 4}}",
                        """
                                conf.json:3:3: training.stepz: 'training' has no setting 'stepz'; did you mean 'steps'?
                                  known: batch, checkpointEvery, evaluateEvery, logEvery, steps, weights"""),
                Arguments.of("an unknown setting of a component",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'bass': 2}}",
                        """
                                conf.json:2:31: position.bass: the position encoding 'wave' has no setting 'bass'; did you mean 'base'?
                                  known: base, label, pairing, range, salt, turn
                                  'intarsia components position' describes them"""),
                Arguments.of("an unknown setting of a component that has none",
                        "{'task': 'zeros', 'embedding': {'name': 'plain', 'base': 2}, 'loss': 'zero', 'position': 'wave'}",
                        """
                                conf.json:1:50: embedding.base: the embedding 'plain' has no setting 'base'
                                  known: none
                                  'intarsia components embedding' describes them"""),
                Arguments.of("an unknown setting inside a setting",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'range': {'form': 2}}}",
                        """
                                conf.json:2:41: position.range.form: the position encoding 'wave' has no setting 'form'; did you mean 'from'?
                                  known: from, to
                                  'intarsia components position' describes them"""),
                Arguments.of("a missing component",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero'}",
                        """
                                conf.json: position: must be given: 'position': and the name of a position encoding
                                  known: still, wave"""),
                Arguments.of("a component without a name",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero', 'position': {'base': 1}}",
                        """
                                conf.json:1:69: position.name: must be given: the name of a position encoding
                                  known: still, wave"""),
                Arguments.of("a component's name that is no name",
                        "{'task': 'zeros', 'embedding': {'name': 3}, 'loss': 'zero', 'position': 'wave'}",
                        "conf.json:1:41: embedding.name: must be the name of an embedding, not 3"),
                Arguments.of("a component that is neither name nor object",
                        "{'task': 'zeros', 'embedding': ['plain'], 'loss': 'zero', 'position': 'wave'}",
                        "conf.json:1:32: embedding: must be the name of an embedding, or an object with its name and settings, not a list"),
                Arguments.of("a part that is no object", "{" + PARTS + ", 'model': 4}",
                        "conf.json:1:86: model: must be an object, not 4"),
                Arguments.of("a setting given twice", "{" + PARTS + ",\n 'model': {'width': 4,\n  'width': 8}}",
                        """
                                conf.json:3:3: 'width' is given twice; the first is at conf.json:2:12
                                  remove one of the two"""),
                Arguments.of("a text for a number", "{" + PARTS + ",\n 'training': {'steps': '100'}}",
                        "conf.json:2:24: training.steps: must be a whole number, not the text '100'"),
                Arguments.of("a text for a real number", "{" + PARTS + ",\n 'optimizer': {'learningRate': '1e-3'}}",
                        "conf.json:2:32: optimizer.learningRate: must be a number, not the text '1e-3'"),
                Arguments.of("a fraction for a whole number", "{" + PARTS + ",\n 'training': {'steps': 2.5}}",
                        "conf.json:2:24: training.steps: must be a whole number, not 2.5"),
                Arguments.of("too large a whole number", "{" + PARTS + ",\n 'training': {'steps': 3000000000}}",
                        "conf.json:2:24: training.steps: must be a whole number from -2147483648 to 2147483647, not 3000000000"),
                Arguments.of("too large a seed", "{" + PARTS + ",\n 'seed': 9223372036854775808}",
                        "conf.json:2:10: seed: must be a whole number from -9223372036854775808 to 9223372036854775807, not 9223372036854775808"),
                Arguments.of("a huge exponent", "{" + PARTS + ",\n 'seed': 1e999999999}",
                        "conf.json:2:10: seed: must be a whole number from -9223372036854775808 to 9223372036854775807, not 1e999999999"),
                Arguments.of("too large a real number", "{" + PARTS + ",\n 'optimizer': {'epsilon': 1e999}}",
                        "conf.json:2:27: optimizer.epsilon: must be a number from -1.7976931348623157E308 to 1.7976931348623157E308, not 1e999"),
                Arguments.of("a seed that is no number", "{" + PARTS + ",\n 'seed': true}",
                        "conf.json:2:10: seed: must be a whole number, not true"),
                Arguments.of("nothing", "{" + PARTS + ",\n 'training': {'steps': null}}",
                        "conf.json:2:24: training.steps: must be a whole number, not null"),
                Arguments.of("a number for a text",
                        "{'task': {'name': 'lines', 'file': 5}, 'embedding': 'plain', 'loss': 'zero', 'position': 'wave'}",
                        "conf.json:1:36: task.file: must be a text in quotes, not 5"),
                Arguments.of("a number for a truth",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'turn': 1}}",
                        "conf.json:2:39: position.turn: must be true or false, not 1"),
                Arguments.of("a word that is none of an enum's",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'pairing': 'HALF_AND_HALF'}}",
                        "conf.json:2:42: position.pairing: must be one of half-and-half, interleaved, not 'HALF_AND_HALF'; did you mean 'half-and-half'?"),
                Arguments.of("a number for a word",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'pairing': 1}}",
                        "conf.json:2:42: position.pairing: must be one of half-and-half, interleaved, not 1"),
                Arguments.of("a number for an object",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'range': 1}}",
                        "conf.json:2:40: position.range: must be an object, not 1"),
                Arguments.of("a value that the settings refuse",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'base': -1}}",
                        "conf.json:2:39: position.base: must be above 0, not -1.0"),
                Arguments.of("values that the settings refuse together",
                        "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': {'name': 'wave', 'range': {'to': -1}}}",
                        "conf.json:2:40: position.range: the range 0..-1 is empty"),
                Arguments.of("a width that the heads do not divide",
                        "{" + PARTS + ",\n 'model': {'width': 9, 'heads': 4}}",
                        "conf.json:2:33: model.heads: must divide the width: 9 is not a multiple of 4"),
                Arguments.of("a width that the default heads do not divide",
                        "{" + PARTS + ",\n 'model': {'width': 9}}",
                        "conf.json:2:11: model.heads: must divide the width: 9 is not a multiple of 2 (it is 2 by default)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsAnErrorWithItsPlace(String name, String json, String message) {
        assertRefused(message, json);
    }

    @Test
    void anUnknownComponentIsAnErrorWithItsPlace() {
        assertRefused("""
                conf.json:2:14: position: there is no position encoding 'vave'; did you mean 'wave'?
                  known: still, wave
                  to add one, drop a jar that provides org.intarsia.api.component.PositionEncodingFactory into %s/"""
                .formatted(folder.resolve("plugins")),
                "{'task': 'zeros', 'embedding': 'plain', 'loss': 'zero',\n 'position': 'vave'}");
    }

    static Stream<Arguments> mistakenAssignments() {
        return Stream.of(
                Arguments.of(List.of("training.stepz=5"), """
                        on the command line: training.stepz: 'training' has no setting 'stepz'; did you mean 'steps'?
                          known: batch, checkpointEvery, evaluateEvery, logEvery, steps, weights"""),
                Arguments.of(List.of("traning.steps=5"),
                        """
                                on the command line: traning: a configuration has no part 'traning'; did you mean 'training'?
                                  known: backend, embedding, loss, model, optimizer, position, sampling, seed, task, training"""),
                Arguments.of(List.of("seed"),
                        "on the command line: 'seed' does not set anything; write path=value, such as training.steps=100"),
                Arguments.of(List.of("=5"),
                        "on the command line: '=5' does not set anything; write path=value, such as training.steps=100"),
                Arguments.of(List.of("training..steps=5"),
                        "on the command line: 'training..steps=5' does not set anything; write path=value, such as training.steps=100"),
                Arguments.of(List.of("seed=1", "seed=2"),
                        "on the command line: seed is set twice; remove one of the two"),
                Arguments.of(List.of("position.base=1", "position=still"),
                        "on the command line: position undoes position.base, which stands before it; write position first"),
                Arguments.of(List.of("training.steps=many"),
                        "on the command line: training.steps: must be a whole number, not the text 'many'"),
                Arguments.of(List.of("training.steps=0"),
                        "on the command line: training.steps: must be at least 1, not 0"),
                Arguments.of(List.of("training.steps.often=1"),
                        "on the command line: training.steps.often cannot be set, because training.steps is 7 (conf.json:2:24)"),
                Arguments.of(List.of("model.width=9"),
                        "on the command line: model.heads: must divide the width: 9 is not a multiple of 2 (it is 2 by default)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakenAssignments")
    void aMistakenAssignmentIsAnError(List<String> assignments, String message) {
        assertRefused(message, "{" + PARTS + ",\n 'training': {'steps': 7}}", assignments.toArray(String[]::new));
    }

    @Test
    void aMissingFileIsAnError() {
        Path file = folder.resolve("none.json");

        assertThatThrownBy(() -> JsonReader.read(file)).isInstanceOf(UserError.class)
                .hasMessage(file + ": there is no such file");
    }

    @Test
    void aFolderIsAnError() {
        assertThatThrownBy(() -> JsonReader.read(folder)).isInstanceOf(UserError.class)
                .hasMessage(folder + ": cannot be read: it is a folder");
    }

    @Test
    void aFileThatIsNoTextIsAnError() throws IOException {
        Path file = Files.write(folder.resolve("latin.json"), "{\"é\": 1}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> JsonReader.read(file)).isInstanceOf(UserError.class)
                .hasMessage(file + ": is no text in UTF-8, so it cannot be JSON");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`` | conf.json: is empty, but must hold an object: {'task': …}",
        "// only a comment | conf.json: is empty, but must hold an object: {'task': …}",
        "[1] | conf.json:1:1: must hold an object, not a list",
        "{} {} | conf.json:1:4: something follows the end of the object",
        "{'a': } | conf.json:1:7: is not JSON: Unexpected character ('}' (code 125)): expected a value",
        "{'a': 1 | conf.json:1:8: is not JSON: the text ends before everything is closed that was opened"})
    void aTextThatIsNoObjectIsAnError(String text, String message) {
        assertThatThrownBy(() -> JsonReader.parse(text.replace('\'', '"'), "conf.json")).isInstanceOf(UserError.class)
                .extracting(e -> String.valueOf(e.getMessage()).replace('"', '\'')).isEqualTo(message);
    }
}
