package org.intarsia.backends.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

class LoweringTest {

    private static final Axis A = new Axis("a", 3);
    private static final Axis B = new Axis("b", 5);
    private static final Seed SEED = Seed.of(1);

    private final Graph graph = new Graph();

    @Test
    void whatNothingNeedsIsLeftBehind() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor needed = x.exp();
        x.tanh().square();
        graph.output("y", needed, A);
        assertThat(names(Lowering.lower(graph, LoweringTest::nothing).nodes())).containsExactly("x", "exp");
    }

    @Test
    void whatAnAssignmentNeedsStays() {
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, A);
        graph.assign(v, v.exp());
        v.tanh();
        assertThat(names(Lowering.lower(graph, LoweringTest::nothing).nodes())).containsExactly("v", "exp", "assign");
    }

    @Test
    void unclaimedCompositesAreDecomposedDownToPrimitives() {
        Tensor x = graph.input("x", FLOAT, A, B);
        graph.output("y", x.call(new Twice(new Twice(new Composites.Gelu()))).softmax(B), A, B);
        Graph lowered = Lowering.lower(graph, LoweringTest::nothing);
        assertThat(lowered.nodes()).noneMatch(LoweringTest::isCall);
        assertThat(names(lowered.nodes())).filteredOn("tanh"::equals).hasSize(4);
        assertThat(names(lowered.nodes())).contains("maximum", "sum");
    }

    @Test
    void claimedCompositesAreKept() {
        Tensor x = graph.input("x", FLOAT, A, B);
        graph.output("y", x.softmax(B).gelu(), A, B);
        List<Tensor> live = Lowering.live(Lowering.lower(graph, LoweringTest::everything));
        assertThat(names(live)).containsExactly("x", "softmax", "gelu");
    }

    @Test
    void aClaimedCompositeInADecompositionIsKept() {
        Tensor x = graph.input("x", FLOAT, A, B);
        graph.output("y", x.call(new Twice(new Composites.Gelu())), A, B);
        Graph lowered = Lowering.lower(graph, node -> node.op() instanceof Op.Call(Composites.Gelu _, _));
        assertThat(names(Lowering.live(lowered))).containsExactly("x", "gelu", "gelu");
    }

    @Test
    void aClaimedCompositeWhoseDecompositionIsNotClaimedIsKept() {
        Tensor x = graph.input("x", FLOAT, A, B);
        Tensor targets = graph.input("targets", INTEGER, A);
        Tensor upstream = graph.input("upstream", FLOAT, A);
        graph.output("y", x.call(new Composites.CrossEntropyGradient("b"), targets, upstream), A, B);
        Graph lowered =
                Lowering.lower(graph, node -> node.op() instanceof Op.Call(Composites.CrossEntropyGradient _, _));
        assertThat(names(Lowering.live(lowered))).containsExactly("x", "targets", "upstream", "cross entropy gradient");
    }

    @Test
    void neutralOperandsAreRemovedOnEitherSide() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor zero = graph.constant(0).expand(A);
        Tensor one = graph.constant(1).expand(A);
        graph.output("y", zero.add(one.mul(x.add(0).mul(1).sub(0).div(1))).exp(), A);
        assertThat(names(Lowering.live(Lowering.lower(graph, LoweringTest::nothing)))).containsExactly("x", "exp");
    }

    @Test
    void operandsThatOnlyLookNeutralStay() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor zero = graph.constant(0).expand(A);
        Tensor one = graph.constant(1).expand(A);
        graph.output("0 - x", zero.sub(x), A);
        graph.output("1 / x", one.div(x), A);
        graph.output("x + 1", x.add(1), A);
        graph.output("x * 0", x.mul(0), A);
        graph.output("max(x, 0)", x.maximum(zero), A);
        graph.output("min(x, 1)", x.minimum(one), A);
        assertThat(names(Lowering.live(Lowering.lower(graph, LoweringTest::nothing)))).contains("subtract", "divide",
                "add", "multiply",
                "maximum", "minimum");
    }

    @Test
    void aNeutralOperandThatWidensTheOtherStays() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor y = graph.constant(1).expand(A, B).mul(x);
        graph.output("y", y, A, B);
        Graph lowered = Lowering.lower(graph, LoweringTest::nothing);
        assertThat(names(Lowering.live(lowered))).containsExactly("x", "constant", "expand", "expand", "multiply");
        assertThat(named(lowered.outputs(), "y").tensor().axes()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void inputsVariablesOutputsAndAssignmentsKeepTheirNamesAxesAndOrder() {
        Tensor second = graph.input("second", INTEGER, B, A);
        Tensor first = graph.input("first", FLOAT, A);
        Tensor w = graph.variable("w", new Initializer.Uniform(1, 2), SEED.stream("w"), B, A);
        Tensor v = graph.variable("v", new Initializer.Normal(0, 1), SEED.stream("v"), A);
        graph.output("z", second, A, B);
        graph.output("y", first.exp().softmax(A), A);
        graph.assign(v, first.mul(1));
        graph.assign(w, w.add(1));
        Graph lowered = Lowering.lower(graph, LoweringTest::nothing);
        assertThat(lowered.inputs().sequencedKeySet()).containsExactly("second", "first");
        assertThat(lowered.inputs().values()).extracting(Tensor::op).containsExactly(second.op(), first.op());
        assertThat(lowered.variables().sequencedKeySet()).containsExactly("w", "v");
        assertThat(lowered.variables().values()).extracting(Tensor::op).containsExactly(w.op(), v.op());
        assertThat(lowered.outputs().sequencedKeySet()).containsExactly("z", "y");
        assertThat(lowered.outputs().values()).extracting(Graph.Output::order).containsExactly(List.of(A, B),
                List.of(A));
        assertThat(lowered.outputs().values().iterator().next().tensor()).isSameAs(lowered.inputs().get("second"));
        assertThat(lowered.assignments()).map(a -> a.op().operands().getFirst()).containsExactly(
                lowered.variables().get("v"), lowered.variables().get("w"));
        assertThat(lowered.assignments().getFirst().op().operands().getLast()).isSameAs(lowered.inputs().get("first"));
    }

    @Test
    void inputsAndVariablesThatNothingReadsStay() {
        graph.input("unused", FLOAT, A);
        graph.variable("untouched", Initializer.zeros(), SEED, B);
        Graph lowered = Lowering.lower(graph, LoweringTest::nothing);
        assertThat(named(lowered.inputs(), "unused").axes()).containsExactly(A);
        assertThat(named(lowered.variables(), "untouched").axes()).containsExactly(B);
        assertThat(Lowering.live(lowered)).isEmpty();
    }

    @Test
    void anAssignmentAsAnOperandIsItsValue() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, A);
        graph.assign(v, x.exp());
        graph.output("y", graph.assignments().getFirst().tanh(), A);
        Graph lowered = Lowering.lower(graph, LoweringTest::nothing);
        assertThat(named(lowered.outputs(), "y").tensor().op().operands().getFirst().op().name()).isEqualTo("exp");
    }

    @Test
    void pathsAreKeptAndDecompositionsTakeTheirCallersPath() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor y = graph.scope(SEED).within("outer", outer -> outer.within("inner", _ -> x.exp().softmax(A)));
        graph.output("y", y.tanh(), A);
        List<Tensor> live = Lowering.live(Lowering.lower(graph, LoweringTest::nothing));
        assertThat(live).filteredOn(n -> n.op().name().equals("exp") || n.op().name().equals("sum")).hasSize(3)
                .allMatch(n -> n.path().equals("outer.inner"));
        assertThat(live).filteredOn(n -> n.op().name().equals("tanh")).singleElement().extracting(Tensor::path)
                .isEqualTo("");
    }

    @Test
    void theGraphThatIsLoweredStaysAsItIs() {
        Tensor x = graph.input("x", FLOAT, A);
        graph.output("y", x.softmax(A).mul(1), A);
        List<Tensor> before = List.copyOf(graph.nodes());
        Lowering.lower(graph, LoweringTest::nothing);
        assertThat(graph.nodes()).isEqualTo(before);
    }

    @Test
    void liveNodesComeAfterTheirOperands() {
        Tensor x = graph.input("x", FLOAT, A);
        graph.output("y", x.exp().add(x.tanh()).softmax(A), A);
        List<Tensor> live = Lowering.live(Lowering.lower(graph, LoweringTest::nothing));
        for (int i = 0; i < live.size(); i++) {
            assertThat(live.subList(0, i)).containsAll(live.get(i).op().operands());
        }
    }

    /// A composite of composites: f(f(x)).
    private record Twice(Composite inner) implements Composite {

        @Override
        public String name() {
            return "twice " + inner.name();
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            return operands.getFirst().call(inner).call(inner);
        }
    }

    private static boolean isCall(Tensor node) {
        return node.op() instanceof Op.Call;
    }

    private static List<String> names(List<Tensor> nodes) {
        return nodes.stream().map(node -> node.op().name()).toList();
    }

    private static boolean nothing(Tensor node) {
        return false;
    }

    private static boolean everything(Tensor node) {
        return true;
    }

    private static <T> T named(Map<String, T> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
