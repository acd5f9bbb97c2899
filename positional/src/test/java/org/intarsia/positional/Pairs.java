package org.intarsia.positional;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.reference.ReferenceBackend;

/// Attention in which every number but the encoding's is known: what an encoding adds to the scores and to the output of a
/// whole sequence, with parameters that the test gives.
///
/// @param shape the model
/// @param cells where each token stands, by coordinate
record Pairs(ModelShape shape, Map<Coordinate, List<Integer>> cells) {

    static final String SCOPE = "attention";

    /// Tokens without coordinates.
    Pairs(int length, int heads, int channels) {
        this(new ModelShape(2, length, heads * channels, 1, heads, 4), Map.of());
    }

    /// What enters: normal numbers by name, {head, query, channel}, {head, key, channel} or {head, query, key}.
    double[] given(String name) {
        RandomGenerator random = Seed.of(8).stream(name).generator();
        return normal(axes(name), random);
    }

    /// Parameters for an encoding: normal numbers, the same for the same name.
    Map<String, double[]> parameters(PositionEncoding encoding) {
        return parameters(encoding,
                variable -> normal(variable.axes(), Seed.of(9).stream(variable.name()).generator()));
    }

    /// The values that the parameters of an encoding start with.
    Map<String, double[]> starts(PositionEncoding encoding) {
        return parameters(encoding, Op.Variable::initialValues);
    }

    private Map<String, double[]> parameters(PositionEncoding encoding, Function<Op.Variable, double[]> numbers) {
        Graph graph = new Graph();
        write(encoding, graph);
        Map<String, double[]> parameters = new LinkedHashMap<>();
        graph.parameters().forEach((name, tensor) -> parameters.put(name.substring(SCOPE.length() + 1),
                numbers.apply((Op.Variable) tensor.op())));
        return parameters;
    }

    /// What the encoding adds to the scores, in the order of head, query, key.
    double[] scores(PositionEncoding encoding, Map<String, double[]> parameters) {
        return run(encoding, parameters, "scores");
    }

    /// What the encoding adds to the output, in the order of head, query, channel.
    double[] values(PositionEncoding encoding, Map<String, double[]> parameters) {
        return run(encoding, parameters, "output");
    }

    /// Computes a number for each head, query and key.
    double[] forEachPair(Pair number) {
        int length = shape.length();
        return Values.compute(shape.heads() * length * length,
                i -> number.of(i / (length * length), i / length % length, i % length)).toArray();
    }

    /// A number of a head, a query and a key.
    @FunctionalInterface
    interface Pair {
        double of(int head, int query, int key);
    }

    private double[] run(PositionEncoding encoding, Map<String, double[]> parameters, String output) {
        Graph graph = new Graph();
        Map<String, Tensor> written = write(encoding, graph);
        written.forEach((name, tensor) -> graph.output(name, tensor, axes(name).toArray(Axis[]::new)));
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(graph);
            parameters.forEach((name, numbers) -> session.write(SCOPE + "." + name, numbers));
            executable.run();
            double[] numbers = new double[Objects.requireNonNull(written.get(output)).count()];
            executable.read(output, numbers);
            return numbers;
        }
    }

    private Map<String, Tensor> write(PositionEncoding encoding, Graph graph) {
        Map<Coordinate, Positions> coordinates = new HashMap<>();
        cells.forEach((coordinate, places) -> coordinates.put(coordinate, Positions.along(graph.constant(
                DataType.INTEGER, Values.compute(places.size(), places::get), new Axis(Axes.TIME, shape.length())))));
        Positions first = Positions.first(graph, shape.length());
        Positions at = new Positions(first.time(), first.query(), first.key(), coordinates);
        return graph.scope(Seed.of(1)).within(SCOPE, scope -> write(encoding, at, scope));
    }

    private Map<String, Tensor> write(PositionEncoding encoding, Positions at, Scope scope) {
        Graph graph = scope.graph();
        Tensor noScores = graph.constant(0).expand(axes("scores").toArray(Axis[]::new));
        Tensor noOutput = graph.constant(0).expand(axes("output").toArray(Axis[]::new));
        return Map.of(
                "scores", encoding.scores(noScores, tensor("queries", graph), tensor("keys", graph), at, scope),
                "output", encoding.values(noOutput, tensor("weights", graph), at, scope));
    }

    private Tensor tensor(String name, Graph graph) {
        return graph.constant(DataType.FLOAT, Values.of(given(name)), axes(name).toArray(Axis[]::new));
    }

    private List<Axis> axes(String name) {
        Axis head = new Axis(Axes.HEAD, shape.heads());
        Axis query = new Axis(Axes.QUERY, shape.length());
        Axis key = new Axis(Axes.KEY, shape.length());
        Axis channel = new Axis(Axes.CHANNEL, shape.channels());
        return switch (name) {
            case "scores", "weights" -> List.of(head, query, key);
            case "queries", "output" -> List.of(head, query, channel);
            case "keys" -> List.of(head, key, channel);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static double[] normal(List<Axis> axes, RandomGenerator random) {
        return Values.compute(Axis.count(axes), _ -> random.nextGaussian()).toArray();
    }
}
