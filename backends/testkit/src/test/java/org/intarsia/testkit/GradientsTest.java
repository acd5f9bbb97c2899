package org.intarsia.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.intarsia.testkit.Sample.given;
import static org.intarsia.testkit.Sample.real;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradient of every op and composite, in every case that has a derivative, agrees with finite differences.
class GradientsTest {

    private static final Axis TIME = new Axis("time", 4);
    private static final Axis WIDTH = new Axis("width", 3);

    @ParameterizedTest
    @MethodSource("smoothCases")
    void agreesWithFiniteDifferences(OpCase sample) {
        FiniteDifferences.check(sample, Gradients::of);
    }

    @ParameterizedTest
    @MethodSource("smoothCases")
    void rejectsAGradientThatIsSlightlyTooLarge(OpCase sample) {
        assertThatThrownBy(() -> FiniteDifferences.check(sample, (loss, sources) -> {
            Map<Tensor, Tensor> enlarged = new LinkedHashMap<>();
            Gradients.of(loss, sources).forEach((source, gradient) -> enlarged.put(source, gradient.mul(1 + 1e-4)));
            return enlarged;
        })).isInstanceOf(AssertionError.class);
    }

    @Test
    void coversEveryOpThatIsDifferentiated() {
        Set<String> covered = new TreeSet<>();
        smoothCases().forEach(named -> {
            Graph graph = new Graph();
            new CaseTrial(named.getPayload(), CaseTrial.Feed.INPUT, 0).build(graph);
            graph.nodes().forEach(node -> covered.add(node.op().name()));
        });
        assertThat(covered).contains("negate", "exp", "log", "sqrt", "reciprocal", "tanh", "abs", "floor", "add",
                "subtract", "multiply", "divide", "maximum", "minimum", "less", "select", "contract", "sum", "expand",
                "rename", "split", "merge", "slice", "pad", "concatenate", "gather", "scatteradd", "softmax",
                "softmax gradient", "layer norm", "layer norm gradient", "gelu", "gelu gradient", "cross entropy",
                "cross entropy gradient");
    }

    @Test
    void sharesTheGradientOfAMaximumEvenlyAmongTies() {
        Sample ties = given(List.of(1.0, 3.0, 3.0, 2.0), TIME);
        assertThat(gradient(ties, x -> x.max(TIME))).containsExactly(0, 0.5, 0.5, 0);
    }

    @Test
    void sharesTheGradientOfAPairwiseMaximumEvenlyAmongTies() {
        Sample sample = given(List.of(-1.0, 0.0, 0.0, 2.0), TIME);
        assertThat(gradient(sample, x -> x.maximum(x.graph().constant(0)).sum(TIME))).containsExactly(0, 0.5, 0.5, 1);
        assertThat(gradient(sample, x -> x.minimum(x.graph().constant(0)).sum(TIME))).containsExactly(1, 0.5, 0.5, 0);
    }

    @Test
    void hasNoSlopeOfAnAbsoluteValueAtZero() {
        assertThat(gradient(given(List.of(-2.0, 0.0, 0.0, 2.0), TIME), x -> x.abs().sum(TIME))).containsExactly(-1, 0,
                0, 1);
    }

    @Test
    void differentiatesTheSumOfALossWithAxes() {
        assertThat(gradient(given(List.of(1.0, 2.0, 3.0, 4.0), TIME), Tensor::square)).containsExactly(2, 4, 6, 8);
    }

    @Test
    void rejectsASourceOnWhichTheLossDoesNotDepend() {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        Tensor other = graph.input("other", DataType.FLOAT, WIDTH);
        assertThatThrownBy(() -> Gradients.of(x.sum(TIME), List.of(other))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%2 = sum {}' has no gradient with respect to '%1 = other {width 3}'");
    }

    @Test
    void rejectsALossThroughAnInteger() {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        Tensor rounded = x.convert(DataType.INTEGER).convert(DataType.FLOAT);
        assertThatThrownBy(() -> Gradients.of(rounded, List.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%2 = convert {time 4}' has no gradient with respect to '%0 = x {time 4}'");
    }

    static Stream<Named<OpCase>> smoothCases() {
        return Stream.concat(OpCases.all().stream(), more()).filter(OpCase::smooth).map(c -> Named.of(c.name(), c));
    }

    /// Expressions whose gradients meet: one operand used twice, repeated operands, gradients through gradients' ops.
    private static Stream<OpCase> more() {
        Tolerance none = Tolerance.EXACT;
        return Stream.of(
                OpCase.smooth("one operand on both sides of a contraction, along two axes", none,
                        (_, x) -> x.get(0).contract(List.of(TIME, WIDTH), x.get(0)), real(TIME, WIDTH)),
                OpCase.smooth("one operand looked up and multiplied", none,
                        (g, x) -> x.get(0).gather(WIDTH, g.index(TIME.sized(3)).rename("time", "row"))
                                .outer(x.get(0)),
                        real(WIDTH)),
                OpCase.smooth("an operand repeated along two axes", none,
                        (_, x) -> x.get(0).mul(x.get(1)).mul(x.get(2)).tanh(), real(TIME, WIDTH), real(WIDTH), real()),
                OpCase.smooth("attention", none, (_, x) -> {
                    Tensor queries = x.get(0).rename("time", "query");
                    Tensor keys = x.get(0).rename("time", "key");
                    Tensor scores = queries.contract(WIDTH, keys).mul(0.5);
                    return scores.softmax(TIME.named("key")).contract(TIME.named("key"),
                            x.get(1).rename("time", "key"));
                }, real(TIME, WIDTH), real(TIME, WIDTH)),
                OpCase.smooth("an operand of a composite twice", none,
                        (_, x) -> x.get(0).layerNorm(TIME, 1e-5).mul(x.get(0).gelu()), Sample.spread(TIME, WIDTH)));
    }

    private static double[] gradient(Sample sample, UnaryOperator<Tensor> function) {
        Trial trial = graph -> {
            Axis[] axes = sample.axes().toArray(Axis[]::new);
            Tensor x = graph.input("x", DataType.FLOAT, axes);
            Gradients.of(function.apply(x), List.of(x))
                    .forEach((_, gradient) -> graph.output("gradient", gradient, axes));
            return Map.of("x", sample.values(Seed.of(1)).toArray());
        };
        try (Trialled trialled = new Trialled(new ReferenceBackend(), trial)) {
            return trialled.run().getFirst();
        }
    }
}
