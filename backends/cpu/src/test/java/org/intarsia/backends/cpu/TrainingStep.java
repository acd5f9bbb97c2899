package org.intarsia.backends.cpu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// One step of training a transformer of one layer, as a runner would write it: embedding, attention with a causal mask,
/// a wide layer with GELU and dropout, cross-entropy, gradients, clipping, and momentum.
final class TrainingStep {

    private static final Seed SEED = Seed.of(11);
    private static final int SYMBOLS = 11;

    private final Axis batch;
    private final Axis time;
    private final Axis width;
    private final Axis symbols = new Axis("symbol", SYMBOLS);
    private final Graph graph = new Graph();

    /// Writes the step; the width is a multiple of 2.
    TrainingStep(int batch, int time, int width) {
        this.batch = new Axis("batch", batch);
        this.time = new Axis("time", time);
        this.width = new Axis("width", width);
        Tensor tokens = graph.input("tokens", DataType.INTEGER, this.batch, this.time);
        Tensor targets = graph.input("targets", DataType.INTEGER, this.batch, this.time);
        Tensor counter = graph.input("counter", DataType.INTEGER);
        Tensor logits = model(graph.scope(SEED), tokens, counter);
        Tensor loss = logits.crossEntropy(symbols, targets).mean(this.batch, this.time);
        graph.output("loss", loss);
        update(loss);
    }

    /// Returns the step.
    Graph graph() {
        return graph;
    }

    /// Writes the inputs of a step.
    void feed(Executable executable, int step) {
        double[] tokens = new double[batch.size() * time.size()];
        double[] targets = new double[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (i * 7 + step * 3 + i / time.size()) % SYMBOLS;
            targets[i] = (i * 7 + step * 3 + 1) % SYMBOLS;
        }
        executable.write("tokens", tokens);
        executable.write("targets", targets);
        executable.write("counter", new double[] {step});
    }

    /// Returns the loss and all variables, as bits.
    List<Long> bits(Session session, Executable executable) {
        List<Long> bits = new ArrayList<>();
        double[] loss = new double[1];
        executable.read("loss", loss);
        bits.add(Double.doubleToRawLongBits(loss[0]));
        graph.variables().forEach((name, variable) -> {
            double[] values = new double[variable.count()];
            session.read(name, values);
            for (double value : values) {
                bits.add(Double.doubleToRawLongBits(value));
            }
        });
        return bits;
    }

    private Tensor model(Scope scope, Tensor tokens, Tensor counter) {
        Tensor x = scope.parameter("embedding", new Initializer.Normal(0, 1), symbols, width).gather(symbols, tokens);
        x = x.add(scope.parameter("position", new Initializer.Normal(0, 0.1), time, width));
        x = x.add(attention(scope, norm(scope, "first norm", x)));
        Axis wide = new Axis("wide", 2 * width.size());
        Tensor h = linear(scope, "up", norm(scope, "second norm", x), width, wide).gelu();
        Tensor kept = graph.random(SEED.stream("dropout"), counter, batch, time, wide)
                .less(graph.constant(0.9).expand(batch, time, wide)).convert(DataType.FLOAT);
        x = x.add(linear(scope, "down", h.mul(kept), wide, width));
        return linear(scope, "head", x, width, symbols);
    }

    private Tensor attention(Scope scope, Tensor x) {
        Axis head = new Axis("head", 2);
        Axis channel = new Axis("channel", width.size() / 2);
        Axis query = time.named("query");
        Axis key = time.named("key");
        Axis all = new Axis("all", width.size());
        Tensor queries = linear(scope, "queries", x, width, all).split("all", head, channel).rename("time", "query");
        Tensor keys = linear(scope, "keys", x, width, all).split("all", head, channel).rename("time", "key");
        Tensor values = linear(scope, "values", x, width, all).split("all", head, channel).rename("time", "key");
        Tensor scores = queries.contract(channel, keys).mul(1 / Math.sqrt(channel.size()));
        Tensor before = graph.index(key).expand(query).lessOrEqual(graph.index(query).expand(key));
        Tensor weights = before.select(scores, graph.constant(-1e30)).softmax(key);
        Tensor mixed = weights.contract(key, values).merge("head", "channel", "all").rename("query", "time");
        return linear(scope, "mix", mixed, all, width);
    }

    private static Tensor linear(Scope scope, String name, Tensor x, Axis in, Axis out) {
        Axis to = out.named("to");
        Tensor weight = scope.parameter(name + ".weight", Initializer.linear(in.size()), to, in);
        Tensor bias = scope.parameter(name + ".bias", Initializer.zeros(), to);
        return x.contract(in, weight).add(bias).rename("to", out.name());
    }

    private Tensor norm(Scope scope, String name, Tensor x) {
        return x.layerNorm(width, 1e-5).mul(scope.parameter(name, Initializer.ones(), width));
    }

    private void update(Tensor loss) {
        Map<String, Tensor> parameters = new LinkedHashMap<>(graph.parameters());
        Map<Tensor, Tensor> gradients = Gradients.of(loss, parameters.values());
        Tensor square = graph.constant(0);
        for (Tensor gradient : gradients.values()) {
            square = square.add(gradient.square().sum(gradient.axes()));
        }
        Tensor scale = square.add(1e-6).sqrt().reciprocal().minimum(graph.constant(1));
        parameters.forEach((name, parameter) -> {
            Axis[] axes = parameter.axes().toArray(Axis[]::new);
            Tensor momentum = graph.variable("momentum of " + name, Initializer.zeros(), SEED, axes);
            Tensor moved = momentum.mul(0.9).add(Objects.requireNonNull(gradients.get(parameter)).mul(scale));
            graph.assign(momentum, moved);
            graph.assign(parameter, parameter.sub(moved.mul(0.05)));
        });
    }
}
