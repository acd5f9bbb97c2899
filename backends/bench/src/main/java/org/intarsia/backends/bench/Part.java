package org.intarsia.backends.bench;

import java.util.Map;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The smallest models that train: each is one part of a transformer between an input and a loss.
public enum Part {

    /// A linear layer onto as many classes as the width, softmax and cross-entropy.
    LINEAR {
        @Override
        Tensor loss(Tensor x, Axis width, Scope scope) {
            Axis classes = width.named("class");
            Tensor targets = scope.graph().input(TARGETS, DataType.INTEGER, x.axis(BATCH), x.axis(TIME));
            return linear(x, width, classes, "head", scope).crossEntropy(classes, targets);
        }
    },

    /// A layer norm with its scale and shift.
    NORM {
        @Override
        Tensor loss(Tensor x, Axis width, Scope scope) {
            Tensor scale = scope.parameter("scale", Initializer.ones(), width);
            Tensor shift = scope.parameter("shift", Initializer.zeros(), width);
            return x.layerNorm(width, 1e-5).mul(scale).add(shift).square();
        }
    },

    /// One head of causal attention with its three linear layers.
    ATTENTION {
        @Override
        Tensor loss(Tensor x, Axis width, Scope scope) {
            Axis channel = width.named("channel");
            Axis key = x.axis(TIME).named("key");
            Tensor queries = linear(x, width, channel, "queries", scope).rename(TIME, "query");
            Tensor keys = linear(x, width, channel, "keys", scope).rename(TIME, "key");
            Tensor values = linear(x, width, channel, "values", scope).rename(TIME, "key");
            Tensor scores = queries.contract(channel, keys).mul(1 / Math.sqrt(channel.size()));
            Tensor at = scope.graph().index(key.named("query"));
            Tensor past = scope.graph().index(key).like(at).lessOrEqual(at);
            Tensor never = scope.graph().constant(Double.NEGATIVE_INFINITY);
            return past.select(scores, never).softmax(key).contract(key, values).square();
        }
    };

    /// The input with random features: {batch, time, width}.
    static final String FEATURES = "features";
    /// The input of [#LINEAR] with the classes to predict: {batch, time}.
    static final String TARGETS = "targets";
    /// The output with the mean of the loss: {}.
    static final String LOSS = "loss";

    private static final String BATCH = "batch";
    private static final String TIME = "time";
    private static final double RATE = 0.01;

    /// Returns a loss of any axes.
    abstract Tensor loss(Tensor x, Axis width, Scope scope);

    /// Returns a whole step as a graph: forward, backward, gradient descent.
    Graph step(int batch, int time, int width) {
        Graph graph = new Graph();
        Axis features = new Axis("width", width);
        Tensor x = graph.input(FEATURES, DataType.FLOAT, new Axis(BATCH, batch), new Axis(TIME, time), features);
        Tensor each = loss(x, features, graph.scope(Seed.of(1)));
        Tensor mean = each.mean(each.axes().toArray(Axis[]::new));
        Map<Tensor, Tensor> gradients = Gradients.of(mean, graph.parameters().values());
        gradients.forEach((parameter, gradient) -> graph.assign(parameter, parameter.sub(gradient.mul(RATE))));
        graph.output(LOSS, mean);
        return graph;
    }

    private static Tensor linear(Tensor x, Axis in, Axis out, String name, Scope scope) {
        return scope.within(name, s -> x.contract(in, s.parameter("weight", Initializer.linear(in.size()), out, in))
                .add(s.parameter("bias", Initializer.zeros(), out)));
    }
}
