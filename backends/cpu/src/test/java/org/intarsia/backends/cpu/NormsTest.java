package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;

import java.util.ArrayList;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layer norms are links of chains: what is computed before and after them, element by element, never leaves the block.
class NormsTest {

    private static final Axis BATCH = new Axis("batch", 20);
    private static final Axis TIME = new Axis("time", 7);

    private final Graph graph = new Graph();

    private Tensor input(String name, Axis... axes) {
        Tensor known = graph.inputs().get(name);
        return known == null ? graph.input(name, FLOAT, axes) : known;
    }

    private void show(String name, Tensor tensor) {
        graph.output(name, tensor, tensor.axes().toArray(Axis[]::new));
    }

    /// Checks what the graph computes, and with which kernels beside copies.
    private void check(String... kernels) {
        assertThat(Planned.steps(graph)).filteredOn(name -> !name.equals("Copy")).containsExactly(kernels);
        Agreement.check(graph);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 33, 300})
    void aNormWithItsGainShiftAndResidualIsOneKernelEachWay(int size) {
        Axis width = new Axis("width", size);
        Tensor x = input("x", BATCH, TIME, width);
        Tensor y = x.layerNorm(width, 1e-5).mul(input("gain", width)).add(input("shift", width)).add(x);
        show("y", y);
        Tensor g = input("g", BATCH, TIME, width);
        Gradients.of(y.mul(g).sum(BATCH, TIME, width), new ArrayList<>(graph.inputs().values()))
                .forEach((of, gradient) -> show("the gradient of " + of, gradient));
        assertThat(Planned.steps(graph)).filteredOn(name -> !name.equals("Copy"))
                .containsOnly("Elementwise", "Reduction").filteredOn("Elementwise"::equals).hasSize(2);
        Agreement.check(graph);
    }

    @Test
    void normsAlongOneAxisAreOneKernel() {
        Axis width = new Axis("width", 5);
        Tensor x = input("x", TIME, BATCH, width);
        show("y", x.layerNorm(width, 1e-5).tanh().layerNorm(width, 1e-5).mul(2));
        check("Elementwise");
    }

    @Test
    void normsAlongTwoAxesAreTwo() {
        Axis width = new Axis("width", 5);
        Tensor x = input("x", BATCH, TIME, width);
        show("y", x.layerNorm(width, 1e-5).tanh().layerNorm(TIME, 1e-5).mul(2));
        check("Elementwise", "Elementwise");
    }

    @Test
    void aSumReadsTheNormFromMemory() {
        Axis width = new Axis("width", 5);
        Tensor norm = input("x", BATCH, TIME, width).layerNorm(width, 1e-5);
        show("sums", norm.mul(input("gain", width)).sum(TIME));
        check("Elementwise", "Reduction");
    }

    @Test
    void aGainMayDifferFromBlockToBlock() {
        Axis width = new Axis("width", 33);
        Tensor x = input("x", BATCH, TIME, width);
        show("per time", x.layerNorm(width, 1e-5).mul(input("gain", TIME, width)).add(input("shift", TIME)));
        show("per sequence", x.layerNorm(width, 1e-4).mul(input("one", BATCH)).add(input("other", BATCH, width)));
        Agreement.check(graph);
    }
}
