package org.intarsia.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
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
    void theExampleCompilesAndEmbedsResidues(@TempDir Path directory) throws ReflectiveOperationException {
        Class<?> example = Example.in(Path.of("README.md")).compile(directory);
        double[] vectors = embed((EmbeddingFactory<?>) example.getConstructor().newInstance());

        assertThat(vectors).hasSize(21);
        for (int token = 1; token < 21; token++) {
            assertThat(vectors[token] == vectors[0]).as("whether %d is embedded as 0", token)
                    .isEqualTo(token % 10 == 0);
        }
    }

    private static <C extends Record> double[] embed(EmbeddingFactory<C> factory) {
        Graph graph = new Graph();
        Embedding embedding = factory.create(factory.defaults(), new ModelShape(21, 21, 1, 1, 1, 1));
        Tensor tokens = graph.index(new Axis(Axes.TIME, 21));
        return Computed.values(embedding.embed(tokens, Positions.first(graph, 21), graph.scope(Seed.of(1))), Axes.TIME,
                Axes.WIDTH);
    }
}
