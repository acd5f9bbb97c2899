package org.intarsia.runner.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.component.Axes.CLASS;
import static org.intarsia.api.component.Axes.TIME;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.junit.jupiter.api.Test;

final class TransformerTest {

    private static final ModelShape SMALL = new ModelShape(5, 4, 6, 2, 3, 7);
    private static final Seed SEED = Seed.of(11);

    @Test
    void aNumberIsPredictedAsTheNearestToken() {
        Graph graph = new Graph();
        Axis time = new Axis("time", 4);
        Tensor numbers = graph.constant(DataType.FLOAT, Values.of(-3, 1.4, 2.6, 99), time);

        Tensor logits = numbered(SMALL).logits(numbers);

        graph.output("prediction", logits.argmax(logits.axis("class")), time);
        try (Session session = BuiltIn.reference().open()) {
            Executable executable = session.compile(graph);
            executable.run();
            double[] predictions = new double[4];
            executable.read("prediction", predictions);
            assertThat(predictions).containsExactly(0, 1, 3, 4);
        }
    }

    @Test
    void theHeadOfANumberHasOneRow() {
        Graph graph = new Graph();
        Tensor tokens = graph.input("tokens", DataType.INTEGER, new Axis("batch", 2), new Axis("time", 4));

        Tensor numbers = numbered(SMALL).predictions(tokens, Positions.first(graph, 4), graph.scope(SEED));

        assertThat(numbers.axes()).containsExactlyInAnyOrder(new Axis("batch", 2), new Axis("time", 4));
        assertThat(Objects.requireNonNull(graph.parameters().get("lm_head.weight")).axes())
                .containsExactly(new Axis("number", 1), new Axis("width", 6));
    }

    private static Transformer numbered(ModelShape shape) {
        return new Transformer(shape, BuiltIn.learned(shape), BuiltIn.absolute(shape), Loss.Output.NUMBER);
    }

    @Test
    void combinedEncodingsActOneAfterTheOther() {
        Graph graph = new Graph();
        Tensor one = graph.constant(DataType.FLOAT, Values.of(1), new Axis("time", 1));
        SequencedMap<String, PositionEncoding> parts = new LinkedHashMap<>();
        parts.put("doubling", new PositionEncoding() {
            @Override
            public Tensor input(Tensor x, Positions at, Scope scope) {
                return x.mul(2).add(scope.parameter("weight", Initializer.ones()));
            }
        });
        parts.put("adding", new PositionEncoding() {
            @Override
            public Tensor input(Tensor x, Positions at, Scope scope) {
                return x.add(3).add(scope.parameter("weight", Initializer.zeros()));
            }
        });

        Tensor result = new Combined(parts).input(one, Positions.first(graph, 1), graph.scope(SEED));

        graph.output("result", result, new Axis("time", 1));
        assertThat(graph.parameters().keySet()).containsExactly("doubling.weight", "adding.weight");
        try (Session session = BuiltIn.reference().open()) {
            Executable executable = session.compile(graph);
            executable.run();
            double[] value = new double[1];
            executable.read("result", value);
            assertThat(value).containsExactly(1 * 2 + 1 + 3);
        }
    }

    @Test
    void hasAsManyParametersAsMakemoreOnNames() {
        Graph graph = build(new ModelShape(27, 16, 64, 4, 4, 256), new Axis("batch", 32));

        assertThat(graph.parameters().values().stream().mapToInt(Tensor::count).sum()).isEqualTo(204_544);
    }

    @Test
    void namesParametersAsMakemoreDoes() {
        Graph graph = build(new ModelShape(5, 4, 6, 1, 3, 7), new Axis("batch", 1));

        List<String> named = new ArrayList<>();
        graph.parameters().forEach((name, parameter) -> named.add(
                name + " " + parameter.axes().stream().map(Axis::size).toList()));
        assertThat(named).containsExactly("transformer.wte.weight [5, 6]", "transformer.wpe.weight [4, 6]",
                "transformer.h.0.ln_1.weight [6]", "transformer.h.0.ln_1.bias [6]",
                "transformer.h.0.attn.c_attn.weight [18, 6]", "transformer.h.0.attn.c_attn.bias [18]",
                "transformer.h.0.attn.c_proj.weight [6, 6]", "transformer.h.0.attn.c_proj.bias [6]",
                "transformer.h.0.ln_2.weight [6]", "transformer.h.0.ln_2.bias [6]",
                "transformer.h.0.mlp.c_fc.weight [7, 6]", "transformer.h.0.mlp.c_fc.bias [7]",
                "transformer.h.0.mlp.c_proj.weight [6, 7]", "transformer.h.0.mlp.c_proj.bias [6]",
                "transformer.ln_f.weight [6]", "transformer.ln_f.bias [6]", "lm_head.weight [5, 6]");
    }

    @Test
    void startsAsPyTorchDoes() {
        Graph graph = build(new ModelShape(5, 4, 16, 1, 2, 64), new Axis("batch", 1));

        assertThat(start(graph, "transformer.h.0.ln_1.weight")).containsOnly(1);
        assertThat(start(graph, "transformer.h.0.ln_1.bias")).containsOnly(0);
        assertUniform(start(graph, "transformer.h.0.attn.c_attn.weight"), 1 / 4.0);
        assertUniform(start(graph, "transformer.h.0.mlp.c_fc.bias"), 1 / 4.0);
        assertUniform(start(graph, "transformer.h.0.mlp.c_proj.weight"), 1 / 8.0);
        assertThat(Arrays.stream(start(graph, "transformer.h.0.mlp.c_proj.bias")).map(Math::abs).max().orElseThrow())
                .isLessThanOrEqualTo(1 / 8.0);
    }

