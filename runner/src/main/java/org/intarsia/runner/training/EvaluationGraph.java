package org.intarsia.runner.training;

import static org.intarsia.api.component.Axes.CLASS;
import static org.intarsia.api.component.Axes.TIME;

import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.model.Transformer;

/// What a model says about sequences that it does not train on. The loss is the cross-entropy in nats, whatever the loss
/// of the training is, so that runs with different losses can be compared.
///
/// Inputs are the tokens and the targets, outputs the loss and the most probable token at each position, all
/// {batch, time}.
///
/// @param graph what is compiled
record EvaluationGraph(Graph graph) {

    static final String TOKENS = TrainingGraph.TOKENS;
    static final String TARGETS = TrainingGraph.TARGETS;
    static final String LOSS = TrainingGraph.LOSS;
    static final String PREDICTION = "prediction";

    static EvaluationGraph build(Transformer model, Seed seed, int batch) {
        Graph graph = new Graph();
        Axis[] axes = {new Axis(TrainingGraph.BATCH, batch), new Axis(TIME, model.shape().length())};
        Tensor tokens = graph.input(TOKENS, DataType.INTEGER, axes);
        Tensor targets = graph.input(TARGETS, DataType.INTEGER, axes);
        Tensor logits = model.logits(tokens, graph.scope(seed));
        Axis classes = logits.axis(CLASS);
        graph.output(LOSS, logits.crossEntropy(classes, targets), axes);
        graph.output(PREDICTION, logits.argmax(classes), axes);
        return new EvaluationGraph(graph);
    }
}
