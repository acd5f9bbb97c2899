package org.intarsia.runner.generation;

import static org.intarsia.api.component.Axes.CLASS;
import static org.intarsia.api.component.Axes.TIME;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.model.Reading;
import org.intarsia.runner.model.Transformer;

/// Lets a model continue several sequences side by side. Each new token costs a whole forward pass.
public final class Generator {

    private static final String LAST = "last";
    private static final String LOGITS = "logits";

    /// Tells a coordinate of each token of a sequence.
    @FunctionalInterface
    public interface Coordinates {

        /// Returns the coordinate of each token, as [org.intarsia.api.component.Task#coordinate] does.
        int[] of(Coordinate coordinate, int[] tokens);
    }

    private final Executable executable;
    private final Coordinates coordinates;
    private final Set<Coordinate> read;
    private final int rows;
    private final int length;
    private final double[] tokens;
    private final double[] last;
    private final double[] logits;

    /// Compiles a graph over the weights of a session.
    ///
    /// @param seed where the parameters start from
    /// @param rows how many sequences are continued at a time
    /// @param length how many tokens are read at most
    /// @param coordinates where tokens stand besides
    public Generator(Transformer model, Session session, Seed seed, int rows, int length, Coordinates coordinates) {
        this.rows = rows;
        this.length = length;
        this.coordinates = coordinates;
        read = Reading.inputs(model.shape());
        tokens = new double[rows * length];
        last = new double[rows];
        logits = new double[rows * model.shape().vocabulary()];
        executable = session.compile(graph(model, seed));
        if (Reading.drawsPositions(model.shape(), length)) {
            int range = model.shape().length();
            executable.write(Reading.POSITIONS,
                    IntStream.range(0, length).mapToLong(i -> (long) i * range / length).asDoubleStream()
                            .toArray());
        }
    }

    /// The logits after the last token of each sequence: {batch, time} and {batch} → {batch, class}.
    private Graph graph(Transformer model, Seed seed) {
        Graph graph = new Graph();
        Axis batch = new Axis(Reading.BATCH, rows);
        Axis time = new Axis(TIME, length);
        Reading reading = Reading.declare(graph, model.shape(), rows, length);
        Tensor end = graph.input(LAST, DataType.INTEGER, batch);
        Tensor all = model.logits(model.predictions(reading.tokens(), reading.at(), graph.scope(seed)));
        graph.output(LOGITS, all.gather(time, end), batch, all.axis(CLASS));
        return graph;
    }

    /// Continues sequences until each has its stop token or is one token longer than the model reads.
    ///
    /// @param prompts as many as this generator has rows, each with at least one token
    /// @param temperature divides the logits; 0 takes the most probable token, the smallest of equals
    /// @param seed where tokens are drawn from; row i draws from its stream i
    /// @return the prompts with their continuations
    public List<int[]> complete(List<int[]> prompts, double temperature, OptionalInt stop, Seed seed) {
        int[][] sequences = prompts.toArray(int[][]::new);
        boolean[] done = new boolean[rows];
        RandomGenerator[] random = IntStream.range(0, rows).mapToObj(row -> seed.at(row).generator())
                .toArray(RandomGenerator[]::new);
        while (anyOpen(sequences, done)) {
            predict(sequences);
            for (int row = 0; row < rows; row++) {
                if (open(sequences, done, row)) {
                    int next = choose(row, temperature, random[row]);
                    sequences[row] = append(sequences[row], next);
                    done[row] = stop.isPresent() && stop.getAsInt() == next;
                }
            }
        }
        return List.of(sequences);
    }

    private boolean anyOpen(int[][] sequences, boolean[] done) {
        return IntStream.range(0, rows).anyMatch(row -> open(sequences, done, row));
    }

    private boolean open(int[][] sequences, boolean[] done, int row) {
        return !done[row] && sequences[row].length <= length;
    }

    private void predict(int[][] sequences) {
        Arrays.fill(tokens, 0);
        for (int row = 0; row < rows; row++) {
            int count = Math.min(sequences[row].length, length);
            for (int i = 0; i < count; i++) {
                tokens[row * length + i] = sequences[row][i];
            }
            last[row] = count - 1;
        }
        executable.write(Reading.TOKENS, tokens);
        read.forEach(coordinate -> write(coordinate, sequences));
        executable.write(LAST, last);
        executable.run();
        executable.read(LOGITS, logits);
    }

    private void write(Coordinate coordinate, int[][] sequences) {
        double[] values = new double[rows * length];
        Arrays.fill(values, Coordinate.NONE);
        for (int row = 0; row < rows; row++) {
            int[] own = coordinates.of(coordinate, sequences[row]);
            for (int i = 0; i < Math.min(own.length, length); i++) {
                values[row * length + i] = own[i];
            }
        }
        executable.write(Reading.input(coordinate), values);
    }

    private int choose(int row, double temperature, RandomGenerator random) {
        int classes = logits.length / rows;
        int start = row * classes;
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = logits[start + c] > logits[start + best] ? c : best;
        }
        if (temperature == 0) {
            return best;
        }
        double highest = logits[start + best];
        double[] weights = IntStream.range(0, classes)
                .mapToDouble(c -> StrictMath.exp((logits[start + c] - highest) / temperature)).toArray();
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        for (int c = 0; c < classes; c++) {
            left -= weights[c];
            if (left < 0) {
                return c;
            }
        }
        return best;
    }

    private static int[] append(int[] sequence, int token) {
        int[] longer = Arrays.copyOf(sequence, sequence.length + 1);
        longer[sequence.length] = token;
        return longer;
    }
}
