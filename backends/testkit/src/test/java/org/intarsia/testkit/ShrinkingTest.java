package org.intarsia.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// A random graph that fails on a broken backend is printed as code, as small as it can be.
class ShrinkingTest {

    @Test
    void leavesOneOpWhereOneIsWrong() {
        assertThat(failure(requireNonNull(OpTwins.all().get("contract: loses the last term")))).endsWith("""
                Graph graph = new Graph();
                Axis time = new Axis("time", 2);
                Tensor in0 = graph.input("in0", DataType.FLOAT, time);
                Tensor in1 = graph.input("in1", DataType.FLOAT, time);
                Tensor t = in0.contract(List.of(time), in1);
                graph.output("result", t);
                try (Session session = backend.open()) {
                    Executable executable = session.compile(graph);
                    executable.write("in0", new double[] {1, 1});
                    executable.write("in1", new double[] {1, 1});
                    executable.run();
                    double[] result = new double[1];
                    executable.read("result", result);
                }""");
    }

    @Test
    void leavesTwoOpsWhereOneIsWrongUponAnother() {
        assertThat(failure(requireNonNull(OpTwins.all().get("slice: of a slice, from the start of the whole"))))
                .contains("""
                        Graph graph = new Graph();
                        Axis width = new Axis("width", 3);
                        Axis width2 = new Axis("width", 2);
                        Axis width3 = new Axis("width", 1);
                        Tensor in0 = graph.input("in0", DataType.FLOAT, width);
                        Tensor t = in0.slice("width", 1, 2);
                        Tensor t2 = t.slice("width", 1, 1);
                        """);
    }

    @Test
    void leavesThreeOpsAndTheAssignmentWhereAllAreNeeded() {
        Twin twin = new Twin() {
            @Override
            Tensor assigned(Tensor variable, Tensor value) {
                boolean wrong = value.op() instanceof Op.Binary add && add.right().op() instanceof Op.Unary tanh
                        && tanh.operand().op() instanceof Op.Binary;
                return wrong ? value.add(1) : value;
            }
        };

        assertThat(failure(twin)).contains(
                """
                        Graph graph = new Graph();
                        Tensor v3 = graph.variable("v3", new Initializer.Given(Values.of(-0.25)), new Seed(6400538038637390878L));
                        Tensor in0 = graph.input("in0", DataType.FLOAT);
                        Tensor t = graph.constant(DataType.FLOAT, Values.of(0.06666666666666667));
                        Tensor t2 = in0.mul(t);
                        Tensor t3 = t2.tanh();
                        Tensor t4 = v3.add(t3);
                        graph.assign(v3, t4);
                        """);
    }

    @Test
    void keepsTheKindOfFailure() {
        Twin twin = new Twin() {
            @Override
            Tensor replace(Graph graph, Op op) {
                if (op instanceof Op.Reduce(_, Tensor x, _) && x.op() instanceof Op.Unary) {
                    throw new UnsupportedOperationException("a sum of what a function gives");
                }
                return graph.add(op);
            }
        };

        assertThat(failure(twin)).contains("""
                UnsupportedOperationException: a sum of what a function gives
                Graph graph = new Graph();
                Axis time = new Axis("time", 1);
                Tensor in0 = graph.input("in0", DataType.FLOAT, time);
                Tensor t = in0.tanh();
                Tensor t2 = t.sum(time);
                graph.output("loss", t2);
                """);
    }

    @Test
    void makesNoMoreThanSomeFailuresSmaller() {
        Twin twin = requireNonNull(OpTwins.all().get("add: subtracts"));

        List<String> failures = RandomGraphChecks.all().stream().limit(20).flatMap(check -> failure(check, twin))
                .toList();

        assertThat(failures).hasSizeGreaterThan(5);
        assertThat(failures.subList(0, 3)).allMatch(text -> text.contains("Graph graph = new Graph();"));
        assertThat(failures.subList(3, failures.size()))
                .allMatch(text -> text.endsWith("\n  (not made smaller, since other graphs were)"));
    }

    /// Returns the first failure of a random graph.
    private static String failure(Backend twin) {
        return LongStream.range(0, 1000).mapToObj(RandomGraphChecks::of).flatMap(check -> failure(check, twin))
                .findFirst().orElseThrow();
    }

    private static Stream<String> failure(Check check, Backend twin) {
        try {
            check.body().accept(twin);
            return Stream.empty();
        } catch (AssertionError failure) {
            return Stream.of(requireNonNull(failure.getMessage()));
        }
    }
}
