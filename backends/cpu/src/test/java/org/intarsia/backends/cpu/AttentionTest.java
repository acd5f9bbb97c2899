package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;

import java.util.ArrayList;
import java.util.List;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention over more scores than a cache holds is one kernel forwards and one backwards, and nothing that it puts out shows.
class AttentionTest {

    private static final Axis BATCH = new Axis("batch", 20);
    private static final Axis HEAD = new Axis("head", 2);
    private static final Axis CHANNEL = new Axis("channel", 5);
    private static final int LONG = 70;

    private final Graph graph = new Graph();
    private Axis query = new Axis("query", LONG);
    private Axis key = new Axis("key", LONG);

    private Tensor input(String name, Axis along) {
        Tensor known = graph.inputs().get(name);
        return known == null ? graph.input(name, FLOAT, BATCH, HEAD, along, CHANNEL) : known;
    }

    private Tensor scores() {
        return input("q", query).contract(CHANNEL, input("k", key));
    }

    private Tensor causal(Tensor scores) {
        Tensor past = graph.index(key).like(graph.index(query)).lessOrEqual(graph.index(query));
        return past.select(scores, graph.constant(Double.NEGATIVE_INFINITY));
    }

    private void show(String name, Tensor tensor) {
        graph.output(name, tensor, tensor.axes().toArray(Axis[]::new));
    }

    /// Shows a value and the gradients of a tenth of the sum of its squares by every input: of all of it they would be larger
    /// than single precision has digits for, with so many keys.
    private void showWithGradients(Tensor value) {
        show("value", value);
        Gradients.of(value.square().sum(value.axes()).mul(0.1), new ArrayList<>(graph.inputs().values()))
                .forEach((x, gradient) -> show("the gradient of " + x, gradient));
    }

    @ParameterizedTest
    @ValueSource(ints = {66, 67, 68, 69})
    void causalAttentionAgreesAndIsOneKernelEachWay(int length) {
        query = new Axis("query", length);
        key = new Axis("key", length);
        showWithGradients(causal(scores()).softmax(key).contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).filteredOn("Attention"::equals).hasSize(2);
        Agreement.check(graph);
    }

    @Test
    void attentionToAllKeysAgrees() {
        key = new Axis("key", LONG + 3);
        showWithGradients(scores().softmax(key).contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).filteredOn("Attention"::equals).hasSize(2);
        Agreement.check(graph);
    }

    @Test
    void scoresThatACacheHoldsAreTakenAllAtOnce() {
        query = new Axis("query", LONG / 2);
        showWithGradients(causal(scores()).softmax(key).contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
    }

    @Test
    void keysAndValuesThatNoCacheHoldsAreReadBySeparateKernels() {
        Axis channel = new Axis("channel", 64);
        Tensor scores = graph.input("q", FLOAT, BATCH, HEAD, query, channel).contract(channel,
                graph.input("k", FLOAT, BATCH, HEAD, key, channel));
        show("mixed", scores.softmax(key).contract(key, graph.input("v", FLOAT, BATCH, HEAD, key, channel)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
    }

    @Test
    void weightsThatAreShownAreWhole() {
        Tensor weights = causal(scores()).softmax(key);
        show("weights", weights);
        show("mixed", weights.contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).contains("Attention");
        Agreement.check(graph);
    }

    @Test
    void scoresThatSomebodyElseReadsAreKept() {
        Tensor scores = scores();
        show("sum", scores.sum(key));
        show("mixed", scores.softmax(key).contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
        Agreement.check(graph);
    }

    @Test
    void scoresThatAreShownAreKept() {
        show("scores", scores());
        show("mixed", scores().softmax(key).contract(key, input("v", key)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
        Agreement.check(graph);
    }

    @Test
    void valuesThatAllHeadsShareAgree() {
        Tensor shared = graph.input("v", FLOAT, BATCH, key, CHANNEL);
        showWithGradients(causal(scores()).softmax(key).contract(key, shared));
        Agreement.check(graph);
    }

    /// As many heads as queries: the one product has queries in its heads, the other heads in its queries.
    @Test
    void valuesOfEachQueryAgree() {
        Axis heads = new Axis("head", 60);
        query = new Axis("query", 60);
        key = new Axis("key", 5);
        Tensor scores = graph.input("q", FLOAT, BATCH, heads, query, CHANNEL).contract(CHANNEL,
                graph.input("k", FLOAT, BATCH, heads, key, CHANNEL));
        show("mixed", scores.softmax(key).contract(key, graph.input("v", FLOAT, BATCH, query, key, CHANNEL)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
        Agreement.check(graph);
    }

    /// A product that takes the weights of all queries for one key is not computed query by query.
    @Test
    void weightsThatAreMixedByTheirQueriesAgree() {
        show("mixed", scores().softmax(key).contract(query, input("v", query)));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
        Agreement.check(graph);
    }

    /// A product of the weights with themselves reads rows of queries that come later.
    @Test
    void weightsTimesThemselvesAgree() {
        Tensor weights = scores().softmax(key);
        show("similar", weights.contract(key, weights.rename("query", "other")));
        assertThat(Planned.steps(graph)).doesNotContain("Attention");
        Agreement.check(graph);
    }

    @Test
    void threadsChangeNoBit() {
        showWithGradients(causal(scores()).softmax(key).contract(key, input("v", key)));
        List<double[]> alone = run(1);
        for (int threads : new int[] {2, 3}) {
            assertThat(run(threads)).as("%d threads", threads).usingRecursiveComparison().isEqualTo(alone);
        }
    }

    private List<double[]> run(int threads) {
        try (CpuSession session = new CpuSession(threads)) {
            Executable executable = session.compile(graph);
            graph.inputs().forEach((name, input) -> {
                double[] values = new double[input.count()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Math.sin(12.9898 * i + name.length());
                }
                executable.write(name, values);
            });
            executable.run();
            List<double[]> outputs = new ArrayList<>();
            graph.outputs().forEach((name, output) -> {
                double[] values = new double[output.tensor().count()];
                executable.read(name, values);
                outputs.add(values);
            });
            return outputs;
        }
    }
}
