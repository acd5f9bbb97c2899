package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.generation.Sample;
import org.intarsia.runner.model.BuiltIn;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.MetricsLog;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunRecord.Outcome;
import org.intarsia.runner.run.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingRunTest {

    private static final List<String> SAME = List.of(RunFolder.CONFIG, RunFolder.METRICS, RunFolder.CHECKPOINT,
            RunFolder.BEST);

    @TempDir
    Path folder;

    @Test
    void learnsAndRecordsHowItEnded() {
        RunRecord run = train("a", StopSignal.never(), "training.steps=200", "optimizer.learningRate=0.01");

        List<Measurement> measurements = MetricsLog.read(folder.resolve("a"));
        assertThat(run.outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(run.step()).isEqualTo(200);
        assertThat(measurements.getLast().trainLoss()).isLessThan(0.8 * measurements.getFirst().trainLoss());
        assertThat(run.last()).contains(measurements.getLast());
        assertThat(run.best().orElseThrow().validation().orElseThrow().loss()).isEqualTo(measurements.stream()
                .flatMap(m -> m.validation().stream()).mapToDouble(s -> s.loss()).min().orElseThrow());
        assertThat(RunFolder.record(folder.resolve("a"))).contains(run);
    }

    @Test
    void logsTheFirstStepThenEverySoOftenAndAtTheEnd() {
        train("a", StopSignal.never(), "training.steps=22", "training.logEvery=8", "training.evaluateEvery=10");

        List<Measurement> measurements = MetricsLog.read(folder.resolve("a"));
        assertThat(measurements).extracting(Measurement::step).containsExactly(1, 8, 10, 16, 20, 22);
        assertThat(measurements).filteredOn(m -> m.test().isPresent()).extracting(Measurement::step)
                .containsExactly(10, 20, 22);
    }

    @Test
    void learnsAtDrawnPositionsWithTwoEncodings() {
        String[] settings = {"position=[\"absolute\",\"rope\"]", "model.randomPositions=20", "training.steps=200",
            "optimizer.learningRate=0.01"};

        RunRecord run = train("a", StopSignal.never(), settings);
        train("b", StopSignal.never(), settings);

        List<Measurement> measurements = MetricsLog.read(folder.resolve("a"));
        assertThat(run.outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(Objects.requireNonNull(run.setup().versions().get("position")).name()).isEqualTo("absolute + rope");
        assertThat(measurements.getLast().trainLoss()).isLessThan(0.8 * measurements.getFirst().trainLoss());
        assertThat(MetricsLog.read(folder.resolve("b"))).isEqualTo(measurements);
    }

    @Test
    void theLossOfANumberHasAUnitOfItsOwn() {
        RunRecord number = train("a", StopSignal.never(), "loss=regression");

        assertThat(number.setup().lossUnit()).isEqualTo("regression");
        assertThat(train("b", StopSignal.never()).setup().lossUnit()).isEqualTo("nats");
        assertThat(number.best().orElseThrow().test().orElseThrow().distance()).isPresent();
    }

    @Test
    void theCellsOfTokensReachTheModel() throws IOException {
        Path grids = Files.write(folder.resolve("grids.txt"), List.of("0110", "1001", "1011", "0101"));
        String task = "task={\"name\":\"text\",\"file\":\"" + grids + "\",\"columns\":COLUMNS}";

        train("a", StopSignal.never(), task.replace("COLUMNS", "2"), "embedding=packed-coordinates",
                "training.batch=5");
        train("b", StopSignal.never(), task.replace("COLUMNS", "4"), "embedding=packed-coordinates",
                "training.batch=5");

        assertThat(MetricsLog.read(folder.resolve("a")).getFirst().trainLoss())
                .isNotEqualTo(MetricsLog.read(folder.resolve("b")).getFirst().trainLoss());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void refusesToDrawFromNoMorePositionsThanTokens(int positions) {
        assertThatThrownBy(() -> train("a", StopSignal.never(), "model.randomPositions=" + positions))
                .isInstanceOf(UserError.class)
                .hasMessage("on the command line: model.randomPositions: must be more than the 4 tokens that the model"
                        + " reads, not " + positions
                        + ", as nothing is drawn where each position has its token; 0 takes the positions as they come");
    }

    @Test
    void scoresOnlyWhatIsAskedFor() {
        RunRecord run = train("a", StopSignal.never(), "task={\"name\":\"copy\",\"symbols\":2,\"length\":2,"
                + "\"testLength\":3,\"heldOut\":50}", "training.steps=600", "optimizer.learningRate=0.01");

        // Half of the tokens of a sequence are random and given; a model that copies gets all others right.
        assertThat(run.best().orElseThrow().validation().orElseThrow().accuracy()).isGreaterThan(0.9);
    }

    static Stream<BackendFactory<?>> backends() {
        return BuiltIn.backends();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void givesTheSameBytesForTheSameSeed(BackendFactory<?> backend) throws Exception {
        BuiltIn.backend(backend);

        train("a", StopSignal.never(), "backend=" + backend.name());
        train("b", StopSignal.never(), "backend=" + backend.name());

        assertSameFiles("a", "b");
    }

    @Test
    void givesOtherNumbersForAnotherSeed() throws Exception {
        train("a", StopSignal.never());
        train("b", StopSignal.never(), "seed=8");

        assertThat(bytes("a", RunFolder.METRICS)).isNotEqualTo(bytes("b", RunFolder.METRICS));
        assertThat(bytes("a", RunFolder.BEST)).isNotEqualTo(bytes("b", RunFolder.BEST));
    }

    @Test
    void trainsSideBySideAsItDoesAlone() throws Exception {
        train("a", StopSignal.never());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<RunRecord>> runs = List.of(threads.submit(() -> train("b", StopSignal.never())),
                    threads.submit(() -> train("c", StopSignal.never(), "seed=9")));
            for (Future<RunRecord> run : runs) {
                run.get();
            }
        }

        assertSameFiles("a", "b");
    }

    @Test
    void goesOnBitForBitWhereItWasStopped() throws Exception {
        train("a", StopSignal.never());

        List<Integer> stops = new ArrayList<>();
        for (int steps : List.of(1, 6, 0, 7, 15)) {
            stops.add(train("b", after(steps)).step());
        }
        RunRecord end = train("b", StopSignal.never());

        assertThat(stops).containsExactly(1, 7, 7, 14, 29);
        assertThat(end.outcome()).isEqualTo(Outcome.FINISHED);
        assertSameFiles("a", "b");
    }

    @Test
    void saysThatAFinishedRunIsFinished() throws Exception {
        RunRecord first = train("a", StopSignal.never());
        byte[] before = bytes("a", RunFolder.CHECKPOINT);
        List<Boolean> again = new ArrayList<>();

        RunRecord second = TrainingRun.execute(SmallRun.configuration(), folder.resolve("a"), new Reporter() {
            @Override
            public void ended(RunRecord run, Path path, boolean before) {
                again.add(before);
            }
        }, StopSignal.never());

        assertThat(second).isEqualTo(first);
        assertThat(again).containsExactly(true);
        assertThat(bytes("a", RunFolder.CHECKPOINT)).isEqualTo(before);
    }

    @Test
    void refusesTheFolderOfAnotherConfiguration() {
        RunRecord first = train("a", after(3));
        Configuration other = SmallRun.configuration("seed=8");

        assertThatThrownBy(
                () -> TrainingRun.execute(other, folder.resolve("a"), Reporter.silent(), StopSignal.never()))
                .isInstanceOf(UserError.class)
                .hasMessage("the run folder " + folder.resolve("a") + " belongs to another configuration: its hash is "
                        + first.setup().configuration() + ", this one's is " + other.hash()
                        + "\n  choose another folder with --run, or delete this one; its config.json says what it was"
                        + " made with");
    }

    @Test
    void refusesAFolderInWhichAnotherRunIsTraining() {
        try (RunFolder _ = RunFolder.open(folder.resolve("a"))) {
            assertThatThrownBy(() -> train("a", StopSignal.never())).isInstanceOf(UserError.class)
                    .hasMessage("the run folder " + folder.resolve("a") + " is in use: another run is training in it"
                            + "\n  wait until it has ended, or choose another folder with --run");
        }
    }

    @Test
    void refusesADamagedCheckpoint() throws Exception {
        train("a", after(9));
        Path checkpoint = folder.resolve("a").resolve(RunFolder.CHECKPOINT);
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length - 1] ^= 1;
        Files.write(checkpoint, bytes);

        assertThatThrownBy(() -> train("a", StopSignal.never())).isInstanceOf(UserError.class)
                .hasMessage("the checkpoint " + checkpoint + " cannot be used: its checksum is another: some bytes were"
                        + " changed since it was written\n  put a copy of it back, or delete it to train from the start");
    }

    @Test
    void refusesTheCheckpointOfAnotherRun() throws Exception {
        RunRecord a = train("a", after(9));
        RunRecord b = train("b", after(9), "seed=8");
        Path checkpoint = folder.resolve("a").resolve(RunFolder.CHECKPOINT);
        Files.write(checkpoint, bytes("b", RunFolder.CHECKPOINT));

        assertThatThrownBy(() -> train("a", StopSignal.never())).isInstanceOf(UserError.class)
                .hasMessage(
                        "the checkpoint " + checkpoint + " cannot be used: it is of another run: its configuration is "
                                + b.setup().configuration() + ", not " + a.setup().configuration()
                                + "\n  put a copy of it back, or delete it to train from the start");
    }

    @Test
    void refusesMetricsThatEndBeforeTheCheckpoint() throws Exception {
        train("a", after(9));
        Path metrics = folder.resolve("a").resolve(RunFolder.METRICS);
        Files.writeString(metrics, Files.readAllLines(metrics).getFirst() + "\n");

        assertThatThrownBy(() -> train("a", StopSignal.never())).isInstanceOf(UserError.class)
                .hasMessage("the file " + metrics + " has 1 lines, where the checkpoint beside it knows of 3"
                        + "\n  put a copy of it back, or delete the folder to train from the start");
    }

    @Test
    void refusesADamagedRecord() throws Exception {
        train("a", after(9));
        Path record = folder.resolve("a").resolve(RunFolder.RUN);
        Files.writeString(record, "{\"outcome\": ");

        assertThatThrownBy(() -> train("a", StopSignal.never())).isInstanceOf(UserError.class)
                .hasMessageStartingWith("the file " + record + " is damaged: ")
                .hasMessageEndingWith(
                        "\n  delete the folder to train from the start, or choose another one with --run");
    }

    @Test
    void startsAnewWhereItWasKilledBeforeTheFirstCheckpoint() throws Exception {
        train("a", StopSignal.never());
        train("b", after(6));
        Files.delete(folder.resolve("b").resolve(RunFolder.CHECKPOINT));
        Files.writeString(folder.resolve("b").resolve(RunFolder.METRICS), "{\"step\":1,\"trainL");

        train("b", StopSignal.never());

        assertSameFiles("a", "b");
    }

    @Test
    void recordsThatItDiverged() {
        RunRecord first = train("a", StopSignal.never(), "optimizer.learningRate=1e300");
        RunRecord second = train("a", StopSignal.never(), "optimizer.learningRate=1e300");

        assertThat(first.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(first.error()).contains("the training loss was NaN at step 2");
        assertThat(second).isEqualTo(first);
    }

    @Test
    void showsContinuationsAfterEachEvaluation() {
        List<Sample> samples = new ArrayList<>();
        TrainingRun.execute(SmallRun.configuration("training.steps=10"), folder.resolve("a"), new Reporter() {
            @Override
            public void sampled(int step, List<Sample> some) {
                samples.addAll(some);
            }
        }, StopSignal.never());

        assertThat(samples).hasSize(2).allSatisfy(sample -> {
            assertThat(sample.prompt().split(" ")).isNotEmpty();
            assertThat((sample.prompt() + " " + sample.continuation()).split(" ")).hasSize(5);
        });
    }

    @Test
    void keepsTheBestWeightsUnderTheNamesOfMakemore() throws Exception {
        train("a", StopSignal.never());

        SafetensorsFile best = SafetensorsFile.read(folder.resolve("a").resolve(RunFolder.BEST));

        assertThat(best.names()).contains("transformer.wte.weight", "transformer.h.0.attn.c_attn.weight",
                "lm_head.weight").noneMatch(name -> name.startsWith("optimizer"));
        assertThat(best.shape("transformer.h.0.attn.c_attn.weight")).contains(List.of(12, 4));
    }

    private RunRecord train(String name, StopSignal stop, String... settings) {
        return TrainingRun.execute(SmallRun.configuration(settings), folder.resolve(name), Reporter.silent(), stop);
    }

    /// Asks to stop after so many steps.
    private static StopSignal after(int steps) {
        int[] asked = {0};
        return () -> asked[0]++ >= steps;
    }

    private void assertSameFiles(String left, String right) {
        for (String file : SAME) {
            assertThat(folder.resolve(left).resolve(file)).hasSameBinaryContentAs(folder.resolve(right).resolve(file));
        }
    }

    private byte[] bytes(String run, String file) throws IOException {
        return Files.readAllBytes(folder.resolve(run).resolve(file));
    }
}
