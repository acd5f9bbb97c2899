package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// A learned number for each head and bucket of distances, added to the scores: score(i, j) + weight[h, bucket(i − j)],
/// {head, query, key} → the same axes (T5: Raffel et al., arXiv 1910.10683, section 2.1).
///
/// The buckets are those of T5's decoder: the first half hold one distance each, the others grow logarithmically up to
/// `maxDistance`, and all distances beyond share the last. Keys ahead of the query, which the mask hides, are in bucket 0.
/// The parameter `weight` {head, bucket} starts from zeros, so that training starts from a model without positions (in T5
/// from small random numbers), and each layer has its own (in T5 all layers share one).
public final class T5 implements PositionEncoding {

    private final Config config;
    private final ModelShape shape;

    private T5(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        Axis bucket = scope.axis("bucket", config.buckets);
        Tensor weight =
                scope.parameter("weight", Initializer.zeros(), new Axis(Axes.HEAD, shape.heads()), bucket);
        Tensor ids = Buckets.map(distance -> Buckets.logarithmic(distance, config.buckets, config.maxDistance), 0,
                shape.length() - 1, Buckets.behind(at), scope);
        return scores.add(weight.gather(bucket, ids));
    }

    /// The settings.
    ///
    /// @param buckets how many numbers a head has
    /// @param maxDistance the distance from which on all share the last bucket
    public record Config(
            @Setting("How many buckets of distances there are, at least 2: half hold one distance each, half grow logarithmically.") int buckets,
            @Setting("The distance from which on all share the last bucket, above half of the buckets.") int maxDistance) {

        /// Checks the ranges.
        public Config {
            check(buckets >= 2, "buckets", "must be at least 2, not " + buckets);
            check(maxDistance > buckets / 2, "maxDistance", "must be above " + buckets / 2
                    + ", the number of buckets that hold one distance each, not " + maxDistance);
        }
    }

    /// Makes [T5] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "t5";
        }

        @Override
        public String description() {
            return "A learned number for each head and bucket of distances, added to the scores (T5, Raffel et al. 2020).";
        }

        @Override
        public Config defaults() {
            return new Config(32, 128);
        }

        @Override
        public T5 create(Config config, ModelShape shape) {
            return new T5(config, shape);
        }
    }
}
