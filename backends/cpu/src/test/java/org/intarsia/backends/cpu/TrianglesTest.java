package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.LaneProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Masked attention is what it would be if everything were computed, and half of it is not.
class TrianglesTest {

    private static final Axis BATCH = new Axis("batch", 20);
    private static final Axis HEAD = new Axis("head", 2);
    private static final Axis CHANNEL = new Axis("channel", 5);

    private Graph graph = new Graph();
    private Axis query = new Axis("query", 11);
    private Axis key = new Axis("key", 11);

    private Tensor q() {
        return input("q", query);
    }

    private Tensor k() {
        return input("k", key);
    }

    private Tensor v() {
        return input("v", key);
    }

    private Tensor input(String name, Axis along) {
        Tensor known = graph.inputs().get(name);
        return known == null ? graph.input(name, FLOAT, BATCH, HEAD, along, CHANNEL) : known;
    }

    private Tensor past() {
        return graph.index(key).like(graph.index(query)).lessOrEqual(graph.index(query));
    }

    private Tensor masked(Tensor mask, Tensor scores) {
        return mask.select(scores, graph.constant(Double.NEGATIVE_INFINITY));
    }

    private Tensor mixed(Tensor scores) {
        return scores.softmax(key).contract(key, v());
    }

    private void show(String name, Tensor tensor) {
        graph.output(name, tensor, tensor.axes().toArray(Axis[]::new));
    }

    /// Shows a value and the gradients of the sum of its squares.
    private void showWithGradients(Tensor value, Tensor... of) {
        show("value", value);
        Tensor loss = value.square().sum(value.axes());
        Gradients.of(loss, List.of(of)).forEach((x, gradient) -> show("the gradient of " + x, gradient));
    }

    private static long productCost(Graph graph) {
        return Planned.of(graph).steps().stream().filter(LaneProduct.class::isInstance).mapToLong(Kernel::cost).sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17})
    void causalAttentionAgreesAtEveryLength(int length) {
        query = new Axis("query", length);
        key = new Axis("key", length);
        showWithGradients(mixed(masked(past(), q().contract(CHANNEL, k()))), q(), k(), v());
        Agreement.check(graph);
    }

    @Test
    void moreKeysThanQueriesAgree() {
        query = new Axis("query", 6);
        Tensor past = graph.index(key).like(graph.index(query)).lessOrEqual(graph.index(query).add(
                graph.constant(INTEGER, 3)));
        showWithGradients(mixed(masked(past, q().contract(CHANNEL, k()))), q(), k(), v());
        Agreement.check(graph);
    }

    @Test
    void aMaskThatIsNoTriangleAgrees() {
        Tensor near = graph.index(query).like(graph.index(key)).lessOrEqual(graph.index(key).add(
                graph.constant(INTEGER, 2)));
        showWithGradients(mixed(masked(past(), masked(near, q().contract(CHANNEL, k())))), q(), k(), v());
        Agreement.check(graph);
    }

    @Test
    void weightsThatAreShownAreWhole() {
        Tensor weights = masked(past(), q().contract(CHANNEL, k())).softmax(key);
        show("weights", weights);
        show("mixed", weights.contract(key, v()));
        Agreement.check(graph);
    }

    @Test
    void scoresThatAreShownAreWhole() {
        Tensor scores = q().contract(CHANNEL, k());
        show("scores", scores);
        show("masked", masked(past(), scores).exp());
        show("mixed", mixed(masked(past(), scores)));
        Agreement.check(graph);
    }

    @Test
    void aBiasByPositionLearnsFromWhatItTouches() {
        Tensor bias = graph.input("bias", FLOAT, HEAD, query, key);
        showWithGradients(mixed(masked(past(), q().contract(CHANNEL, k()).add(bias))), q(), k(), bias);
        Agreement.check(graph);
    }

    @Test
    void anotherFillIsComputedInFull() {
        Tensor scaled = q().contract(CHANNEL, k()).mul(1 / Math.sqrt(CHANNEL.size()));
        Tensor scores = past().select(scaled, graph.constant(-3));
        showWithGradients(mixed(scores), q(), k());
        Agreement.check(graph);
    }

    @Test
    void theMaskedPartIsNotComputedForwardsOrBackwards() {
        Tensor scores = q().contract(CHANNEL, k());
        showWithGradients(mixed(masked(past(), scores)), q(), k(), v());
        Graph causal = graph;
        graph = new Graph();
        showWithGradients(mixed(q().contract(CHANNEL, k())), q(), k(), v());
        assertThat((double) productCost(causal)).isBetween(0.5 * productCost(graph), 0.75 * productCost(graph));
        assertThat(Planned.steps(causal)).as("the mask costs no kernel").hasSameSizeAs(Planned.steps(graph));
    }
}
