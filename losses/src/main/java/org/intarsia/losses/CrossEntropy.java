package org.intarsia.losses;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The surprise of the target in nats: −ln softmax(logits)ₜ, {time, class} → {time}.
///
/// A model that knows nothing has ln(vocabulary). As PyTorch's `F.cross_entropy` with `reduction='none'`.
///
/// With label smoothing ε the target has the probability 1 − ε + ε/V and each other token ε/V (Szegedy et al., "Rethinking
/// the Inception Architecture for Computer Vision", arXiv 1512.00567, section 7), which is
/// (1 − ε)·CE + ε·mean_c(−ln softmax(logits)_c) = CE + ε·(xₜ − mean x) with the logits x. Evaluations are never smoothed.
public final class CrossEntropy implements Loss {

    private final double smoothing;

    private CrossEntropy(double smoothing) {
        this.smoothing = smoothing;
    }

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        Axis classes = logits.axis(Axes.CLASS);
        Tensor sharp = logits.crossEntropy(classes, targets);
        return smoothing == 0
                ? sharp
                : sharp.add(logits.gather(classes, targets).sub(logits.mean(classes)).mul(smoothing));
    }

    /// The settings.
    ///
    /// @param smoothing the probability that is shared out among all tokens
    public record Config(
            @Setting("Label smoothing: the share of the target's probability that all tokens get alike, from 0 to below 1.") double smoothing) {

        /// Checks the range.
        public Config {
            check(smoothing >= 0 && smoothing < 1, "smoothing", "must be from 0 to below 1, not " + smoothing);
        }
    }

    /// Makes [CrossEntropy].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "cross-entropy";
        }

        @Override
        public String description() {
            return "The negative log-likelihood of the target in nats, with or without label smoothing.";
        }

        @Override
        public Config defaults() {
            return new Config(0);
        }

        @Override
        public CrossEntropy create(Config config, ModelShape shape) {
            return new CrossEntropy(config.smoothing);
        }
    }
}
