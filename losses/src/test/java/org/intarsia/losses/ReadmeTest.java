package org.intarsia.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.testkit.component.Computed;
import org.intarsia.testkit.component.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {

    @Test
    void theExampleCompilesAndMakesConfidenceDear(@TempDir Path directory) throws ReflectiveOperationException {
        Class<?> example = Example.in(Path.of("README.md")).compile(directory);
        double[] loss = loss((LossFactory<?>) example.getConstructor().newInstance());

        double entropy = 0.75 * Math.log(4.0 / 3) + 0.25 * Math.log(4);
        assertThat(loss).containsExactly(
                new double[] {Math.log(4.0 / 3) - 0.1 * entropy, Math.log(4) - 0.1 * entropy}, within(1e-12));
    }

    /// The probabilities are ¾ and ¼; the first target is the likely token, the second the other.
    private static <C extends Record> double[] loss(LossFactory<C> factory) {
        Graph graph = new Graph();
        Axis time = new Axis(Axes.TIME, 2);
        Loss loss = factory.create(factory.defaults(), new ModelShape(2, 2, 1, 1, 1, 1));
        Tensor logits = graph.constant(DataType.FLOAT, Values.of(Math.log(3), 0), new Axis(Axes.CLASS, 2)).expand(time);
        Tensor targets = graph.constant(DataType.INTEGER, Values.of(0, 1), time);
        return Computed.values(loss.loss(logits, targets, graph.scope(Seed.of(1))), Axes.TIME);
    }
}
