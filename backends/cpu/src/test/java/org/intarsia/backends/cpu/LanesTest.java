package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.BOOLEAN;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Lowering;
import org.intarsia.backends.cpu.kernel.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanesTest {

    private static final Axis BATCH = new Axis("batch", 64);
    private static final Axis WIDTH = new Axis("width", 3);
    private static final Seed SEED = Seed.of(1);

    private final Graph graph = new Graph();

    @Test
    void aTrainingStepHasItsBatchInLanes() {
        Graph step = new TrainingStep(32, 4, 8).graph();
        assertThat(Lanes.of(Lowering.lower(step, _ -> false))).isEqualTo("batch");
    }

    @Test
    void theAxisOfMostElementsIsChosen() {
        Axis rare = new Axis("rare", 100);
        graph.output("y", graph.input("x", FLOAT, BATCH, WIDTH).exp().tanh(), BATCH, WIDTH);
        graph.output("z", graph.input("z", FLOAT, rare), rare);
        assertThat(Lanes.of(graph)).isEqualTo("batch");
    }

    @Test
    void anAxisThatNoInputHasIsNotChosen() {
        graph.output("y", graph.input("x", FLOAT).expand(BATCH).exp(), BATCH);
        assertThat(Lanes.of(graph)).isEqualTo(Lanes.NONE);
    }

    @Test
    void anAxisOfAVariableIsNotChosen() {
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, BATCH);
        graph.output("y", graph.input("x", FLOAT, BATCH).add(v), BATCH);
        assertThat(Lanes.of(graph)).isEqualTo(Lanes.NONE);
    }

    @Test
    void anAxisShorterThanHalfAVectorIsNotChosen() {
        int half = Vectors.LENGTH / 2;
        assertThat(Lanes.of(exponential(new Axis("batch", half)))).isEqualTo("batch");
        assertThat(Lanes.of(exponential(new Axis("batch", half - 1)))).isEqualTo(Lanes.NONE);
    }

    private static Graph exponential(Axis axis) {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", FLOAT, axis).exp(), axis);
        return graph;
    }

    @Test
    void aNameWithTwoSizesIsNotChosen() {
        Axis other = new Axis("batch", 32);
        graph.output("y", graph.input("x", FLOAT, BATCH, WIDTH).exp(), BATCH, WIDTH);
        graph.output("z", graph.input("z", FLOAT, other), other);
        assertThat(Lanes.of(graph)).isEqualTo(Lanes.NONE);
    }

    private static Stream<Touch> harmless() {
        return Stream.of(new Touch("functions", x -> x.exp().add(x).mul(2)),
                new Touch("a sum", x -> x.sum(BATCH)),
                new Touch("a contraction that sums it", x -> x.contract(BATCH, x.exp())),
                new Touch("a contraction that keeps it", x -> x.contract(WIDTH, x.exp())),
                new Touch("a comparison and a choice", x -> x.less(x.exp()).select(x, x.neg())),
                new Touch("a maximum over another axis", x -> x.max(WIDTH)),
                new Touch("views along another axis",
                        x -> x.rename("width", "w").slice("w", 1, 2).pad("w", 1, 1).split("w", new Axis("o", 2),
                                new Axis("i", 2))),
                new Touch("softmax along another axis", x -> x.softmax(WIDTH)),
                new Touch("a look-up along another axis",
                        x -> x.gather(WIDTH, x.convert(INTEGER).slice("width", 0, 1).sum(WIDTH.sized(1)))),
                new Touch("an expansion", x -> x.sum(BATCH).expand(BATCH)));
    }

    private static Stream<Touch> touching() {
        return Stream.of(new Touch("renaming from it", x -> x.rename("batch", "other")),
                new Touch("renaming to it", x -> x.sum(BATCH).expand(new Axis("other", 64)).rename("other", "batch")),
                new Touch("splitting it", x -> x.split("batch", new Axis("o", 8), new Axis("i", 8))),
                new Touch("splitting into it",
                        x -> x.sum(BATCH).expand(new Axis("o", 128)).split("o", new Axis("p", 2), BATCH)),
                new Touch("merging it", x -> x.merge("batch", "width", "all")),
                new Touch("slicing it", x -> x.slice("batch", 3, 60)),
                new Touch("padding it", x -> x.pad("batch", 0, 1)),
                new Touch("joining along it", x -> Tensor.concatenate("batch", x, x)),
                new Touch("a maximum over it", x -> x.max(BATCH)),
                new Touch("its positions", x -> x.add(x.graph().index(BATCH).convert(FLOAT))),
                new Touch("a look-up along it", x -> x.gather(BATCH, x.sum(BATCH).convert(INTEGER))),
                new Touch("a scatter along it",
                        x -> x.sum(BATCH).scatterAdd(BATCH, x.sum(BATCH).convert(INTEGER), List.of())));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void opsThatMapOverItOrSumItLeaveItAlone(Touch touch) {
        write(touch);
        assertThat(Lanes.of(Lowering.lower(graph, _ -> false))).isEqualTo("batch");
    }

    @ParameterizedTest
    @MethodSource("touching")
    void anyOtherOpOnItBarsIt(Touch touch) {
        write(touch);
        assertThat(Lanes.of(graph)).isEqualTo(Lanes.NONE);
    }

    private void write(Touch touch) {
        Tensor y = touch.op.apply(graph.input("x", FLOAT, BATCH, WIDTH));
        Tensor shown = y.type() == BOOLEAN ? y.convert(FLOAT) : y;
        graph.output("y", shown, shown.axes().toArray(Axis[]::new));
    }

    /// Something done with x{batch, width}.
    record Touch(String name, UnaryOperator<Tensor> op) {

        @Override
        public String toString() {
            return name;
        }
    }
}