    private static void assertUniform(double[] values, double bound) {
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(0.9 * bound, bound);
        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-bound, -0.9 * bound);
        // The deviation of a uniform distribution is its half width over √3.
        double deviation = Math.sqrt(Arrays.stream(values).map(x -> x * x).average().orElseThrow());
        assertThat(deviation).isBetween(0.8 * bound / Math.sqrt(3), 1.2 * bound / Math.sqrt(3));
    }

    @Test
    void seesNothingOfTheFuture() {
        double[] before = logits(SMALL, new double[] {1, 2, 3, 4}, new Axis("batch", 1));
        double[] after = logits(SMALL, new double[] {1, 2, 0, 1}, new Axis("batch", 1));

        int past = 2 * SMALL.vocabulary();
        assertThat(Arrays.copyOf(after, past)).containsExactly(Arrays.copyOf(before, past));
        assertThat(Arrays.copyOfRange(after, past, 2 * past)).isNotEqualTo(Arrays.copyOfRange(before, past, 2 * past));
    }

    @Test
    void treatsAnyOtherAxesAsManyRunsApart() {
        double[][] rows = {{1, 2, 3, 4}, {0, 0, 0, 0}, {4, 3, 2, 1}, {2, 2, 1, 0}, {0, 4, 0, 4}, {3, 3, 3, 3}};
        double[] together = logits(SMALL, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(),
                new Axis("replica", 2), new Axis("batch", 3));

        double[] apart = Arrays.stream(rows).flatMapToDouble(row -> DoubleStream.of(logits(SMALL, row))).toArray();
        assertThat(together).containsExactly(apart, Offset.offset(1e-12));
    }

    @Test
    void worksAtTheSmallestSizes() {
        assertThat(finite(logits(new ModelShape(2, 1, 1, 1, 1, 1), new double[] {1}))).isEqualTo(2);
        assertThat(finite(logits(new ModelShape(3, 2, 2, 1, 1, 4), new double[] {1, 2}))).isEqualTo(6);
    }

    private static long finite(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).count();
    }

    /// Says what it is given, and where.
    private static final class Witness implements PositionEncoding {

        private final List<String> seen = new ArrayList<>();

        @Override
        public Tensor input(Tensor x, Positions at, Scope scope) {
            return see("input", scope, x, x);
        }

        @Override
        public Tensor rotate(Tensor queriesOrKeys, Positions.Role role, Positions at, Scope scope) {
            return see("rotate " + role, scope, queriesOrKeys, queriesOrKeys);
        }

        @Override
        public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
            assertThat(queries.op()).isInstanceOf(Op.Binary.class);
            assertThat(scores.op()).isEqualTo(new Op.Contract(queries, keys, ((Op.Contract) scores.op()).summed()));
            return see("scores", scope, scores, scores, queries, keys);
        }

        @Override
        public Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
            return see("values", scope, output, output, weights);
        }

        private Tensor see(String hook, Scope scope, Tensor result, Tensor... given) {
            seen.add(hook + " at " + scope.path() + ": " + Arrays.stream(given)
                    .map(tensor -> tensor.axes().stream().map(Axis::name).sorted().toList().toString()).toList());
            return result;
        }
    }

    @Test
    void callsEveryPlaceOfAPositionEncodingInEveryLayer() {
        Witness witness = new Witness();
        Graph graph = new Graph();
        Tensor tokens = graph.input("tokens", DataType.INTEGER, new Axis(TIME, 4));

        new Transformer(SMALL, BuiltIn.learned(SMALL), witness, Loss.Output.CLASSES).predictions(tokens,
                Positions.first(graph, tokens.axis("time").size()), graph.scope(SEED));

        List<String> expected = new ArrayList<>(List.of("input at transformer.wpe: [[time, width]]"));
        for (int layer = 0; layer < 2; layer++) {
            String at = " at transformer.h." + layer + ".attn.position: ";
            expected.addAll(List.of("rotate QUERY" + at + "[[channel, head, query]]",
                    "rotate KEY" + at + "[[channel, head, key]]",
                    "scores" + at + "[[head, key, query], [channel, head, query], [channel, head, key]]",
                    "values" + at + "[[channel, head, query], [head, key, query]]"));
        }
        assertThat(witness.seen).isEqualTo(expected);
    }

    private static Graph build(ModelShape shape, Axis... others) {
        Graph graph = new Graph();
        Axis time = new Axis(TIME, shape.length());
        Tensor tokens = graph.input("tokens", DataType.INTEGER, and(others, time));
        Tensor logits = new Transformer(shape, BuiltIn.learned(shape), BuiltIn.absolute(shape),
                Loss.Output.CLASSES).predictions(tokens, Positions.first(graph, tokens.axis("time").size()),
                        graph.scope(SEED));
        graph.output("logits", logits, and(others, time, new Axis(CLASS, shape.vocabulary())));
        return graph;
    }

    private static Axis[] and(Axis[] first, Axis... more) {
        Axis[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static double[] logits(ModelShape shape, double[] tokens, Axis... others) {
        try (Session session = BuiltIn.reference().open()) {
            Executable executable = session.compile(build(shape, others));
            executable.write("tokens", tokens);
            executable.run();
            double[] logits = new double[tokens.length * shape.vocabulary()];
            executable.read("logits", logits);
            return logits;
        }
    }

    private static double[] start(Graph graph, String name) {
        return ((Op.Variable) Objects.requireNonNull(graph.variables().get(name)).op()).initialValues();
    }
}
