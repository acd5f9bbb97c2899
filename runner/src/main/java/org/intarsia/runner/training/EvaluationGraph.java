package org.intarsia.runner.training;

import static org.intarsia.api.component.Axes.CLASS;

import org.intarsia.api.component.Loss;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.model.Reading;
import org.intarsia.runner.model.Transformer;

/// What a model says about sequences that it does not train on. The loss is the cross-entropy in nats, whatever the loss
/// of the training is, so that runs with different losses can be compared; a model that gives out a number has no
/// cross-entropy, and the loss is that of its training.
///
/// Inputs are what the model reads and the targets, outputs the loss and the most probable token at each position, all
/// {batch, time}.
///
/// @param graph what is compiled
record EvaluationGraph(Graph graph) {

    static final String TARGETS = TrainingGraph.TARGETS;
    static final String LOSS = TrainingGraph.LOSS;
    static final String PREDICTION = "prediction";

    static EvaluationGraph build(Transformer model, Loss loss, Seed seed, int batch, int length) {
        Graph graph = new Graph();
        Scope scope = graph.scope(seed);
        Reading reading = Reading.declare(graph, model.shape(), batch, length);
        Axis[] axes = Reading.axes(batch, length);
        Tensor targets = graph.input(TARGETS, DataType.INTEGER, axes);
        Tensor predictions = model.predictions(reading.tokens(), reading.at(), scope);
        Tensor logits = model.logits(predictions);
        Axis classes = logits.axis(CLASS);
        graph.output(LOSS, switch (model.output()) {
            case CLASSES -> logits.crossEntropy(classes, targets);
            case NUMBER -> scope.within("loss", s -> loss.loss(predictions, targets, s));
        }, axes);
        graph.output(PREDICTION, logits.argmax(classes), axes);
        return new EvaluationGraph(graph);
    }
}
