package org.intarsia.runner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.intarsia.api.component.ModelShape;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentsTest {

    private static final ModelShape SHAPE = new ModelShape(3, 4, 8, 1, 2, 16);

    @TempDir
    private Path folder;
    private Registry registry = Samples.registry(Path.of("unused"));

    @BeforeEach
    void fillsTheRegistry() {
        registry = Samples.registry(folder);
    }

    private Configuration read(String... assignments) {
        String document = """
                {
                  "task": "zeros",
                  "embedding": "plain",
                  "position": "wave",
                  "loss": "zero",
                  "model": {"width": 8}
                }
                """;
        return new ConfigurationReader(registry).read(JsonReader.parse(document, "conf.json"), "conf.json",
                Stream.of(assignments).map(Assignment::parse).toList());
    }

    private static void assertRefused(String message, ThrowingCallable creation) {
        assertThatThrownBy(creation).isInstanceOf(UserError.class).hasMessage(message);
    }

    @Test
    void makesWhatWasChosen() {
        Configuration configuration = read();

        assertThat(Components.task(configuration).length()).isEqualTo(1);
        assertThat(Components.embedding(configuration, SHAPE)).isNotNull();
        assertThat(Components.position(configuration, SHAPE)).isNotNull();
        assertThat(Components.loss(configuration, SHAPE)).isNotNull();
    }

    @Test
    void aRefusedSettingIsAnErrorWithItsPlace() {
        Configuration configuration = read("position.label=odd");

        assertRefused("on the command line: position.label: cannot be odd",
                () -> Components.position(configuration, SHAPE));
    }

    @Test
    void aRefusedSettingOfOneOfSeveralIsAnErrorWithItsPlace() {
        Configuration configuration = read("position=[{\"name\": \"wave\", \"label\": \"odd\"}, \"still\"]");

        assertRefused("on the command line: position[0].label: cannot be odd",
                () -> Components.position(configuration, SHAPE));
    }

    @Test
    void oneEncodingCannotActTwice() {
        assertRefused("on the command line: position[1]: the position encoding \"wave\" stands there twice;"
                + " remove one of the two", () -> read("position=[\"wave\",\"wave\"]"));
    }

    @Test
    void aListWithoutEncodingsIsAnError() {
        assertRefused("""
                on the command line: position: must name at least one position encoding
                  known: still, wave""", () -> read("position=[]"));
    }

    @Test
    void aRefusedDefaultIsAnErrorWithThePlaceOfTheChoice() {
        Configuration configuration = read();
        ModelShape deep = new ModelShape(3, 4, 8, 5, 2, 16);

        assertRefused("conf.json:4:15: position.base: must be small for 5 layers (it is 10000.0 by default)",
                () -> Components.position(configuration, deep));
    }

    @Test
    void aRefusedDefaultThatIsEmptyIsNotQuoted() {
        Configuration configuration = read("task=lines");

        assertRefused("on the command line: task.file: must name a file", () -> Components.task(configuration));
    }

    @Test
    void aRefusedSizeOfTheModelIsAnErrorWithItsPlace() {
        Configuration configuration = read();
        ModelShape narrow = new ModelShape(3, 4, 6, 1, 2, 16);

        assertRefused("conf.json:6:22: model.width: must not be 6 for a wave",
                () -> Components.position(configuration, narrow));
    }

    @Test
    void somethingElseThatIsRefusedIsAnErrorWithThePlaceOfTheChoice() {
        Configuration configuration = read();
        ModelShape unlucky = new ModelShape(13, 4, 8, 1, 2, 16);

        assertRefused("conf.json:4:15: position.vocabulary: must not be 13",
                () -> Components.position(configuration, unlucky));
    }

    @Test
    void aComponentThatIsRefusedAsAWholeIsAnErrorWithThePlaceOfTheChoice() {
        Configuration configuration = read();
        ModelShape threeHeaded = new ModelShape(3, 4, 9, 1, 3, 16);

        assertRefused("conf.json:4:15: position: a wave cannot be had with 3 heads",
                () -> Components.position(configuration, threeHeaded));
    }

    @Test
    void aBackendThatCannotBeHadIsAnErrorAndNoOtherIsTaken() {
        Configuration configuration = read();

        assertRefused("conf.json: backend.threads: are not to be had", () -> Components.backend(configuration));
    }

    @Test
    void aPluginThatLacksAClassIsAnError() {
        Configuration configuration = read("position=still");

        assertRefused("""
                the position encoding "still" is broken: java.lang.NoClassDefFoundError: com/example/Lost
                  build its jar again, with all that it needs in it""",
                () -> Components.position(configuration, SHAPE));
    }
}
