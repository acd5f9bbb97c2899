package org.intarsia.embeddings;

import org.intarsia.api.component.Axes;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The learned linear map from fixed features to the model's width: y = W·x + b, {feature} → {width}, with `weight`
/// {width, feature} and `bias` {width} as in PyTorch's `nn.Linear`, both uniform on ±1/√feature at the start.
record Projection(int width) {

    Tensor project(Tensor features, Axis feature, Scope scope) {
        Axis wide = new Axis(Axes.WIDTH, width);
        Initializer start = Initializer.linear(feature.size());
        Tensor weight = scope.parameter("weight", start, wide, feature);
        Tensor bias = scope.parameter("bias", start, wide);
        return features.contract(feature, weight).add(bias);
    }
}
