package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// Two numbers in [0, 1], the token's value and its position: (t / (vocabulary − 1), p / (length − 1)), {time} →
/// {time, width}.
///
/// Where there is only one token or one position, that number is 0. With a projection, a learned linear map `weight`
/// {width, feature}, `bias` {width} (PyTorch's `nn.Linear` start) follows; without one, the two numbers are the model's
/// input, and its width is 2.
public final class Tuple implements Embedding {

    private static final int FEATURES = 2;

    private final Config config;
    private final ModelShape shape;

    private Tuple(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        Axis feature = config.projection ? scope.axis("feature", FEATURES) : new Axis(Axes.WIDTH, FEATURES);
        Tensor value = share(tokens, shape.vocabulary());
        Tensor position = share(at.time(), shape.length()).like(value);
        Axis single = feature.sized(1);
        Tensor pair = Tensor.concatenate(feature.name(), value.expand(single), position.expand(single));
        return config.projection ? new Projection(shape.width()).project(pair, feature, scope) : pair;
    }

    /// Returns each number's share of the greatest of `count` numbers from 0 on.
    private static Tensor share(Tensor numbers, int count) {
        return numbers.convert(DataType.FLOAT).div(Math.max(1, count - 1));
    }

    /// The settings.
    ///
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("Whether a learned linear map to the model's width follows; without it the width must be 2.") boolean projection) {}

    /// Makes [Tuple] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "tuple";
        }

        @Override
        public String description() {
            return "The token's value and its position, each divided by its greatest, with or without a learned map to the width.";
        }

        @Override
        public Config defaults() {
            return new Config(true);
        }

        @Override
        public Tuple create(Config config, ModelShape shape) {
            check(config.projection || shape.width() == FEATURES, "projection",
                    "must be true where the width is not 2: the width is " + shape.width()
                            + "; without a projection, set the width to 2");
            return new Tuple(config, shape);
        }
    }
}
