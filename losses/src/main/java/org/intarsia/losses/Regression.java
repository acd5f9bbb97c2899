package org.intarsia.losses;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The error of a model that gives out the next token as a number y, for tokens that are numbers: e = y − t for the target t,
/// {time} → {time}.
///
/// - squared: e², as PyTorch's `F.mse_loss`;
/// - Huber: ½e² up to |e| = δ, δ(|e| − ½δ) beyond, as PyTorch's `F.huber_loss` (Huber, "Robust Estimation of a Location
///   Parameter", 1964).
///
/// Errors are in tokens. A prediction is the nearest token. Such a model has no cross-entropy: its losses compare with those
/// of other regressions only, its accuracies and distances with everybody's.
public final class Regression implements Loss {

    private final Config config;

    private Regression(Config config) {
        this.config = config;
    }

    @Override
    public Output output() {
        return Output.NUMBER;
    }

    @Override
    public Tensor loss(Tensor numbers, Tensor targets, Scope scope) {
        Tensor error = numbers.sub(targets.convert(DataType.FLOAT));
        return switch (config.penalty) {
            case SQUARED -> error.square();
            case HUBER -> {
                Tensor size = error.abs();
                Tensor near = size.minimum(size.graph().constant(config.delta));
                yield near.mul(size.sub(near.mul(0.5)));
            }
        };
    }

    /// What is made of an error e.
    public enum Penalty {
        /// e²
        SQUARED,
        /// ½e² near 0, then linear
        HUBER
    }

    /// The settings.
    ///
    /// @param penalty what is made of an error
    /// @param delta from where on Huber's loss is linear
    public record Config(
            @Setting("What is made of an error: its square, or Huber's loss, which is linear from delta on.") Penalty penalty,
            @Setting("The error in tokens from which on Huber's loss is linear, above 0.") double delta) {

        private static final double USUAL = 1;

        /// Checks the range, and that delta is not given in vain.
        public Config {
            check(delta > 0 && delta < Double.POSITIVE_INFINITY, "delta", "must be a number above 0, not " + delta);
            check(penalty == Penalty.HUBER || delta == USUAL, "delta",
                    "has no effect where penalty is squared: leave it out, or set penalty to huber");
        }
    }

    /// Makes [Regression].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "regression";
        }

        @Override
        public String description() {
            return "The error of a model that gives out the next token as one number.";
        }

        @Override
        public Config defaults() {
            return new Config(Penalty.SQUARED, Config.USUAL);
        }

        @Override
        public Regression create(Config config, ModelShape shape) {
            return new Regression(config);
        }
    }
}
