package org.intarsia.runner.model;

import static org.intarsia.api.component.Axes.CHANNEL;
import static org.intarsia.api.component.Axes.CLASS;
import static org.intarsia.api.component.Axes.HEAD;
import static org.intarsia.api.component.Axes.KEY;
import static org.intarsia.api.component.Axes.QUERY;
import static org.intarsia.api.component.Axes.TIME;
import static org.intarsia.api.component.Axes.WIDTH;

import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The decoder transformer of GPT-2 and makemore: layer norm before each part, GELU in its tanh form, a final layer norm,
/// and a head of its own without bias. Parameters have makemore's names and the axes of PyTorch's files, and start as
/// PyTorch starts them.
///
/// Sources: Radford et al., "Language Models are Unsupervised Multitask Learners" (2019), section 2.3; makemore,
/// `makemore.py`, class `Transformer`. Where a position encoding may act is said by [PositionEncoding].
///
/// @param shape the sizes
/// @param embedding how tokens become vectors
/// @param position how the order of the tokens is known
/// @param output what is given out at each position
public record Transformer(ModelShape shape, Embedding embedding, PositionEncoding position, Loss.Output output) {

    private static final double EPSILON = 1e-5;

    /// Predicts at each position the token that follows: {time} → {time, class}, or {time} if the output is a number.
    ///
    /// A number is the head's only row times the greatest token, so that the head gives a share of it, as `tuple` embeds one.
    ///
    /// @param tokens integers {time}
    /// @param at where they stand
    /// @param scope where the parameters are declared, the outermost one for makemore's names
    public Tensor predictions(Tensor tokens, Positions at, Scope scope) {
        Tensor embedded = scope.within("transformer.wte", s -> embedding.embed(tokens, at, s));
        Tensor x = scope.within("transformer.wpe", s -> position.input(embedded, at, s));
        for (int layer = 0; layer < shape.layers(); layer++) {
            Tensor before = x;
            x = scope.within("transformer.h." + layer, s -> block(before, at, s));
        }
        Tensor last = norm(x, "transformer.ln_f", scope);
        return switch (output) {
            case CLASSES -> head(last, new Axis(CLASS, shape.vocabulary()), scope);
            case NUMBER -> {
                Axis number = new Axis("number", 1);
                yield head(last, number, scope).sum(number).mul(shape.vocabulary() - 1);
            }
        };
    }

    /// Returns how much a prediction speaks for each token, {time, class}: logits as they are, and for a number y the token
    /// c has −|c − y|, so that the nearest one is the most probable.
    public Tensor logits(Tensor predictions) {
        return switch (output) {
            case CLASSES -> predictions;
            case NUMBER -> {
                Tensor tokens = predictions.graph().index(new Axis(CLASS, shape.vocabulary()));
                yield tokens.convert(DataType.FLOAT).like(predictions).sub(predictions).abs().neg();
            }
        };
    }

    private static Tensor head(Tensor x, Axis out, Scope scope) {
        Axis width = x.axis(WIDTH);
        return x.contract(width, scope.within("lm_head", s -> weight(s, out, width)));
    }

    private Tensor block(Tensor x, Positions at, Scope scope) {
        Tensor first = norm(x, "ln_1", scope);
        Tensor attended = x.add(scope.within("attn", s -> attention(first, at, s)));
        Tensor second = norm(attended, "ln_2", scope);
        return attended.add(scope.within("mlp", s -> feedForward(second, s)));
    }

    /// Σₖ softmaxₖ(q·k / √channel) vₖ over the keys k that are not after the query, for each head.
    private Tensor attention(Tensor x, Positions at, Scope scope) {
        Axis width = x.axis(WIDTH);
        Axis head = new Axis(HEAD, shape.heads());
        Axis channel = new Axis(CHANNEL, shape.channels());
        Axis key = x.axis(TIME).named(KEY);
        List<Tensor> parts = scope.within("c_attn", s -> {
            Axis rows = new Axis("rows", 3 * width.size());
            Tensor weight = weight(s, rows, width);
            Tensor bias = bias(s, rows, width);
            return IntStream.range(0, 3).mapToObj(part -> x
                    .contract(width, heads(weight, part, head, channel)).add(heads(bias, part, head, channel)))
                    .toList();
        });
        Tensor values = parts.get(2).rename(TIME, KEY);
        Tensor mixed = scope.within("position", s -> {
            Tensor queries = position.rotate(parts.get(0).rename(TIME, QUERY), Positions.Role.QUERY, at, s)
                    .mul(1 / Math.sqrt(channel.size()));
            Tensor keys = position.rotate(parts.get(1).rename(TIME, KEY), Positions.Role.KEY, at, s);
            Tensor scores = position.scores(queries.contract(channel, keys), queries, keys, at, s);
            Positions order = Positions.first(s.graph(), key.size());
            Tensor causal = order.key().like(order.query()).lessOrEqual(order.query());
            Tensor weights = causal.select(scores, s.graph().constant(Double.NEGATIVE_INFINITY)).softmax(key);
            return position.values(weights.contract(key, values), weights, at, s).rename(QUERY, TIME);
        });
        return scope.within("c_proj", s -> {
            Axis in = width.named("in");
            Tensor weight = weight(s, width, in).split("in", head, channel);
            return mixed.contract(List.of(head, channel), weight).add(bias(s, width, in));
        });
    }

    /// gelu(x·A + a)·B + b
    private Tensor feedForward(Tensor x, Scope scope) {
        Axis width = x.axis(WIDTH);
        Axis hidden = new Axis("hidden", shape.feedForward());
        Tensor inner = scope.within("c_fc", s -> x
                .contract(width, weight(s, hidden, width)).add(bias(s, hidden, width)));
        return scope.within("c_proj", s -> inner.gelu()
                .contract(hidden, weight(s, width, hidden)).add(bias(s, width, hidden)));
    }

    private static Tensor norm(Tensor x, String name, Scope scope) {
        Axis width = x.axis(WIDTH);
        return scope.within(name, s -> x.layerNorm(width, EPSILON)
                .mul(s.parameter("weight", Initializer.ones(), width))
                .add(s.parameter("bias", Initializer.zeros(), width)));
    }

    private static Tensor weight(Scope scope, Axis out, Axis in) {
        return scope.parameter("weight", Initializer.linear(in.size()), out, in);
    }

    private static Tensor bias(Scope scope, Axis out, Axis in) {
        return scope.parameter("bias", Initializer.linear(in.size()), out);
    }

    /// Queries, keys and values are the thirds of one parameter, each head by head.
    private static Tensor heads(Tensor rows, int part, Axis head, Axis channel) {
        int size = head.size() * channel.size();
        return rows.slice("rows", part * size, size).split("rows", head, channel);
    }
}
