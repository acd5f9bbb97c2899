package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.function.DoubleUnaryOperator;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Rotary position encoding: pairs of channels of queries and keys are turned by an angle that grows with the position, so
/// that their product depends on the distance alone (Su et al., "RoFormer", arXiv 2104.09864, equations 14, 15 and 34).
///
/// With r channels turned, pairs p = 0 … r/2 − 1 and θₚ = base^(−2p/r), at position m
///
/// ```text
/// (a, b) ↦ (a·cos mθₚ − b·sin mθₚ, b·cos mθₚ + a·sin mθₚ)
/// ```
///
/// {head, query, channel} → the same axes, and likewise for keys; values are never turned. There are no parameters. The
/// channels of a pair are chosen by [Pairing]; only the first `fraction` of the channels is turned, the rest passes
/// (as in GPT-NeoX; the paper turns all).
public final class Rope implements PositionEncoding {

    private final Config config;
    private final int length;
    private final int channels;
    private final int turned;

    private Rope(Config config, ModelShape shape) {
        this.config = config;
        this.length = shape.length();
        this.channels = shape.channels();
        this.turned = config.turned(shape.channels());
    }

    @Override
    public Tensor rotate(Tensor queriesOrKeys, Positions.Role role, Positions at, Scope scope) {
        Tensor first = turn(queriesOrKeys.slice(Axes.CHANNEL, 0, turned), at.of(role), scope);
        if (turned == channels) {
            return first;
        }
        Tensor rest = queriesOrKeys.slice(Axes.CHANNEL, turned, channels - turned);
        return Tensor.concatenate(Axes.CHANNEL, first, rest);
    }

    private Tensor turn(Tensor x, Tensor positions, Scope scope) {
        Axis pair = scope.axis("pair", turned / 2);
        Axis side = scope.axis("side", 2);
        Axis outer = config.pairing == Pairing.INTERLEAVED ? pair : side;
        Axis inner = config.pairing == Pairing.INTERLEAVED ? side : pair;
        Tensor pairs = x.split(Axes.CHANNEL, outer, inner);
        Tensor a = pairs.slice(side.name(), 0, 1);
        Tensor b = pairs.slice(side.name(), 1, 1);
        Tensor cos = table(StrictMath::cos, pair, positions, scope);
        Tensor sin = table(StrictMath::sin, pair, positions, scope);
        Tensor turnedPairs = Tensor.concatenate(side.name(), a.mul(cos).sub(b.mul(sin)), b.mul(cos).add(a.mul(sin)));
        return turnedPairs.merge(outer.name(), inner.name(), Axes.CHANNEL);
    }

    /// Returns a function of the angle of each position and pair.
    private Tensor table(DoubleUnaryOperator function, Axis pair, Tensor positions, Scope scope) {
        Axis position = scope.axis("position", length);
        Values values = Values.compute(length * pair.size(), i -> {
            int row = i / pair.size();
            double frequency = StrictMath.pow(config.base, -2.0 * (i % pair.size()) / turned);
            return function.applyAsDouble(row * frequency);
        });
        return scope.graph().constant(DataType.FLOAT, values, position, pair).gather(position, positions);
    }

    /// Which channels form a pair. The two differ by a fixed permutation of the channels.
    public enum Pairing {
        /// 2p and 2p + 1: RoFormer, GPT-J, Llama.
        INTERLEAVED,
        /// p and p + r/2: GPT-NeoX, Hugging Face.
        HALF
    }

    /// The settings.
    ///
    /// @param base what the frequencies are powers of
    /// @param pairing which channels form a pair
    /// @param fraction the share of each head's channels that is turned
    public record Config(
            @Setting("What the frequencies are powers of, above 1: greater values turn more slowly.") double base,
            @Setting("Which channels form a pair: neighbours, or one of each half.") Pairing pairing,
            @Setting("The share of each head's channels that is turned, above 0 and at most 1, rounded down to whole channels.") double fraction) {

        /// Absorbs that 0.7 of 10 channels are not quite 7 in binary.
        private static final double ROUNDING = 1e-9;

        /// Checks the ranges.
        public Config {
            check(base > 1 && base < Double.POSITIVE_INFINITY, "base", "must be a number above 1, not " + base);
            check(fraction > 0 && fraction <= 1, "fraction", "must be above 0 and at most 1, not " + fraction);
        }

        /// Returns how many channels of a head are turned.
        private int turned(int channels) {
            return (int) Math.floor(fraction * channels + ROUNDING);
        }
    }

    /// Makes [Rope] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "rope";
        }

        @Override
        public String description() {
            return "Rotary encoding: pairs of query and key channels turn with the position (RoFormer, Su et al. 2021).";
        }

        @Override
        public Config defaults() {
            return new Config(10000, Pairing.INTERLEAVED, 1);
        }

        @Override
        public Rope create(Config config, ModelShape shape) {
            int channels = shape.channels();
            int turned = config.turned(channels);
            String head =
                    "width " + shape.width() + " with " + shape.heads() + (shape.heads() == 1 ? " head" : " heads")
                            + " gives " + channels + (channels == 1 ? " channel" : " channels") + " per head";
            check(channels >= 2, "fraction",
                    "finds no pair of channels to turn: " + head + "; rope needs a width of at least "
                            + 2 * shape.heads() + ", or fewer heads");
            check(turned >= 2 && turned % 2 == 0, "fraction",
                    "must give an even number of channels from 2 on, not " + turned
                            + ": " + head + "; " + suggestion(turned, channels) + " fits");
            return new Rope(config, shape);
        }

        /// Returns the fraction nearest above or else below that turns whole pairs.
        private static String suggestion(int turned, int channels) {
            int even = turned + 1 <= channels && turned % 2 == 1 ? turned + 1 : Math.max(2, turned - turned % 2);
            double fraction = Math.ceil(1000.0 * even / channels) / 1000;
            return even == channels ? "1" : Double.toString(fraction);
        }
    }
}
