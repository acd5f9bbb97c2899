package org.intarsia.losses;

import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// How far the model is expected to be from the target t, for tokens that are numbers: Σ_c softmax(logits)_c · δ(c, t) with δ
/// one of [Distance], {time, class} → {time}.
///
/// With |c − t| it is the earth mover's distance of the prediction from the target, and the best prediction is all on the
/// median; with the square, on the mean. It says nothing of how sure the model should be, so its cross-entropy may be great.
public final class ExpectedDistance implements Loss {

    private final Config config;

    private ExpectedDistance(Config config) {
        this.config = config;
    }

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        return config.distance.expected(logits, targets);
    }

    /// The settings.
    ///
    /// @param distance how far a token is from the target
    public record Config(
            @Setting("How far a token c is from the target t: |c - t|, its square or its square root.") Distance distance) {}

    /// Makes [ExpectedDistance].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "expected-distance";
        }

        @Override
        public String description() {
            return "How far the model is expected to be from the target, as a number.";
        }

        @Override
        public Config defaults() {
            return new Config(Distance.LINEAR);
        }

        @Override
        public ExpectedDistance create(Config config, ModelShape shape) {
            return new ExpectedDistance(config);
        }
    }
}
