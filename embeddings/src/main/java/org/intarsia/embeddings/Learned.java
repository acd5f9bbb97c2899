package org.intarsia.embeddings;

import java.util.stream.IntStream;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// One learned vector for each token: row t of `weight`, {time} → {time, width}.
///
/// The table `weight` {token, width} starts as [Start] says. Source: Bengio, Ducharme, Vincent and Jauvin, "A Neural
/// Probabilistic Language Model", JMLR 3 (2003), section 2, the mapping C.
public final class Learned implements Embedding {

    private static final double ROOT_2 = Math.sqrt(2);

    private final Start start;
    private final ModelShape shape;

    private Learned(Start start, ModelShape shape) {
        this.start = start;
        this.shape = shape;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        Axis token = scope.axis("token", shape.vocabulary());
        Axis width = new Axis(Axes.WIDTH, shape.width());
        return scope.parameter("weight", initializer(), token, width).gather(token, tokens);
    }

    private Initializer initializer() {
        return switch (start) {
            case RANDOM -> new Initializer.Normal(0, 1);
            case FREQUENCY -> given(this::wave);
            case NUMBER_THEORETIC -> {
                int[] primes = primes(Math.ceilDiv(shape.width(), 3));
                yield given((token, i) -> residue(token, primes[i / 3], i % 3));
            }
        };
    }

    private Initializer given(Features.Function function) {
        int width = shape.width();
        return new Initializer.Given(
                Values.compute(shape.vocabulary() * width, i -> function.of(i / width, i % width)));
    }

    private double wave(int token, int i) {
        double angle = token * StrictMath.pow(10000, -(double) (i - i % 2) / shape.width());
        return ROOT_2 * (i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
    }

    private static double residue(int token, int prime, int kind) {
        double angle = 2 * Math.PI * (token % prime) / prime;
        return switch (kind) {
            case 0 -> ROOT_2 * StrictMath.cos(angle);
            case 1 -> ROOT_2 * StrictMath.sin(angle);
            default -> (token % prime == 0 ? prime - 1 : -1) / Math.sqrt(prime - 1);
        };
    }

    private static int[] primes(int count) {
        return IntStream.iterate(2, n -> n + 1)
                .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0)).limit(count)
                .toArray();
    }

    /// What the vectors are before training; they are learned from there.
    public enum Start {
        /// N(0, 1), as PyTorch's `nn.Embedding`.
        RANDOM,
        /// √2·sin(t/10000^(2i/width)) and √2·cos of the same at features 2i and 2i + 1 of token t: the sinusoids of Vaswani et al.
        /// (arXiv 1706.03762, section 3.5), of the token instead of the position.
        FREQUENCY,
        /// At features 3k, 3k + 1, 3k + 2 of token t, with m the k-th prime from 2 on: √2·cos(2πt/m), √2·sin(2πt/m), and whether m
        /// divides t, as √(m − 1) or −1/√(m − 1). Over all residues each has mean 0 and variance 1 (but cos and sin of m = 2,
        /// which have 2 and 0).
        NUMBER_THEORETIC
    }

    /// The settings.
    ///
    /// @param start what the vectors are before training
    public record Config(
            @Setting("What the vectors are before training: random, sinusoids of the token, or its residues modulo primes.") Start start) {}

    /// Makes [Learned] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "learned";
        }

        @Override
        public String description() {
            return "One learned vector for each token (Bengio et al. 2003; PyTorch's nn.Embedding).";
        }

        @Override
        public Config defaults() {
            return new Config(Start.RANDOM);
        }

        @Override
        public Learned create(Config config, ModelShape shape) {
            return new Learned(config.start, shape);
        }
    }
}
