package org.intarsia.losses;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// (1 − p)^γ · CE with p = softmax(logits)ₜ, {time, class} → {time}: targets that are predicted well count less (Lin et al.,
/// "Focal Loss for Dense Object Detection", arXiv 1708.02002, equation 4, without the weights of classes).
///
/// 1 − p is kept above 10⁻¹², where the loss is 0 for every practical purpose, so that its logarithm has a gradient.
public final class Focal implements Loss {

    private static final double LEAST = 1e-12;

    private final Config config;

    private Focal(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        Tensor surprise = logits.crossEntropy(logits.axis(Axes.CLASS), targets);
        Tensor missing = surprise.neg().exp().neg().add(1).maximum(logits.graph().constant(LEAST));
        return missing.log().mul(config.gamma).exp().mul(surprise);
    }

    /// The settings.
    ///
    /// @param gamma how much less a good prediction counts
    public record Config(
            @Setting("How much less good predictions count, from 0 on; 0 is cross-entropy.") double gamma) {

        /// Checks the range.
        public Config {
            check(gamma >= 0 && gamma < Double.POSITIVE_INFINITY, "gamma", "must be a number from 0 on, not " + gamma);
        }
    }

    /// Makes [Focal].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "focal";
        }

        @Override
        public String description() {
            return "Cross-entropy in which targets that are predicted well count less (Lin et al. 2017).";
        }

        @Override
        public Config defaults() {
            return new Config(2);
        }

        @Override
        public Focal create(Config config, ModelShape shape) {
            return new Focal(config);
        }
    }
}
