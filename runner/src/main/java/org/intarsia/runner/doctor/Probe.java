package org.intarsia.runner.doctor;

import java.util.Arrays;
import java.util.List;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// A training step of a few numbers with the parts that matter: products, a softmax, their gradients, a variable that
/// changes.
final class Probe {

    private static final int STEPS = 3;
    private static final Seed SEED = Seed.of(1);
    private static final Axis ROW = new Axis("row", 17);
    private static final Axis IN = new Axis("in", 8);
    private static final Axis OUT = new Axis("out", 5);
    private static final Axis CHANNEL = new Axis("channel", 3);

    private Probe() {}

    /// Trains for some steps.
    ///
    /// @return the loss of each step and the weights at the end
    static double[] run(Backend backend) {
        double[] weights = new double[OUT.size() * IN.size()];
        double[] losses = new double[STEPS];
        double[] loss = new double[1];
        try (Session session = backend.open()) {
            Executable step = session.compile(graph());
            step.write("x", Values.compute(ROW.size() * IN.size(), i -> Math.sin(i)).toArray());
            for (int i = 0; i < STEPS; i++) {
                step.run();
                step.read("loss", loss);
                losses[i] = loss[0];
            }
            session.read("weight", weights);
        }
        double[] all = Arrays.copyOf(losses, STEPS + weights.length);
        System.arraycopy(weights, 0, all, STEPS, weights.length);
        return all;
    }

    private static Graph graph() {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, ROW, IN);
        Tensor weight = graph.variable("weight", Initializer.linear(IN.size()), SEED.stream("weight"), OUT, IN);
        Tensor values = graph.variable("values", new Initializer.Normal(0, 1), SEED.stream("values"), OUT, CHANNEL);
        Tensor mixed = x.contract(IN, weight).softmax(OUT).contract(OUT, values);
        Tensor loss = mixed.square().mean(ROW, CHANNEL);
        graph.output("loss", loss);
        Gradients.of(loss, List.of(weight))
                .forEach((variable, gradient) -> graph.assign(variable, variable.sub(gradient)));
        return graph;
    }
}
