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

/// Cross-entropy that grows with the numerical distance of the prediction from the target t:
/// CE(logits, t) · (1 + α·d), {time, class} → {time}, for tokens that are numbers.
///
/// With c a token and δ(c, t) one of [Distance]:
/// - of the most likely token, the published definition: d = δ(argmax logits, t), the smallest of equals. It is a constant
///   weight: no gradient flows through it.
/// - expected: d = Σ_c softmax(logits)_c · δ(c, t), which carries a gradient of its own.
public final class DistanceWeighted implements Loss {

    private final Config config;

    private DistanceWeighted(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        Axis classes = logits.axis(Axes.CLASS);
        Tensor distance = switch (config.of) {
            case ARGMAX -> config.distance.between(logits.argmax(classes), targets);
            case EXPECTED -> config.distance.expected(logits, targets);
        };
        return logits.crossEntropy(classes, targets).mul(distance.mul(config.alpha).add(1));
    }

    /// Whose distance counts.
    public enum Of {
        /// The most likely token's.
        ARGMAX,
        /// The mean over all tokens, each as likely as the model says.
        EXPECTED
    }

    /// The settings.
    ///
    /// @param distance how far a token is from the target
    /// @param alpha how much a distance of 1 adds
    /// @param of whose distance counts
    public record Config(
            @Setting("How far a token c is from the target t: |c - t|, its square or its square root.") Distance distance,
            @Setting("How much a distance of 1 adds to the weight, from 0 on.") double alpha,
            @Setting("Whose distance counts: the most likely token's (as published; no gradient flows through the weight) or the expected one (with a gradient).") Of of) {

        /// Checks the range.
        public Config {
            check(alpha >= 0 && alpha < Double.POSITIVE_INFINITY, "alpha", "must be a number from 0 on, not " + alpha);
        }
    }

    /// Makes [DistanceWeighted] losses.
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "distance-weighted";
        }

        @Override
        public String description() {
            return "Cross-entropy times 1 + alpha times the numerical distance of the prediction from the target.";
        }

        @Override
        public Config defaults() {
            return new Config(Distance.LINEAR, 0.1, Of.ARGMAX);
        }

        @Override
        public DistanceWeighted create(Config config, ModelShape shape) {
            return new DistanceWeighted(config);
        }
    }
}
