package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.intarsia.runner.ablation.Ablation.Outcome;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.training.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AblationTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path folder;

    private record Ended(Outcome outcome, String out) {}

    private Ended run(Sweep sweep, String name, int parallel, StopSignal stop) {
        StringWriter out = new StringWriter();
        Outcome outcome = new Ablation(sweep, folder.resolve(name), parallel).run(new PrintWriter(out), false, stop);
        return new Ended(outcome, out.toString());
    }

    private Ended run(Sweep sweep, String name, int parallel) {
        return run(sweep, name, parallel, StopSignal.never());
    }

    private Map<String, Path> files(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, Path> found = new TreeMap<>();
            files.filter(Files::isRegularFile).forEach(file -> found.put(root.relativize(file).toString(), file));
            return found;
        }
    }

    private static boolean exact(String name) {
        return Stream.of(RunFolder.METRICS, RunFolder.CHECKPOINT, RunFolder.BEST, RunFolder.CONFIG)
                .anyMatch(name::endsWith);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "cpu"})
    void howManyRunAtATimeChangesNoNumber(String backend) throws IOException {
        Sweep sweep = SmallSweep.read("backend=" + backend);
        assertThat(run(sweep, "one", 1).outcome).isEqualTo(Outcome.COMPLETE);
        assertThat(run(sweep, "two", 2).outcome).isEqualTo(Outcome.COMPLETE);

        Map<String, Path> two = files("two");
        assertThat(files("one").keySet()).isEqualTo(two.keySet()).contains("position=rope/2/checkpoint.safetensors");
        files("one").forEach((name, file) -> {
            if (exact(name)) {
                assertThat(two.get(name)).hasSameBinaryContentAs(file);
            }
        });
    }

    @Test
    void theSeedsOfACellGiveOtherNumbers() throws IOException {
        run(SmallSweep.read(), "one", 2);

        Map<String, Path> files = files("one");
        assertThat(Files.readString(files.get("position=none/1/metrics.jsonl")))
                .isNotEqualTo(Files.readString(files.get("position=none/2/metrics.jsonl")));
    }

    @Test
    void aSecondTimeNothingIsTrainedAndTheResultsAreTheSame() throws IOException {
        run(SmallSweep.read(), "one", 2);
        Map<String, String> results = new TreeMap<>();
        for (Map.Entry<String, Path> file : files("one").entrySet()) {
            if (file.getKey().startsWith("results")) {
                results.put(file.getKey(), Files.readString(file.getValue()));
                Files.delete(file.getValue());
            } else {
                Files.setLastModifiedTime(file.getValue(), LONG_AGO);
            }
        }

        Ended again = run(SmallSweep.read(), "one", 2);

        assertThat(again.out).startsWith("small: 2 cells × 2 seeds = 4 runs of 20 steps, 2 at a time, in "
                + folder.resolve("one") + "\n4 of them are done already\n");
        assertThat(results).containsOnlyKeys("results.csv", "results.json", "results.md");
        for (Map.Entry<String, Path> file : files("one").entrySet()) {
            if (file.getKey().startsWith("results")) {
                assertThat(file.getValue()).hasContent(results.get(file.getKey()));
            } else if (!file.getKey().endsWith(".lock")) {
                assertThat(Files.getLastModifiedTime(file.getValue())).as(file.getKey()).isEqualTo(LONG_AGO);
            }
        }
    }

    @Test
    void aGrownSweepTrainsOnlyWhatIsNew() {
        run(SmallSweep.read(), "one", 2);

        Ended grown = run(SmallSweep.read("seeds=3", "factors.position=[\"none\",\"rope\",\"absolute\"]"), "one", 2);

        assertThat(grown.out).startsWith("small: 3 cells × 3 seeds = 9 runs of 20 steps, 2 at a time, in "
                + folder.resolve("one") + "\n4 of them are done already\n");
    }

    @Test
    void aSweepThatIsAskedToStopGoesOnLater() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        run(SmallSweep.read(), "whole", 1);

        Ended stopped = run(SmallSweep.read(), "stopped", 1, () -> asked.incrementAndGet() > 30);
        Ended rest = run(SmallSweep.read(), "stopped", 1);

        assertThat(stopped.out).doesNotContain("The arms differ");
        assertThat(stopped.outcome).isEqualTo(Outcome.STOPPED);
        assertThat(stopped.out).endsWith("stopped: 1 of 4 runs are done; the same command goes on from there\n")
                .containsPattern("\nnone +1 of 2 ").containsPattern("\nrope +0 of 2 ");
        assertThat(rest.outcome).isEqualTo(Outcome.COMPLETE);
        Map<String, Path> files = files("stopped");
        files("whole").forEach((name, file) -> {
            if (exact(name)) {
                assertThat(files.get(name)).hasSameBinaryContentAs(file);
            }
        });
    }

    @Test
    void anArmThatDivergesIsARow() throws IOException {
        Ended ended = run(SmallSweep.read("factors.position=[\"none\"]", "factors.optimizer.learningRate=[0.001,1e300]",
                "seeds=1"), "one", 2);

        assertThat(ended.outcome).isEqualTo(Outcome.COMPLETE);
        assertThat(ended.out).containsPattern("\nnone +1e300 +0 of 1 ")
                .containsPattern(
                        "\nno result: position=none,optimizer.learningRate=1e300 seed 1, diverged: the training loss was"
                                + " (NaN|-?Infinity) at step \\d+\n");
        assertThat(Files.readAllLines(folder.resolve("one/results.csv")).getLast())
                .startsWith("none,1e300,1,diverged,the training loss was ");
    }

    @Test
    void aRunThatFailsIsARowAndIsTriedAgain() throws IOException {
        Path obstacle = folder.resolve("one/position=rope/2");
        Files.createDirectories(obstacle.getParent());
        Files.writeString(obstacle, "a file where the folder should be");

        Ended failed = run(SmallSweep.read(), "one", 2);
        Files.delete(obstacle);
        Ended again = run(SmallSweep.read(), "one", 2);

        String reason =
                "the run folder " + obstacle + " cannot be used: java.nio.file.FileAlreadyExistsException: " + obstacle
                        + "\n  choose another one with --run";
        assertThat(failed.outcome).isEqualTo(Outcome.FAILED);
        assertThat(failed.out).contains("\nposition=rope seed 2 failed: " + reason + "\n")
                .contains("\nno result: position=rope seed 2, failed: " + reason + "\n")
                .containsPattern("\nrope +1 of 2 ");
        assertThat(again.outcome).isEqualTo(Outcome.COMPLETE);
        assertThat(again.out).contains("3 of them are done already\n").doesNotContain("no result");
    }

    @Test
    void settingsWithoutEffectAreSaid() {
        Ended ended = run(
                SmallSweep.read("factors.position=[\"none\"]", "factors.sampling.temperature=[0,1]", "seeds=1"), "one",
                2);

        assertThat(ended.out)
                .contains("\nWARNING: position=none,sampling.temperature=0 and position=none,sampling.temperature=1"
                        + " gave identical numbers with seed 1: sampling.temperature (0.0, 1.0) had no effect, so this comparison compares"
                        + " nothing.\n");
    }

    @Test
    void aFolderOfOtherConfigurationsIsRefusedBeforeAnythingTrains() {
        run(SmallSweep.read("seeds=1"), "one", 1);

        assertThatThrownBy(() -> run(SmallSweep.read("training.steps=30"), "one", 1)).isInstanceOf(UserError.class)
                .hasMessageMatching(
                        "(?s)the run folder .*one/position=none/1 belongs to another configuration: its hash is"
                                + " [0-9a-f]{12}, this one's is [0-9a-f]{12}\\n"
                                + "  choose another folder for the sweep with --run, or delete this one");
        assertThat(folder.resolve("one/position=none/2")).doesNotExist();
    }

    @Test
    void theJsonHoldsEverything() {
        run(SmallSweep.read("baseline.position=none"), "one", 2);

        JsonNode json = new JsonMapper().readTree(folder.resolve("one/results.json"));
        assertThat(json.at("/sweep").asString()).isEqualTo("small");
        assertThat(json.at("/seeds").toString()).isEqualTo("[1,2]");
        assertThat(json.at("/factors/position").toString()).isEqualTo("[\"none\",\"rope\"]");
        assertThat(json.at("/baseline").asString()).isEqualTo("position=none");
        JsonNode rope = json.at("/cells/1");
        assertThat(rope.at("/configuration/position/name").asString()).isEqualTo("rope");
        assertThat(rope.at("/configuration/seed").isMissingNode()).isTrue();
        JsonNode runs = rope.at("/runs");
        assertThat(runs.size()).isEqualTo(2);
        double first = runs.at("/0/values/testLoss").asDouble();
        double second = runs.at("/1/values/testLoss").asDouble();
        assertThat(rope.at("/summary/testLoss/mean").asDouble()).isEqualTo((first + second) / 2);
        assertThat(first).isEqualTo(runs.at("/0/record/best/test/loss").asDouble()).isPositive();
        assertThat(runs.at("/0/measurements").size()).isEqualTo(7);
        assertThat(runs.at("/0/measurements/0/step").asInt()).isEqualTo(1);
        double difference = (first - json.at("/cells/0/runs/0/values/testLoss").asDouble() + second
                - json.at("/cells/0/runs/1/values/testLoss").asDouble()) / 2;
        assertThat(rope.at("/differenceToBaseline/testLoss/mean").asDouble()).isCloseTo(difference,
                within(1e-15));
    }

    @Test
    void armsShareTheirDataAndTheInitialValuesOfTheParametersThatTheyShare() throws IOException {
        run(SmallSweep.read("factors.position=[\"none\"]", "factors.loss=[\"cross-entropy\",\"distance-weighted\"]",
                "seeds=1",
                "training.steps=1", "optimizer.learningRate=1e-300"), "one", 2);

        JsonNode cells = new JsonMapper().readTree(folder.resolve("one/results.json")).at("/cells");
        assertThat(cells.at("/0/runs/0/record/setup/data")).isEqualTo(cells.at("/1/runs/0/record/setup/data"));
        // A step of no size leaves the start: both losses start from equal models.
        assertThat(cells.at("/0/runs/0/values/testLoss")).isEqualTo(cells.at("/1/runs/0/values/testLoss"));
        assertThat(cells.at("/0/runs/0/measurements/0/trainLoss"))
                .isNotEqualTo(cells.at("/1/runs/0/measurements/0/trainLoss"));
    }

    @Test
    void aRehearsalTrainsNothingThatStays() throws IOException {
        StringWriter out = new StringWriter();
        Path none = folder.resolve("none");

        new Rehearsal(SmallSweep.read("training.steps=200"), 2).run(new PrintWriter(out), none);

        assertThat(out.toString()).startsWith("""
                cell           steps  parameters  configuration
                ───────────────────────────────────────────────
                position=none    200\s""").contains("2 cells × 2 seeds = 4 runs, 800 steps in all, in " + none + "\n")
                .containsPattern(
                        "about \\d:\\d\\d with 2 at a time, if every step takes \\d+\\.\\d\\d ms as in the first cell;"
                                + " evaluations come on top\n$");
        assertThat(none).doesNotExist();
    }
}
