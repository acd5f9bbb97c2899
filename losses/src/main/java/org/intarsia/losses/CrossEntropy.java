package org.intarsia.losses;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The surprise of the target in nats: −ln softmax(logits)ₜ, {time, class} → {time}.
///
/// A model that knows nothing has ln(vocabulary). As PyTorch's `F.cross_entropy` with `reduction='none'`.
public final class CrossEntropy implements Loss {

    private CrossEntropy() {}

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        return logits.crossEntropy(logits.axis(Axes.CLASS), targets);
    }

    /// There is nothing to set.
    public record Config() {}

    /// Makes [CrossEntropy].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "cross-entropy";
        }

        @Override
        public String description() {
            return "The negative log-likelihood of the target in nats.";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public CrossEntropy create(Config config, ModelShape shape) {
            return new CrossEntropy();
        }
    }
}
