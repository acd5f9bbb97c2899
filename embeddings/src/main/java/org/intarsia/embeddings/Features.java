package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Fixed numbers that describe each token, looked up in a constant table, {time} → {time, width}; either they are the vector,
/// or a learned linear map to the model's width follows.
///
/// @param name of their axis
/// @param count how many there are
/// @param projection whether the map follows
/// @param shape of the model
record Features(String name, int count, boolean projection, ModelShape shape) {

    /// Tells feature i of a token.
    @FunctionalInterface
    interface Function {
        double of(int token, int i);
    }

    /// Checks that the width is the number of features where no map follows.
    Features {
        check(projection || shape.width() == count, "projection",
                "must be true where the width is not the number of features: the width is " + shape.width()
                        + ", the features are " + count + "; without a projection, set the width to " + count);
    }

    Tensor embed(Tensor tokens, Function function, Scope scope) {
        Axis token = scope.axis("token", shape.vocabulary());
        Axis feature = axis(scope);
        Values values = Values.compute(token.size() * count, i -> function.of(i / count, i % count));
        return project(scope.graph().constant(DataType.FLOAT, values, token, feature).gather(token, tokens), scope);
    }

    /// Returns the axis of the features: the model's width if they are its input.
    Axis axis(Scope scope) {
        return projection ? scope.axis(name, count) : new Axis(Axes.WIDTH, count);
    }

    /// Maps features to the width, if a map follows.
    Tensor project(Tensor features, Scope scope) {
        return projection ? new Projection(shape.width()).project(features, axis(scope), scope) : features;
    }
}
