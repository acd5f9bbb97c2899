package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.testkit.component.Computed;
import org.intarsia.testkit.component.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {

    @Test
    void theExampleCompilesAndLowersScoresWithTheDistance(@TempDir Path directory) throws ReflectiveOperationException {
        Class<?> example = Example.in(Path.of("README.md")).compile(directory);
        double[] scores = scores((PositionEncodingFactory<?>) example.getConstructor().newInstance());

        assertThat(scores).containsExactly(0, 0.1, 0.2, -0.1, 0, 0.1, -0.2, -0.1, 0);
    }

    private static <C extends Record> double[] scores(PositionEncodingFactory<C> factory) {
        Graph graph = new Graph();
        PositionEncoding encoding = factory.create(factory.defaults(), new ModelShape(1, 3, 1, 1, 1, 1));
        Tensor zeros = graph.constant(0).expand(new Axis(Axes.QUERY, 3), new Axis(Axes.KEY, 3));
        Tensor scores = encoding.scores(zeros, zeros, zeros, Positions.first(graph, 3), graph.scope(Seed.of(1)));
        return Computed.values(scores, Axes.QUERY, Axes.KEY);
    }
}
