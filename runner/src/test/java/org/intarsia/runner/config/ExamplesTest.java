package org.intarsia.runner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {

    private static final Path BUNDLED = Path.of("examples");

    @TempDir
    private Path folder;

    @Test
    void anExistingFileIsTakenAsItIs() throws IOException {
        Path file = Files.createFile(folder.resolve("first"));

        assertThat(Examples.in(BUNDLED).find(file.toString())).isEqualTo(file);
    }

    @Test
    void aNameIsAnExamples() {
        assertThat(Examples.in(BUNDLED).find("first")).isEqualTo(BUNDLED.resolve("first.json"));
    }

    @Test
    void aFolderOfTheSameNameDoesNotHideAnExample() throws IOException {
        Path example = Files.createFile(folder.resolve("src.json"));

        assertThat(Path.of("src")).isDirectory();
        assertThat(Examples.in(folder).find("src")).isEqualTo(example);
    }

    @ParameterizedTest
    @CsvSource({"first.json", "examples/none", "none.json"})
    void whatLooksLikeAPathIsNoExample(String path) {
        assertThat(Examples.in(BUNDLED).find(path)).isEqualTo(Path.of(path));
    }

    @Test
    void anUnknownNameIsAnErrorWithTheNearest() throws IOException {
        Files.createFile(folder.resolve("first.json"));
        Files.createFile(folder.resolve("names.json"));

        assertThatThrownBy(() -> Examples.in(folder).find("frist")).isInstanceOf(UserError.class).hasMessage("""
                "frist" is neither a file nor an example; did you mean "first"?
                  examples: first, names""");
    }

    @Test
    void anUnknownNameWithoutExamplesIsAnError() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> Examples.in(none).find("first")).isInstanceOf(UserError.class).hasMessage("""
                "first" is neither a file nor an example
                  examples: none in %s""".formatted(none));
    }

    @ParameterizedTest
    @CsvSource({"first", "names", "oeis"})
    void theBundledExamplesAreRight(String name) {
        ConfigurationReader reader = new ConfigurationReader(Registry.load(getClass().getClassLoader(), List.of()));

        Configuration configuration = reader.read(Examples.in(BUNDLED).find(name), List.of());

        assertThat(configuration.model().width()).isPositive();
    }
}
