package org.intarsia.losses;

import org.intarsia.api.component.Axes;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Tensor;

/// How far a token c is from the target t, for tokens that are numbers.
public enum Distance {
    /// |c − t|
    LINEAR,
    /// (c − t)²
    QUADRATIC,
    /// √|c − t|
    SQUARE_ROOT;

    /// Returns the distance of each token from its target.
    ///
    /// @param tokens integers
    /// @param targets integers
    Tensor between(Tensor tokens, Tensor targets) {
        Tensor difference = tokens.sub(targets).abs().convert(DataType.FLOAT);
        return switch (this) {
            case LINEAR -> difference;
            case QUADRATIC -> difference.square();
            case SQUARE_ROOT -> difference.sqrt();
        };
    }

    /// Returns Σ_c softmax(logits)_c · δ(c, t), the distance that is expected of the model: {time, class} → {time}.
    Tensor expected(Tensor logits, Tensor targets) {
        Axis classes = logits.axis(Axes.CLASS);
        Tensor tokens = logits.graph().index(classes).like(logits);
        return logits.softmax(classes).mul(between(tokens, targets)).sum(classes);
    }
}
