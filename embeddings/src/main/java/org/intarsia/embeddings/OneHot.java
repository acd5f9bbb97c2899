package org.intarsia.embeddings;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The unit vector of the token: feature i of token t is 1 if i = t, else 0, {time} → {time, width}.
///
/// With a projection, a learned linear map `weight` {width, token}, `bias` {width} (PyTorch's `nn.Linear` start) follows: as
/// [Learned], but for the start, which is ±1/√vocabulary, and the bias. Only the column of the token is read. Without one, the
/// width of the model is the vocabulary.
public final class OneHot implements Embedding {

    private final Features features;

    private OneHot(Features features) {
        this.features = features;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        if (features.projection()) {
            Axis token = features.axis(scope);
            Axis width = new Axis(Axes.WIDTH, features.shape().width());
            Initializer start = Initializer.linear(token.size());
            return scope.parameter("weight", start, width, token).gather(token, tokens)
                    .add(scope.parameter("bias", start, width));
        }
        return scope.graph().index(features.axis(scope)).like(tokens).equal(tokens).convert(DataType.FLOAT);
    }

    /// The settings.
    ///
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("Whether a learned linear map to the model's width follows; without it the width must be the number of features.") boolean projection) {}

    /// Makes [OneHot] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "one-hot";
        }

        @Override
        public String description() {
            return "The unit vector of the token, with or without a learned map to the width.";
        }

        @Override
        public Config defaults() {
            return new Config(true);
        }

        @Override
        public OneHot create(Config config, ModelShape shape) {
            return new OneHot(new Features("token", shape.vocabulary(), config.projection, shape));
        }
    }
}
