package org.intarsia.backends.cpu;

import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.List;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scores by the distance of two positions, as relative position encodings look them up: every sequence of a batch has the same
/// index, so lookups and the sums of their gradients run along the batch.
class LookupsAlongTheBatchTest {

    private static final Axis HEAD = new Axis("head", 2);
    private static final Axis BUCKET = new Axis("bucket", 4);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 19, 32, 33})
    void scoresByDistanceAgree(int rows) {
        Graph graph = new Graph();
        Axis batch = new Axis("batch", rows);
        Axis query = new Axis("query", 5);
        Axis key = new Axis("key", 7);
        Tensor scores = graph.input("scores", FLOAT, batch, HEAD, query, BUCKET);
        Tensor other = graph.input("other", FLOAT, batch, HEAD, query, key);
        Tensor distance = graph.index(query).like(graph.index(key)).sub(graph.index(key)).abs();
        Tensor bucket = distance.minimum(graph.constant(INTEGER, BUCKET.size() - 1));

        Tensor value = scores.gather(BUCKET, bucket).mul(other);

        Tensor loss = value.square().sum(value.axes());
        graph.output("value", value, batch, HEAD, query, key);
        Gradients.of(loss, List.of(scores, other)).forEach(
                (x, gradient) -> graph.output("the gradient of " + x, gradient, x.axes().toArray(Axis[]::new)));
        Agreement.check(graph);
    }
}
