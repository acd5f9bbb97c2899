package org.intarsia.runner.training;

import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.model.Transformer;
import org.intarsia.runner.run.Scores;

/// Scores the weights of a session on held-out sequences.
final class Evaluator {

    private static final Seed POSITIONS = Seed.of(0).stream("evaluation").stream("positions");

    private final Task task;
    private final Executable executable;
    private final Map<Task.Split, List<Batch>> batches = new EnumMap<>(Task.Split.class);
    private final double[] loss;
    private final double[] prediction;

    @Inject
    Evaluator(Configuration configuration, Task task, Session session, Transformer model, Loss loss, Batch.Form form,
            @Initial Seed seed) {
        int rows = form.rows();
        this.task = task;
        for (Task.Split split : Task.Split.values()) {
            List<int[]> sequences = task.heldOut(split);
            if (sequences.isEmpty()) {
                throw new UserError("the task \"" + configuration.task().factory().name()
                        + "\" holds out no sequences for " + split.name().toLowerCase(Locale.ROOT)
                        + "\n  give it more data, or let it hold out more");
            }
            batches.put(split, Batch.of(sequences, form.evaluated(), POSITIONS.stream(split.name()).generator()));
        }
        executable = session.compile(EvaluationGraph.build(model, loss, seed, rows, task.length()).graph());
        this.loss = new double[rows * task.length()];
        prediction = new double[rows * task.length()];
    }

    Scores evaluate(Task.Split split) {
        Tally tally = new Tally(Baselines.numeric(task));
        for (Batch batch : batches.getOrDefault(split, List.of())) {
            batch.write(executable);
            executable.write(EvaluationGraph.TARGETS, batch.targets());
            executable.run();
            executable.read(EvaluationGraph.LOSS, loss);
            executable.read(EvaluationGraph.PREDICTION, prediction);
            add(batch, tally);
        }
        return tally.scores();
    }

    private void add(Batch batch, Tally tally) {
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = batch.first(row); i < batch.end(row); i++) {
                tally.position((int) prediction[i], (int) batch.targets()[i], loss[i]);
            }
            if (batch.first(row) < batch.end(row)) {
                tally.sequence();
            }
        }
    }
}
