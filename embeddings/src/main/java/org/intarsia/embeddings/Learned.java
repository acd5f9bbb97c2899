package org.intarsia.embeddings;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// One learned vector for each token: row t of `weight`, {time} → {time, width}.
///
/// The table `weight` {token, width} starts from N(0, 1), as PyTorch's `nn.Embedding` does. Source: Bengio, Ducharme,
/// Vincent and Jauvin, "A Neural Probabilistic Language Model", JMLR 3 (2003), section 2, the mapping C.
public final class Learned implements Embedding {

    private final ModelShape shape;

    private Learned(ModelShape shape) {
        this.shape = shape;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        Axis token = scope.axis("token", shape.vocabulary());
        Axis width = new Axis(Axes.WIDTH, shape.width());
        return scope.parameter("weight", new Initializer.Normal(0, 1), token, width).gather(token, tokens);
    }

    /// There is nothing to set.
    public record Config() {}

    /// Makes [Learned] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "learned";
        }

        @Override
        public String description() {
            return "One learned vector for each token (Bengio et al. 2003; PyTorch's nn.Embedding).";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public Learned create(Config config, ModelShape shape) {
            return new Learned(shape);
        }
    }
}
