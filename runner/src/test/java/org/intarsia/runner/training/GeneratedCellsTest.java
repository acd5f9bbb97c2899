package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.WeightSettings;
import org.intarsia.runner.generation.Generator;
import org.intarsia.runner.model.Transformer;
import org.junit.jupiter.api.Test;

/// A model that goes by the row, the column and the place in a number of each token, as it stands before training.
final class GeneratedCellsTest {

    private static final Seed SEED = Seed.of(5);
    private static final int ROWS = 6;
    private static final int GIVEN = 2;
    private static final Configuration CONFIGURATION = SmallRun.configuration("task=text",
            "task.file=" + SmallRun.grids(), "task.columns=3", "embedding=packed-coordinates",
            "position=[\"abacus\",{\"name\":\"irpe\",\"method\":\"product\"}]", "model.width=8");

    private final Task task = Components.task(CONFIGURATION);
    private final ModelShape shape = Assembly.shape(CONFIGURATION, task);
    private final Transformer model = Assembly.model(CONFIGURATION, shape);

    @Test
    void eachTokenThatTheModelWritesIsWhatItPredictsInABatch() {
        try (Session session = Components.backend(CONFIGURATION).open()) {
            List<int[]> written = write(session, task::coordinate);

            double[] predictions = predictions(session, written);
            for (int row = 0; row < ROWS; row++) {
                double[] predicted = Arrays.copyOfRange(predictions, row * task.length() + GIVEN - 1,
                        (row + 1) * task.length());
                int[] sequence = written.get(row);
                assertThat(Arrays.stream(sequence).skip(GIVEN).asDoubleStream().toArray()).as("row " + row)
                        .isEqualTo(predicted);
            }
        }
    }

    @Test
    void withoutItsCellsTheModelWritesSomethingElse() {
        try (Session session = Components.backend(CONFIGURATION).open()) {
            List<int[]> blind = write(session, (_, tokens) -> {
                int[] nowhere = new int[tokens.length];
                Arrays.fill(nowhere, Coordinate.NONE);
                return nowhere;
            });

            assertThat(blind).usingElementComparator(Arrays::compare).isNotEqualTo(write(session, task::coordinate));
        }
    }

    private List<int[]> write(Session session, Generator.Coordinates coordinates) {
        RandomGenerator random = SEED.generator();
        List<int[]> prompts = Stream.generate(() -> Arrays.copyOf(task.draw(random), GIVEN)).limit(ROWS).toList();
        return new Generator(model, session, SEED, ROWS, task.length(), coordinates).complete(prompts, 0,
                OptionalInt.empty(), SEED);
    }

    private double[] predictions(Session session, List<int[]> sequences) {
        Batch.Form form = new Batch.Form(task, ROWS, shape, WeightSettings.DEFAULTS);
        Batch batch = Batch.of(sequences, form, SEED.generator()).getFirst();
        Executable executable = session.compile(EvaluationGraph.build(model, Components.loss(CONFIGURATION, shape),
                SEED, ROWS, task.length()).graph());
        batch.write(executable);
        executable.write(EvaluationGraph.TARGETS, batch.targets());
        executable.run();
        double[] predictions = new double[ROWS * task.length()];
        executable.read(EvaluationGraph.PREDICTION, predictions);
        return predictions;
    }
}
