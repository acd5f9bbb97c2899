package org.intarsia.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AblateCommandTest {

    private static final String SWEEP = """
            {
              "base": {
                "task": {"name": "recurrences", "length": 4, "maximum": 9, "heldOut": 10},
                "position": "none", "loss": "cross-entropy", "backend": "reference",
                "model": {"layers": 1, "width": 2, "feedForward": 4},
                "training": {"steps": 4, "batch": 5}
              },
              "factors": {"embedding": ["learned", "tuple"]}
            }
            """;

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String error) {}

    @BeforeEach
    void writesTheSweep() throws IOException {
        Files.writeString(folder.resolve("small.json"), SWEEP);
    }

    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter error = new StringWriter();
        int exitCode = Intarsia.run(new PrintWriter(out), new PrintWriter(error), arguments);
        return new Result(exitCode, out.toString(), error.toString());
    }

    @Test
    void aSweepLeavesItsResults() {
        Result result = run("ablate", folder.resolve("small.json").toString(), "seeds=1", "--run",
                folder.resolve("sweep").toString());

        assertThat(result.error).isEmpty();
        assertThat(result.exitCode).isZero();
        assertThat(result.out).startsWith("small: 2 cells × 1 seed = 2 runs of 4 steps, ")
                .endsWith("all of it: " + folder.resolve("sweep/results.md") + ", results.csv, results.json\n");
        assertThat(folder.resolve("sweep/embedding=tuple/1/run.json")).exists();
    }

    @Test
    void aRunThatFailsShowsInTheExitCode() throws IOException {
        Files.createDirectories(folder.resolve("sweep/embedding=tuple"));
        Files.createFile(folder.resolve("sweep/embedding=tuple/1"));

        Result result = run("ablate", folder.resolve("small.json").toString(), "seeds=1", "--run",
                folder.resolve("sweep").toString());

        assertThat(result.exitCode).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--parallel 0 | intarsia: on the command line: --parallel: must be at least 1, not 0",
        "training.stps=4 | intarsia: on the command line: training.stps: \"training\" has no setting \"stps\"; did you mean"
                + " \"steps\"?",
        "seeds=[] | intarsia: on the command line: seeds: must hold at least one seed, such as [1, 2, 3]"})
    void aMistakeIsOneClearMessageAndExitCodeTwo(String arguments, String message) {
        String[] given = ("ablate " + folder.resolve("small.json") + " " + arguments).split(" ", -1);

        Result result = run(given);

        assertThat(result.exitCode).isEqualTo(2);
        assertThat(result.out).isEmpty();
        assertThat(result.error.lines()).first().isEqualTo(message);
    }

    @Test
    void theWorkOfASweepIsToldWithoutDoingIt() {
        Result result = run("ablate", folder.resolve("small.json").toString(), "--dry-run", "--run",
                folder.resolve("sweep").toString());

        assertThat(result.exitCode).isZero();
        assertThat(result.out)
                .contains("2 cells × 3 seeds = 6 runs, 24 steps in all, in " + folder.resolve("sweep") + "\n");
        assertThat(folder.resolve("sweep")).doesNotExist();
    }
}
