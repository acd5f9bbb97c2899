package org.intarsia.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String error) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int exitCode = Intarsia.run(new PrintWriter(out), new PrintWriter(error), arguments);
        return new Result(exitCode, out.toString(), error.toString());
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("train", """
                        intarsia: Missing required parameter: 'CONFIG'
                          "intarsia train --help" shows what can be given
                        """),
                Arguments.of("trian first", """
                        intarsia: there is no command "trian"; did you mean "train"?
                          known: COMMANDS
                          "intarsia --help" shows what can be given
                        """),
                Arguments.of("", """
                        intarsia: say which command: COMMANDS
                          "intarsia --help" shows what can be given
                        """),
                Arguments.of("components task loss", """
                        intarsia: "loss" is one argument too many
                          "intarsia components --help" shows what can be given
                        """),
                Arguments.of("components --knd", """
                        intarsia: there is no option "--knd"
                          known: --help, --version, -V, -h
                          "intarsia components --help" shows what can be given
                        """),
                Arguments.of("components postion", """
                        intarsia: there is no kind of component "postion"; did you mean "position"?
                          known: backend, embedding, loss, position, task
                        """),
                Arguments.of("train none.json", """
                        intarsia: none.json: there is no such file
                        """),
                Arguments.of("train examples/first.json steps", """
                        intarsia: on the command line: "steps" does not set anything; write path=value, such as \
                        training.steps=100
                        """),
                Arguments.of("train examples/first.json model.width=9", """
                        intarsia: examples/first.json:15:14: model.heads: must divide the width: 9 is not a multiple \
                        of 2
                        """));
    }

    @ParameterizedTest(name = "intarsia {0}")
    @MethodSource("mistakes")
    void aMistakeIsOneClearMessageAndExitCodeTwo(String commandLine, String message) {
        Result result = run(commandLine.isEmpty() ? new String[0] : commandLine.split(" ", -1));

        assertThat(result)
                .isEqualTo(new Result(2, "", message.replace("COMMANDS", "ablate, bench, components, doctor, train")));
    }

    @Test
    void aTaskWithoutItsFileIsOneClearMessage() {
        Result result = run("train", "examples/names.json", "--run", folder.resolve("run").toString());

        assertThat(result).isEqualTo(new Result(2, "", """
                intarsia: examples/names.json:5:11: task.file: must name a file with one string per line; it is not set
                """));
    }

    @Test
    void aFileThatIsNotThereIsOneClearMessage() {
        Path file = folder.resolve("none.txt");

        Result result = run("train", "examples/names.json", "task.file=" + file, "--run",
                folder.resolve("run").toString());

        assertThat(result).isEqualTo(new Result(2, "", """
                intarsia: on the command line: task.file: names '%s', which does not exist; looked for %s
                """.formatted(file, file)));
    }

    @Test
    void anEmptyFileIsOneClearMessage() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.txt"));

        Result result = run("train", "examples/names.json", "task.file=" + file, "--run",
                folder.resolve("run").toString());

        assertThat(result).isEqualTo(new Result(2, "", """
                intarsia: on the command line: task.file: names '%s', which is empty: it should hold one string per line
                """.formatted(file)));
    }

    @Test
    void helpSaysWhatCanBeGiven() {
        Result result = run("train", "--help");

        assertThat(result.exitCode).isZero();
        assertThat(result.out).startsWith("Usage: intarsia train [-hV] [--run=DIR] CONFIG [path=value...]\n");
    }

    @Test
    void theVersionNeedsNoPlugins() {
        Result result = run("--version");

        assertThat(result.exitCode).isZero();
        assertThat(result.out).startsWith("intarsia ");
    }

    @Test
    void componentsShowsSettingsDefaultsAndDocumentation() {
        Result result = run("components", "position");

        assertThat(result.exitCode).isZero();
        assertThat(result.error).isEmpty();
        assertThat(result.out).startsWith("position: position encodings\n").contains("  rope (built-in)\n")
                .containsPattern("\n {6}base +number +10000\\s+[A-Z]").doesNotContain("  learned (built-in)");
    }

    @Test
    void componentsOfAllKindsFitsAHundredColumns() {
        Result result = run("components");

        assertThat(result.out.lines()).contains("task: tasks", "embedding: embeddings",
                "position: position encodings", "loss: losses", "backend: backends")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
