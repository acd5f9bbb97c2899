package org.intarsia.runner.training;

import static org.intarsia.api.component.Axes.TIME;

import java.util.Map;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.component.Loss;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.OptimizerSettings;
import org.intarsia.runner.model.Transformer;

/// A training step as one graph: forward, loss, gradients, clipping, update.
///
/// Inputs are the tokens, the targets and the weights, all {batch, time}; outputs are the loss Σ w·ℓ / Σ w and the global
/// norm of its gradient before clipping, both {}.
///
/// @param graph what is compiled
public record TrainingGraph(Graph graph) {

    /// The input with the tokens that the model reads: {batch, time}.
    public static final String TOKENS = "tokens";
    /// The input with the tokens that it is to predict: {batch, time}.
    public static final String TARGETS = "targets";
    /// The input with the weight of each position: {batch, time}.
    public static final String WEIGHTS = "weights";
    /// The output with the weighted mean of the loss: {}.
    public static final String LOSS = "loss";
    /// The output with the norm of all gradients before clipping: {}.
    public static final String GRADIENT_NORM = "gradientNorm";

    static final String BATCH = "batch";

    /// Builds the graph.
    ///
    /// @param seed where the parameters start from
    /// @param batch how many sequences a step reads
    public static TrainingGraph build(Transformer model, Loss loss, OptimizerSettings optimizer, Seed seed, int batch) {
        Graph graph = new Graph();
        Scope scope = graph.scope(seed);
        Axis[] axes = {new Axis(BATCH, batch), new Axis(TIME, model.shape().length())};
        Tensor tokens = graph.input(TOKENS, DataType.INTEGER, axes);
        Tensor targets = graph.input(TARGETS, DataType.INTEGER, axes);
        Tensor weights = graph.input(WEIGHTS, DataType.FLOAT, axes);
        Tensor logits = model.logits(tokens, scope);
        Tensor each = scope.within("loss", s -> loss.loss(logits, targets, s));
        Tensor mean = each.mul(weights).sum(axes).div(weights.sum(axes));
        Map<Tensor, Tensor> gradients = Gradients.of(mean, graph.parameters().values());
        Tensor norm = new AdamW(optimizer).update(graph, gradients);
        graph.output(LOSS, mean);
        graph.output(GRADIENT_NORM, norm);
        return new TrainingGraph(graph);
    }
}
