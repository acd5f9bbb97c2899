package org.intarsia.runner.training;

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
import org.intarsia.runner.model.Reading;
import org.intarsia.runner.model.Transformer;

/// A training step as one graph: forward, loss, gradients, clipping, update.
///
/// Inputs are the tokens, the targets and the weights, all {batch, time}; outputs are the loss Σ w·ℓ / Σ w and the global
/// norm of its gradient before clipping, both {}.
///
/// @param graph what is compiled
public record TrainingGraph(Graph graph) {

    /// The input with the tokens that the model reads: {batch, time}.
    public static final String TOKENS = Reading.TOKENS;
    /// The input with the tokens that it is to predict: {batch, time}.
    public static final String TARGETS = "targets";
    /// The input with the weight of each position: {batch, time}.
    public static final String WEIGHTS = "weights";
    /// The output with the weighted mean of the loss: {}.
    public static final String LOSS = "loss";
    /// The output with the norm of all gradients before clipping: {}.
    public static final String GRADIENT_NORM = "gradientNorm";

    /// Builds the graph.
    ///
    /// @param seed where the parameters start from
    /// @param batch how many sequences a step reads
    /// @param length how many tokens of each
    public static TrainingGraph build(Transformer model, Loss loss, OptimizerSettings optimizer, Seed seed, int batch,
            int length) {
        Graph graph = new Graph();
        Reading reading = Reading.declare(graph, model.shape(), batch, length);
        Axis[] axes = Reading.axes(batch, length);
        Tensor targets = graph.input(TARGETS, DataType.INTEGER, axes);
        Tensor weights = graph.input(WEIGHTS, DataType.FLOAT, axes);
        AdamW adamW = new AdamW(optimizer, graph);
        Scope scope = graph.scope(seed, adamW.taken().convert(DataType.INTEGER));
        Tensor predictions = model.predictions(reading.tokens(), reading.at(), scope);
        Tensor each = scope.within("loss", s -> loss.loss(predictions, targets, s));
        Tensor mean = each.mul(weights).sum(axes).div(weights.sum(axes));
        Map<Tensor, Tensor> gradients = Gradients.of(mean, graph.parameters().values());
        Tensor norm = adamW.update(gradients);
        graph.output(LOSS, mean);
        graph.output(GRADIENT_NORM, norm);
        return new TrainingGraph(graph);
    }
}
