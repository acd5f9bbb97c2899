package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composites;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// A kernel of its own takes the shapes that it can; all others are composed of simpler ones, and nobody can tell.
class ClaimsTest {

    private static final Axis BATCH = new Axis("batch", 17);
    private static final Axis TIME = new Axis("time", 4);
    private static final Axis ALONG = new Axis("along", 3);

    private final Graph graph = new Graph();
    private final Tensor x = graph.input("x", FLOAT, BATCH, TIME, ALONG);

    @Test
    void targetsMayLackAxes() {
        show(x.crossEntropy(ALONG, graph.input("targets", INTEGER, TIME)));
        show(x.crossEntropy(ALONG, graph.input("target", INTEGER)));
        assertThat(Planned.steps(graph)).filteredOn("Rowwise"::equals).hasSize(2);
        Agreement.check(graph);
    }

    @Test
    void targetsMayHaveMoreAxes() {
        show(x.crossEntropy(ALONG, graph.input("targets", INTEGER, BATCH, new Axis("choice", 2), TIME)));
        assertThat(Planned.steps(graph)).doesNotContain("Rowwise");
        Agreement.check(graph);
    }

    @Test
    void upstreamGradientsOfACrossEntropyMayHaveAnyAxes() {
        Tensor targets = graph.input("targets", INTEGER, BATCH, TIME);
        List<Axis[]> shapes = List.of(new Axis[] {BATCH, TIME}, new Axis[] {TIME, ALONG}, new Axis[] {BATCH, ALONG},
                new Axis[] {BATCH}, new Axis[] {}, new Axis[] {BATCH, TIME, ALONG});
        for (int i = 0; i < shapes.size(); i++) {
            Tensor upstream = graph.input("g" + "'".repeat(i), FLOAT, shapes.get(i));
            show(x.call(new Composites.CrossEntropyGradient("along"), targets, upstream));
        }
        Agreement.check(graph);
    }

    @Test
    void upstreamGradientsMayLackAxes() {
        Tensor all = graph.input("all", FLOAT, BATCH, TIME, ALONG);
        Tensor few = graph.input("few", FLOAT, ALONG);
        Tensor rows = graph.input("rows", FLOAT, BATCH, TIME);
        for (Tensor upstream : List.of(all, rows)) {
            show(x.call(new Composites.SoftmaxGradient("along"), upstream));
        }
        for (Tensor upstream : List.of(all, few)) {
            show(x.call(new Composites.LayerNormGradient("along", 1e-5), upstream));
        }
        for (Tensor upstream : List.of(all, rows, few)) {
            show(x.call(new Composites.GeluGradient(), upstream));
        }
        Agreement.check(graph);
    }

    @Test
    void upstreamGradientsMayHaveMoreAxes() {
        Tensor few = graph.input("few", FLOAT, BATCH, ALONG);
        show(few.call(new Composites.SoftmaxGradient("along"), x));
        show(few.call(new Composites.GeluGradient(), x));
        Agreement.check(graph);
    }

    @Test
    void functionsAlongTheLanesAreComposed() {
        show(x.softmax(BATCH));
        show(x.layerNorm(BATCH, 1e-5));
        Agreement.check(graph);
    }

    @Test
    void operandsThatLackTheLanesAreSpread() {
        Tensor row = graph.input("row", FLOAT, TIME, ALONG);
        show(row.expand(BATCH).softmax(ALONG).mul(x));
        Agreement.check(graph);
    }

    @Test
    void sumsOfProductsStartFromWhatIsAddedWhereItIsAValuePerRow() {
        Axis out = new Axis("out", 5);
        Tensor weight = variable("weight", out, ALONG);
        Tensor timed = variable("timed weight", TIME, out, ALONG);
        Tensor product = x.contract(ALONG, weight);
        show(product.add(variable("bias", out)));
        show(x.contract(ALONG, timed).add(variable("timed bias", TIME, out)));
        show(x.contract(ALONG, timed).mul(2).add(variable("bias", out)));
        show(x.neg().contract(ALONG, weight).add(variable("wide bias", TIME, out)));
        show(x.exp().contract(ALONG, weight).add(graph.constant(1).expand(out)));
        show(x.tanh().contract(ALONG, weight).add(graph.input("one", FLOAT)));
        show(x.square().contract(ALONG, weight).add(x.abs().contract(ALONG, weight)));
        show(product.exp());
        Agreement.check(graph);
    }

    private Tensor variable(String name, Axis... axes) {
        Tensor known = graph.variables().get(name);
        return known == null ? graph.variable(name, new Initializer.Uniform(-1, 1), Seed.of(1).stream(name), axes)
                : known;
    }

    private void show(Tensor tensor) {
        graph.output("output " + graph.outputs().size(), tensor, tensor.axes().toArray(Axis[]::new));
    }
}
