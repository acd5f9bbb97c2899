package org.intarsia.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;

final class CrossEntropyTest {

    private static final double[] LOGITS = {1, 2, -0.5, 0, 0, 0, -3, 4, 1};
    private static final int[] TARGETS = {1, 2, 0};

    @Test
    void isTheNegativeLogarithmOfTheTargetsProbability() {
        double[] loss = loss(256, LOGITS, TARGETS);

        for (int time = 0; time < 3; time++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += Math.exp(LOGITS[3 * time + c]);
            }
            assertThat(loss[time]).isCloseTo(-Math.log(Math.exp(LOGITS[3 * time + TARGETS[time]]) / sum),
                    within(1e-12));
        }
    }

    @Test
    void isTheLogarithmOfTheVocabularyWhereNothingIsKnown() {
        assertThat(loss(256, new double[256], 17)).containsExactly(new double[] {Math.log(256)}, within(1e-12));
    }

    private static double[] loss(int vocabulary, double[] logits, int... targets) {
        Graph graph = new Graph();
        Axis time = new Axis(Axes.TIME, targets.length);
        Tensor x = graph.constant(DataType.FLOAT, Values.of(logits), time,
                new Axis(Axes.CLASS, logits.length / targets.length));
        Tensor t = graph.constant(DataType.INTEGER, Values.compute(targets.length, i -> targets[i]), time);
        CrossEntropy loss = new CrossEntropy.Factory().create(new CrossEntropy.Config(0),
                new ModelShape(vocabulary, targets.length, 1, 1, 1, 1));
        return Computed.values(loss.loss(x, t, graph.scope(Seed.of(1))), Axes.TIME);
    }
}
