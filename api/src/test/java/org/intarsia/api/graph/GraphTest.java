package org.intarsia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

class GraphTest {

    private static final Axis TIME = new Axis("time", 5);
    private static final Axis WIDTH = new Axis("width", 4);

    private final Graph graph = new Graph();

    @Test
    void makesEqualOpsOneNode() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        assertThat(x.exp()).isSameAs(x.exp());
        assertThat(x.softmax(TIME)).isSameAs(x.softmax(TIME));
        assertThat(graph.constant(0.5)).isSameAs(graph.constant(0.5)).isNotSameAs(graph.constant(0.25));
        assertThat(graph.constant(1)).isNotSameAs(graph.constant(DataType.INTEGER, 1));
        assertThat(x.sum(TIME)).isNotSameAs(x.max(TIME));
    }

    @Test
    void doesNotMindTheOrderOfSummedAxes() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME, WIDTH);
        assertThat(x.sum(TIME, WIDTH)).isSameAs(x.sum(WIDTH, TIME));
    }

    @Test
    void addsNothingForWhatChangesNothing() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        assertThat(x.rename("time", "time")).isSameAs(x);
        assertThat(x.slice("time", 0, 5)).isSameAs(x);
        assertThat(x.convert(DataType.FLOAT)).isSameAs(x);
        assertThat(x.sum()).isSameAs(x);
    }

    @Test
    void numbersOperandsBelowTheirUsers() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        x.layerNorm(TIME, 1e-5).gelu().crossEntropy(TIME, graph.constant(DataType.INTEGER, 1));
        assertThat(graph.nodes()).allSatisfy(
                node -> assertThat(node.op().operands())
                        .allSatisfy(operand -> assertThat(operand.id()).isLessThan(node.id())));
        assertThat(graph.nodes()).allSatisfy(node -> assertThat(graph.nodes().get(node.id())).isSameAs(node));
    }

    @Test
    void keepsTheDecompositionOfACompositeBelowIt() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        Tensor softmax = x.softmax(TIME);
        int nodes = graph.nodes().size();
        Tensor decomposed = new Composites.Softmax("time").decompose(List.of(x));
        assertThat(graph.nodes()).hasSize(nodes);
        assertThat(decomposed.id()).isLessThan(softmax.id());
    }

    @Test
    void showsANodeWithItsOpAxesAndPath() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME, WIDTH);
        Tensor sum = graph.scope(Seed.of(1)).within("head", scope -> scope.within("norm", _ -> x.sum(TIME)));
        assertThat(sum).hasToString("%1 = sum {width 4} at head.norm");
    }

    @Test
    void rejectsATensorOfAnotherGraph() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        Tensor foreign = new Graph().input("y", DataType.FLOAT, TIME);
        assertThatThrownBy(() -> x.add(foreign)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: '%0 = y {time 5}' belongs to another graph");
    }

    @Test
    void rejectsANameThatIsDeclaredTwice() {
        graph.input("x", DataType.FLOAT, TIME);
        graph.variable("v", Initializer.zeros(), Seed.of(1), TIME);
        assertThatThrownBy(() -> graph.input("x", DataType.FLOAT, WIDTH)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name 'x' is declared twice in one graph");
        assertThatThrownBy(() -> graph.variable("v", Initializer.zeros(), Seed.of(1), TIME))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("the name 'v' is declared twice in one graph");
    }

    @Test
    void rejectsAnOutputThatIsDeclaredTwiceOrInOtherAxes() {
        Tensor x = graph.input("x", DataType.FLOAT, TIME, WIDTH);
        graph.output("y", x, WIDTH, TIME);
        assertThatThrownBy(() -> graph.output("y", x, TIME, WIDTH)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the output 'y' is declared twice");
        assertThatThrownBy(() -> graph.output("z", x, TIME)).isInstanceOf(ShapeException.class)
                .hasMessage("the output 'z' has the axes {time 5, width 4}, not {time 5}");
    }

    @Test
    void rejectsASecondAssignment() {
        Tensor v = graph.variable("v", Initializer.zeros(), Seed.of(1), TIME);
        graph.assign(v, v.add(1));
        assertThatThrownBy(() -> graph.assign(v, v.add(2))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variable '%0 = v {time 5}' is assigned twice");
    }

    @Test
    void rejectsATensorThatIsTooLarge() {
        Tensor x = graph.input("x", DataType.FLOAT, new Axis("a", 1 << 16));
        assertThatThrownBy(() -> x.expand(new Axis("b", 1 << 16))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tensor with axes {a 65536, b 65536} has more than 2^31 elements");
    }
}
