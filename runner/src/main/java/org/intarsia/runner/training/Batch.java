package org.intarsia.runner.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intarsia.api.component.Task;

/// Sequences side by side, as a graph reads them: row by row, {batch, time}. A sequence of n + 1 tokens fills n positions;
/// the rest of its row is token 0 with weight 0. A batch is written again and again.
final class Batch {

    private final int length;
    private final double[] tokens;
    private final double[] targets;
    private final double[] weights;

    Batch(int rows, int length) {
        this.length = length;
        tokens = new double[rows * length];
        targets = new double[rows * length];
        weights = new double[rows * length];
    }

    /// Writes a sequence into a row.
    ///
    /// @throws IllegalStateException if the task broke its promise about lengths
    void set(int row, int[] sequence, Task task) {
        if (sequence.length < 2 || sequence.length > length + 1) {
            throw new IllegalStateException("the task " + task.getClass().getName() + " gave a sequence of "
                    + sequence.length + " tokens; it may have 2 to length() + 1 = " + (length + 1));
        }
        clear(row);
        int start = row * length;
        for (int i = 0; i < sequence.length - 1; i++) {
            tokens[start + i] = sequence[i];
            targets[start + i] = sequence[i + 1];
            weights[start + i] = 1;
        }
    }

    /// Makes a row empty.
    void clear(int row) {
        int start = row * length;
        Arrays.fill(tokens, start, start + length, 0);
        Arrays.fill(targets, start, start + length, 0);
        Arrays.fill(weights, start, start + length, 0);
    }

    /// Puts sequences into as many batches as it takes; the last one may have empty rows.
    static List<Batch> of(List<int[]> sequences, int rows, Task task) {
        int count = (sequences.size() + rows - 1) / rows;
        List<Batch> batches = new ArrayList<>(count);
        for (int i = 0; i < sequences.size(); i++) {
            if (i % rows == 0) {
                batches.add(new Batch(rows, task.length()));
            }
            batches.getLast().set(i % rows, sequences.get(i), task);
        }
        return batches;
    }

    int length() {
        return length;
    }

    int rows() {
        return tokens.length / length;
    }

    double[] tokens() {
        return tokens;
    }

    double[] targets() {
        return targets;
    }

    double[] weights() {
        return weights;
    }

    /// Returns how many positions count.
    int positions() {
        int positions = 0;
        for (double weight : weights) {
            positions += weight > 0 ? 1 : 0;
        }
        return positions;
    }
}
