package org.intarsia.runner.training;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Vocabulary;
import org.intarsia.runner.run.Baseline;

/// What predictors without a model score on the held-out sequences, so that a result has something beneath it: a uniform
/// guess, and the floors of the task.
final class Baselines {

    private Baselines() {}

    static List<Baseline> of(Task task, Task.Split split) {
        List<int[]> sequences = task.heldOut(split);
        List<Baseline> baselines = new ArrayList<>();
        baselines.add(uniform(task, sequences));
        for (Task.Floor floor : task.floors()) {
            Tally tally = new Tally(numeric(task));
            for (int[] sequence : sequences) {
                for (int i = task.given(sequence); i < sequence.length; i++) {
                    tally.position(floor.predict(sequence, i), sequence[i], 0);
                }
                tally.sequence();
            }
            baselines.add(tally.baseline(floor.name()));
        }
        return baselines;
    }

    static boolean numeric(Task task) {
        return task.vocabulary() instanceof Vocabulary.Integers;
    }

    /// The expectation over all guesses: loss ln V, accuracy 1/V, distance Σ|guess − target| / V.
    private static Baseline uniform(Task task, List<int[]> sequences) {
        Vocabulary vocabulary = task.vocabulary();
        int size = vocabulary.size();
        double whole = 0;
        double distance = 0;
        long positions = 0;
        for (int[] sequence : sequences) {
            whole += Math.pow(size, task.given(sequence) - sequence.length);
            for (int i = task.given(sequence); i < sequence.length; i++) {
                long below = sequence[i];
                long above = size - 1 - below;
                distance += (below * (below + 1) + above * (above + 1)) / (2.0 * size);
                positions++;
            }
        }
        return new Baseline("uniform guess", OptionalDouble.of(Math.log(size)), 1.0 / size, whole / sequences.size(),
                vocabulary instanceof Vocabulary.Integers
                        ? OptionalDouble.of(distance / positions)
                        : OptionalDouble.empty());
    }
}
