package org.intarsia.losses;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The squared distance between the cumulative distributions of the prediction and of the target t, for tokens that are
/// ordered: Σ_k (Σ_{c ≤ k} softmax(logits)_c − [t ≤ k])², {time, class} → {time}.
///
/// Sources: the ranked probability score (Epstein, "A Scoring System for Probability Forecasts of Ranked Categories", 1969);
/// Hou, Yu and Samaras, "Squared Earth Mover's Distance-based Loss", arXiv 1611.05916, with exponent 2. It is a proper
/// score: only the true distribution makes it smallest. Not divided by the number of tokens.
public final class EarthMover implements Loss {

    private EarthMover() {}

    @Override
    public Tensor loss(Tensor logits, Tensor targets, Scope scope) {
        Axis classes = logits.axis(Axes.CLASS);
        Axis threshold = scope.axis("threshold", classes.size());
        Tensor thresholds = logits.graph().index(threshold);
        Tensor below = logits.graph().index(classes).like(thresholds).lessOrEqual(thresholds).convert(DataType.FLOAT);
        Tensor predicted = logits.softmax(classes).contract(classes, below);
        Tensor reached = targets.like(predicted).lessOrEqual(thresholds).convert(DataType.FLOAT);
        return predicted.sub(reached).square().sum(threshold);
    }

    /// There is nothing to set.
    public record Config() {}

    /// Makes [EarthMover].
    public static final class Factory implements LossFactory<Config> {

        @Override
        public String name() {
            return "earth-mover";
        }

        @Override
        public String description() {
            return "The squared distance of the cumulative distributions of prediction and target.";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public EarthMover create(Config config, ModelShape shape) {
            return new EarthMover();
        }
    }
}
