package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import java.util.Map;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.RowwiseKernel;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Axis A = new Axis("a", 6);
    private static final Axis B = new Axis("b", 5);
    private static final Axis BATCH = new Axis("batch", 32);
    private static final Seed SEED = Seed.of(1);

    private final Graph graph = new Graph();

    @Test
    void viewsCostNoKernel() {
        Tensor x = graph.input("x", FLOAT, A, B).exp();
        Tensor view = x.rename("a", "c").split("c", new Axis("d", 2), new Axis("e", 3)).slice("e", 1, 2)
                .expand(new Axis("f", 4)).merge("d", "f", "g");
        Tensor adjacent = x.split("a", new Axis("d", 2), new Axis("e", 3)).merge("d", "e", "h").merge("h", "b", "i");
        graph.output("adjacent", adjacent, adjacent.axes().toArray(Axis[]::new));
        graph.output("position", x.at("a", 2), B);
        graph.output("x", x, A, B);
        assertThat(Planned.steps(graph)).containsExactly("Elementwise");
        graph.output("view", view, view.axes().toArray(Axis[]::new));
        assertThat(Planned.steps(graph)).as("merging axes that do not lie side by side copies")
                .containsExactly("Elementwise", "Copy");
    }

    @Test
    void anElementwiseChainIsOneKernel() {
        Tensor x = graph.input("x", FLOAT, A, B);
        Tensor row = graph.input("row", FLOAT, B);
        graph.output("y", x.mul(row).add(1).gelu().less(x).select(x, x.neg()).convert(INTEGER), A, B);
        assertThat(Planned.steps(graph)).containsExactly("Elementwise");
    }

    @Test
    void aChainIntoAReductionIsOneKernel() {
        Tensor x = graph.input("x", FLOAT, A, B);
        graph.output("y", x.square().add(1).log().sum(B), A);
        assertThat(Planned.steps(graph)).containsExactly("Reduction");
    }

    @Test
    void aReductionOfWhatIsStoredAnywayReadsIt() {
        Tensor x = graph.input("x", FLOAT, A, B).exp();
        graph.output("x", x, A, B);
        graph.output("y", x.sum(B), A);
        assertThat(Planned.steps(graph)).containsExactly("Elementwise", "Reduction");
    }

    @Test
    void aChainThatWidensIsStoredBefore() {
        Tensor row = graph.input("row", FLOAT, B).exp();
        graph.output("y", graph.input("x", FLOAT, A, B).add(row).tanh(), A, B);
        assertThat(Planned.steps(graph)).containsExactly("Elementwise", "Elementwise");
    }

    @Test
    void aValueWithUsersInTwoChainsIsComputedOnceAndStored() {
        Tensor x = graph.input("x", FLOAT, A, B);
        Tensor shared = x.exp();
        Tensor sum = shared.sum(B);
        graph.output("first", shared.tanh(), A, B);
        graph.output("second", shared.sub(sum).square(), A, B);
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.steps())).containsExactly("Elementwise", "Reduction", "Elementwise",
                "Elementwise");
        long writes = plan.steps().stream().mapToLong(kernel -> kernel.writes().size()).sum();
        assertThat(writes).isEqualTo(4);
    }

    @Test
    void aSquareWithUsersInTwoKernelsIsComputedInEachAndNotStored() {
        Tensor x = graph.input("x", FLOAT, A, B).exp();
        Tensor square = x.square();
        graph.output("sum", square.sum(B), A);
        graph.output("moment", x.add(square.mul(0.5)), A, B);
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.steps())).containsExactly("Elementwise", "Reduction", "Elementwise");
        assertThat(plan.steps()).allSatisfy(kernel -> assertThat(kernel.writes()).hasSize(1));
        Buffer stored = plan.steps().getFirst().writes().getFirst();
        assertThat(plan.steps().subList(1, 3)).allSatisfy(
                kernel -> assertThat(kernel.reads()).contains(stored));
    }

    @Test
    void aValueWhoseUsersShareAChainIsStoredBesideItsRoot() {
        Tensor x = graph.input("x", FLOAT, A, B);
        Tensor inner = x.exp();
        graph.output("inner", inner, A, B);
        graph.output("outer", inner.tanh().add(inner), A, B);
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.steps())).containsExactly("Elementwise");
        assertThat(plan.steps().getFirst().writes()).hasSize(2);
    }

    @Test
    void aChainIsNoLongerThanTheScratchMemory() {
        Tensor x = graph.input("x", FLOAT, A, B);
        Tensor y = x;
        for (int i = 0; i < 200; i++) {
            y = y.add(i + 1).tanh();
        }
        graph.output("y", y, A, B);
        assertThat(Planned.steps(graph)).hasSizeBetween(7, 40).containsOnly("Elementwise");
    }

    @Test
    void constantsAreComputedOnce() {
        Tensor mask = graph.index(A).expand(B).lessOrEqual(graph.index(B).expand(A)).convert(FLOAT);
        Tensor table = mask.contract(B, mask.rename("a", "c").exp()).rename("c", "d");
        graph.output("y", graph.input("x", FLOAT, A, A.named("d")).mul(table), A, A.named("d"));
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.once())).containsExactly("Elementwise", "Elementwise", "Pack", "Pack",
                "PanelProduct");
        assertThat(Planned.names(plan.steps())).containsExactly("Elementwise");
    }

    @Test
    void aFunctionOfConstantsIsComputedOnceForTheChainThatReadsIt() {
        graph.output("y", graph.input("x", FLOAT, A).mul(graph.index(A).convert(FLOAT).exp()).tanh(), A);
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.once())).containsExactly("Elementwise");
        assertThat(Planned.names(plan.steps())).containsExactly("Elementwise");
        assertThat(plan.steps().getFirst().reads()).containsAll(plan.once().getFirst().writes());
    }

    @Test
    void aGraphOfConstantsRunsNothing() {
        graph.output("y", graph.index(A).convert(FLOAT).exp(), A);
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.once())).containsExactly("Elementwise");
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void composedFunctionsAlongAnAxisAreOneKernelWhenThereAreLanes() {
        Tensor x = graph.input("x", FLOAT, BATCH, A);
        graph.output("y", x.layerNorm(A, 1e-5).softmax(A), BATCH, A);
        graph.output("loss", x.crossEntropy(A, graph.input("t", INTEGER, BATCH)), BATCH);
        assertThat(Planned.of(graph).lanes()).isEqualTo("batch");
        assertThat(Planned.steps(graph)).filteredOn(name -> !name.equals("Copy")).containsExactly("Elementwise",
                "Rowwise", "Rowwise");
    }

    @Test
    void theGradientOfACrossEntropyReadsTheSoftmaxThatItLeft() {
        Tensor x = graph.input("x", FLOAT, BATCH, A);
        Tensor loss = x.crossEntropy(A, graph.input("t", INTEGER, BATCH)).sum(BATCH);
        graph.output("loss", loss);
        Gradients.of(loss, List.of(x)).forEach((_, gradient) -> graph.output("gradient", gradient, BATCH, A));
        List<Kernel> rowwise = Planned.of(graph).steps().stream().filter(RowwiseKernel.class::isInstance).toList();
        assertThat(rowwise).hasSize(2);
        assertThat(rowwise.getLast().reads()).contains(rowwise.getFirst().writes().getFirst());
        assertThat(rowwise.getLast().reads()).doesNotContain(rowwise.getFirst().reads().getFirst());
    }

    @Test
    void theGradientOfACrossEntropyThatNobodyWantsComputesTheSoftmax() {
        Tensor x = graph.input("x", FLOAT, BATCH, A);
        Tensor loss = x.crossEntropy(A, graph.input("t", INTEGER, BATCH)).sum(BATCH);
        Gradients.of(loss, List.of(x)).forEach((_, gradient) -> graph.output("gradient", gradient, BATCH, A));
        assertThat(Planned.steps(graph)).filteredOn(name -> !name.equals("Copy")).containsExactly("Rowwise", "Rowwise");
    }

    @Test
    void aLinearLayerWithItsBiasIsOneProduct() {
        Tensor weight = graph.variable("weight", Initializer.ones(), SEED, B, A);
        Tensor bias = graph.variable("bias", Initializer.ones(), SEED, B);
        graph.output("y", graph.input("x", FLOAT, BATCH, A).contract(A, weight).add(bias), BATCH, B);
        assertThat(Planned.steps(graph)).containsExactly("Pack", "PanelProduct");
    }

    @Test
    void aLinearLayerAddsItsResidualItself() {
        Tensor weight = graph.variable("weight", Initializer.ones(), SEED, B, A);
        Tensor bias = graph.variable("bias", Initializer.ones(), SEED, B);
        Tensor residual = graph.input("residual", FLOAT, BATCH, B);
        Tensor linear = graph.input("x", FLOAT, BATCH, A).contract(A, weight).add(bias);
        graph.output("y", residual.add(linear), BATCH, B);
        assertThat(Planned.steps(graph)).containsExactly("Pack", "PanelProduct");
    }

    @Test
    void productsAreAddedUpByThemselves() {
        Tensor sum = graph.input("x0", FLOAT, BATCH, A).contract(A, weight(0));
        for (int i = 1; i < 4; i++) {
            sum = sum.add(graph.input("x" + i, FLOAT, BATCH, A).contract(A, weight(i)));
        }
        graph.output("y", sum, BATCH, B);
        assertThat(Planned.steps(graph)).filteredOn(name -> !name.equals("Pack")).hasSize(4)
                .containsOnly("PanelProduct");
    }

    @Test
    void aProductIsNotAddedToItself() {
        Tensor product = graph.input("x", FLOAT, BATCH, A).contract(A, weight(0));
        graph.output("y", product.add(product), BATCH, B);
        assertThat(Planned.steps(graph)).containsExactly("Pack", "PanelProduct", "Elementwise");
    }

    @Test
    void theGradientOfABiasIsSummedAsThatOfItsWeightIsPacked() {
        Axis from = new Axis("from", 40);
        Axis to = new Axis("to", 50);
        Tensor weight = graph.variable("weight", Initializer.ones(), SEED, to, from);
        Tensor bias = graph.variable("bias", Initializer.ones(), SEED, to);
        Tensor y = graph.input("x", FLOAT, BATCH, from).contract(from, weight).add(bias).tanh();
        Gradients.of(y.square().sum(BATCH, to), List.of(weight, bias))
                .forEach((of, gradient) -> graph.output("the gradient of " + of, gradient,
                        gradient.axes().toArray(Axis[]::new)));
        assertThat(Planned.steps(graph)).contains("Pack").doesNotContain("Reduction");
        Agreement.check(graph);
    }

    private Tensor weight(int i) {
        return graph.variable("weight" + i, Initializer.ones(), SEED, B, A);
    }

    @Test
    void aLinearLayerThatOthersReadAddsNothing() {
        Tensor residual = graph.input("residual", FLOAT, BATCH, B);
        Tensor linear = graph.input("x", FLOAT, BATCH, A).contract(A, weight(0));
        graph.output("y", residual.add(linear), BATCH, B);
        graph.output("linear", linear, BATCH, B);
        assertThat(Planned.steps(graph)).containsExactly("Pack", "PanelProduct", "Elementwise");
    }

    @Test
    void attentionMultipliesSideBySide() {
        Axis query = new Axis("query", 4);
        Tensor x = graph.input("x", FLOAT, BATCH, A, B);
        Tensor y = graph.input("y", FLOAT, BATCH, query, B);
        graph.output("scores", x.contract(B, y), BATCH, A, query);
        assertThat(Planned.steps(graph)).containsExactly("LaneProduct");
    }

    @Test
    void outputsThatAreInputsOrVariablesAreCopied() {
        Tensor x = graph.input("x", FLOAT, A);
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, A);
        graph.output("x", x, A);
        graph.output("v", v.rename("a", "c"), A.named("c"));
        Plan plan = Planned.of(graph);
        assertThat(Planned.names(plan.steps())).containsExactly("Copy", "Copy");
        List<Buffer> shown = plan.outputs().values().stream().map(view -> view.buffer()).toList();
        assertThat(shown)
                .doesNotContainAnyElementsOf(plan.inputs().values().stream().map(view -> view.buffer()).toList());
    }

    @Test
    void aVariableThatTheSessionLacksIsAnError() {
        graph.output("y", graph.variable("v", Initializer.zeros(), SEED, A).exp(), A);
        assertThatThrownBy(() -> Planner.plan(graph, Map.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("the session has no variable 'v'");
    }
}
