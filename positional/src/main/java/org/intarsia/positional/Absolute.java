package org.intarsia.positional;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// A vector for each position, added to the input of the first layer: x + table at p, {time, width} → {time, width}.
///
/// The table {position, width} has `shape.length()` rows and is one of [Kind]:
/// - learned: the parameter `weight`, from N(0, 1) at the start, as PyTorch's `nn.Embedding` (Gehring et al.,
///   "Convolutional Sequence to Sequence Learning", arXiv 1705.03122, section 3.1; GPT-2);
/// - sinusoidal: feature 2i is sin(p / 10000^(2i/width)), feature 2i+1 is cos(p / 10000^(2i/width)) (Vaswani et al.,
///   "Attention Is All You Need", arXiv 1706.03762, section 3.5). An odd width ends with a sine. That paper also scales
///   embeddings by √width (section 3.4), which is the embedding's business and not done here.
public final class Absolute implements PositionEncoding {

    private static final double BASE = 10000;

    private final Kind kind;
    private final ModelShape shape;

    private Absolute(Kind kind, ModelShape shape) {
        this.kind = kind;
        this.shape = shape;
    }

    @Override
    public Tensor input(Tensor x, Positions at, Scope scope) {
        Axis position = scope.axis("position", shape.length());
        Axis width = new Axis(Axes.WIDTH, shape.width());
        Tensor table = switch (kind) {
            case LEARNED -> scope.parameter("weight", new Initializer.Normal(0, 1), position, width);
            case SINUSOIDAL -> scope.graph().constant(DataType.FLOAT, sinusoids(), position, width);
        };
        return x.add(table.gather(position, at.time()));
    }

    private Values sinusoids() {
        int width = shape.width();
        return Values.compute(shape.length() * width, i -> {
            int feature = i % width;
            int position = i / width;
            double angle = position * StrictMath.pow(BASE, -(double) (feature - feature % 2) / width);
            return feature % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle);
        });
    }

    /// Where the vectors come from.
    public enum Kind {
        /// They are learned.
        LEARNED,
        /// They are sines and cosines of fixed frequencies.
        SINUSOIDAL
    }

    /// The settings.
    ///
    /// @param kind where the vectors come from
    public record Config(@Setting("Whether the vectors are learned or fixed sinusoids.") Kind kind) {}

    /// Makes [Absolute] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "absolute";
        }

        @Override
        public String description() {
            return "A vector for each position, added to the embedding: learned (GPT-2) or sinusoidal (Vaswani et al. 2017).";
        }

        @Override
        public Config defaults() {
            return new Config(Kind.LEARNED);
        }

        @Override
        public Absolute create(Config config, ModelShape shape) {
            return new Absolute(config.kind, shape);
        }
    }
}
