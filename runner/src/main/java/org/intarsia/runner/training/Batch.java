package org.intarsia.runner.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.runner.config.WeightSettings;
import org.intarsia.runner.model.Reading;

/// Sequences side by side, as a graph reads them: row by row, {batch, time}. A sequence of n + 1 tokens fills n positions;
/// the rest of its row is padding, token 0. A batch is written again and again.
final class Batch {

    private final Form form;
    private final int length;
    private final double[] tokens;
    private final double[] targets;
    private final double[] weights;
    private final Map<Coordinate, double[]> coordinates = new EnumMap<>(Coordinate.class);
    private final double[] positions;
    private final int[] firsts;
    private final int[] ends;

    /// How batches look.
    ///
    /// @param task where sequences come from
    /// @param rows how many stand side by side
    /// @param shape says how many positions there are
    /// @param weights which positions count
    record Form(Task task, int rows, ModelShape shape, WeightSettings weights) {

        /// Returns the same batches with all positions that are asked for counting alike.
        Form evaluated() {
            return new Form(task, rows, shape, WeightSettings.DEFAULTS);
        }
    }

    Batch(Form form) {
        this.form = form;
        length = form.task.length();
        int count = form.rows * length;
        tokens = new double[count];
        targets = new double[count];
        weights = new double[count];
        Reading.inputs(form.shape).forEach(coordinate -> coordinates.put(coordinate, new double[count]));
        positions = new double[length];
        firsts = new int[form.rows];
        ends = new int[form.rows];
        for (int row = 0; row < form.rows; row++) {
            clear(row);
        }
    }

    /// Writes a sequence into a row.
    ///
    /// @throws IllegalStateException if the task broke its promise about lengths
    void set(int row, int[] sequence) {
        Task task = form.task;
        int given = task.given(sequence);
        if (sequence.length < 2 || sequence.length > length + 1 || given < 1 || given >= sequence.length) {
            throw new IllegalStateException("the task " + task.getClass().getName() + " gave a sequence of "
                    + sequence.length + " tokens" + (given == 1 ? "" : ", " + given + " of them given")
                    + "; it may have 2 to length() + 1 = " + (length + 1)
                    + (given == 1 ? "" : ", and at least one that is not given"));
        }
        clear(row);
        int start = row * length;
        int end = sequence.length - 1;
        for (int i = 0; i < end; i++) {
            tokens[start + i] = sequence[i];
            targets[start + i] = sequence[i + 1];
        }
        coordinates.forEach((coordinate, values) -> {
            int[] own = task.coordinate(coordinate, sequence);
            for (int i = 0; i < end; i++) {
                values[start + i] = own[i];
            }
        });
        firsts[row] = start + given - 1;
        ends[row] = start + end;
        weigh(start, firsts[row], ends[row]);
    }

    private void weigh(int start, int first, int end) {
        int from = switch (form.weights.prefixes()) {
            case ALL -> first;
            case FULL_LENGTH -> end - 1;
        };
        int to = switch (form.weights.padding()) {
            case IGNORED -> end;
            case INCLUDED -> start + length;
        };
        for (int i = from; i < to; i++) {
            weights[i] = switch (form.weights.weighting()) {
                case UNIFORM -> 1;
                case LINEAR -> i - start + 1;
            };
        }
    }

    /// Makes a row empty.
    void clear(int row) {
        int start = row * length;
        Arrays.fill(tokens, start, start + length, 0);
        Arrays.fill(targets, start, start + length, 0);
        Arrays.fill(weights, start, start + length, 0);
        coordinates.values().forEach(values -> Arrays.fill(values, start, start + length, Coordinate.NONE));
        firsts[row] = start;
        ends[row] = start;
    }

    /// Draws where the tokens stand: a sorted subset of all positions, each as likely as the others (Ruoss et al.,
    /// "Randomized Positional Encodings Boost Length Generalization of Transformers", arXiv 2305.16843, section 3).
    void drawPositions(RandomGenerator random) {
        int taken = 0;
        for (int position = 0; taken < length; position++) {
            if (random.nextInt(form.shape.length() - position) < length - taken) {
                positions[taken++] = position;
            }
        }
    }

    /// Puts sequences into as many batches as it takes; the last one may have empty rows.
    ///
    /// @param random where positions are drawn from
    static List<Batch> of(List<int[]> sequences, Form form, RandomGenerator random) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            if (i % form.rows == 0) {
                batches.add(new Batch(form));
                batches.getLast().drawPositions(random);
            }
            batches.getLast().set(i % form.rows, sequences.get(i));
        }
        return batches;
    }

    /// Gives a compiled graph what its model reads.
    void write(Executable executable) {
        executable.write(Reading.TOKENS, tokens);
        coordinates.forEach((coordinate, values) -> executable.write(Reading.input(coordinate), values));
        if (Reading.drawsPositions(form.shape, length)) {
            executable.write(Reading.POSITIONS, positions);
        }
    }

    int rows() {
        return form.rows;
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

    double[] positions() {
        return positions;
    }

    /// Returns the index of the first position of a row that the model is asked about.
    int first(int row) {
        return firsts[row];
    }

    /// Returns the index behind the last position of a row; an empty row ends where it begins.
    int end(int row) {
        return ends[row];
    }

    /// Returns how many positions count.
    int counted() {
        int counted = 0;
        for (double weight : weights) {
            counted += weight > 0 ? 1 : 0;
        }
        return counted;
    }
}
