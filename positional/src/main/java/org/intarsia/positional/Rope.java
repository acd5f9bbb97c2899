package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.ArrayList;
import java.util.List;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
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
///
/// - [Scaling] slows the turning down for longer sequences.
/// - xpos: queries are also multiplied by ζₚ^((m − c)/512) and keys by its inverse, with ζₚ = (2p + 0.4r)/(1.4r), so that
///   products decay with the distance (Sun et al., "A Length-Extrapolatable Transformer", arXiv 2212.10554, equation 16 and
///   algorithm 1). c = length/2 cancels in the product and keeps the factors near 1.
/// - axial: the first half of the turned channels is turned by the row of the token's cell, the second by its column, r then
///   being the half; a token in no cell stands at 0.
public final class Rope implements PositionEncoding {

    private static final double DECAY = 512;
    private static final double OFFSET = 0.4;

    private final Config config;
    private final ModelShape shape;
    private final int turned;

    private Rope(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
        this.turned = config.turned(shape.channels());
    }

    @Override
    public Tensor rotate(Tensor queriesOrKeys, Positions.Role role, Positions at, Scope scope) {
        int passing = shape.channels() - turned;
        List<Tensor> parts = new ArrayList<>();
        if (config.axial) {
            int half = turned / 2;
            parts.add(scope.within("row", s -> turn(queriesOrKeys.slice(Axes.CHANNEL, 0, half), role,
                    cell(Coordinate.ROW, role, at), shape.extent(Coordinate.ROW), s)));
            parts.add(scope.within("column", s -> turn(queriesOrKeys.slice(Axes.CHANNEL, half, half), role,
                    cell(Coordinate.COLUMN, role, at), shape.extent(Coordinate.COLUMN), s)));
        } else {
            parts.add(turn(queriesOrKeys.slice(Axes.CHANNEL, 0, turned), role, at.of(role), shape.length(), scope));
        }
        if (passing > 0) {
            parts.add(queriesOrKeys.slice(Axes.CHANNEL, turned, passing));
        }
        return parts.size() == 1
                ? parts.getFirst()
                : Tensor.concatenate(Axes.CHANNEL, parts.toArray(Tensor[]::new));
    }

    private static Tensor cell(Coordinate coordinate, Positions.Role role, Positions at) {
        Tensor cells = at.coordinate(coordinate).of(role);
        return cells.maximum(cells.graph().constant(DataType.INTEGER, 0));
    }

    /// Turns all channels.
    ///
    /// @param extent how many positions there are
    private Tensor turn(Tensor x, Positions.Role role, Tensor positions, int extent, Scope scope) {
        int channels = x.axis(Axes.CHANNEL).size();
        Axis pair = scope.axis("pair", channels / 2);
        Axis side = scope.axis("side", 2);
        Axis outer = config.pairing == Pairing.INTERLEAVED ? pair : side;
        Axis inner = config.pairing == Pairing.INTERLEAVED ? side : pair;
        Tensor pairs = x.split(Axes.CHANNEL, outer, inner);
        Tensor swapped = Tensor
                .concatenate(side.name(), pairs.slice(side.name(), 1, 1), pairs.slice(side.name(), 0, 1))
                .merge(outer.name(), inner.name(), Axes.CHANNEL);
        Axis position = scope.axis("position", extent);
        Axis channel = x.axis(Axes.CHANNEL);
        Tensor cos = table((angle, _) -> StrictMath.cos(angle), role, position, channel, scope);
        Tensor sin = table((angle, first) -> (first ? -1 : 1) * StrictMath.sin(angle), role, position, channel, scope);
        return x.mul(cos.gather(position, positions)).add(swapped.mul(sin.gather(position, positions)));
    }

    /// A function of the angle by which a channel is turned.
    @FunctionalInterface
    private interface Factor {

        /// @param first whether the channel is the first of its pair
        double of(double angle, boolean first);
    }

    /// Returns what each channel is multiplied by at each position: a factor, times how much longer the pair becomes.
    private Tensor table(Factor factor, Positions.Role role, Axis position, Axis channel, Scope scope) {
        int channels = channel.size();
        RotaryFrequencies frequencies =
                new RotaryFrequencies(channels, config.base, config.scaling, shape.length());
        Values values = Values.compute(position.size() * channels, i -> {
            int place = i / channels;
            int own = i % channels;
            int pair = config.pairing == Pairing.INTERLEAVED ? own / 2 : own % (channels / 2);
            boolean first = config.pairing == Pairing.INTERLEAVED ? own % 2 == 0 : own < channels / 2;
            double size = frequencies.magnitude() * (config.xpos ? decay(place, pair, channels, role) : 1);
            return factor.of(place * frequencies.of(pair), first) * size;
        });
        return scope.graph().constant(DataType.FLOAT, values, position, channel);
    }

    private double decay(int position, int pair, int channels, Positions.Role role) {
        double zeta = (2 * pair + OFFSET * channels) / ((1 + OFFSET) * channels);
        double exponent = (position - shape.length() / 2) / DECAY;
        return StrictMath.pow(zeta, switch (role) {
            case QUERY -> exponent;
            case KEY -> -exponent;
        });
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
    /// @param scaling how the turning is slowed down for longer sequences
    /// @param xpos whether products decay with the distance
    /// @param axial whether rows and columns turn half of the channels each
    public record Config(
            @Setting("What the frequencies are powers of, above 1: greater values turn more slowly.") double base,
            @Setting("Which channels form a pair: neighbours, or one of each half.") Pairing pairing,
            @Setting("The share of each head's channels that is turned, above 0 and at most 1, rounded down to whole channels.") double fraction,
            @Setting("How the turning is slowed down for sequences longer than those that were trained.") Scaling scaling,
            @Setting("Whether queries and keys are scaled so that their product decays with the distance (xPos).") boolean xpos,
            @Setting("Whether half of the channels is turned by the row and half by the column of the token's cell.") boolean axial) {

        /// Absorbs that 0.7 of 10 channels are not quite 7 in binary.
        private static final double ROUNDING = 1e-9;

        /// Checks the ranges.
        public Config {
            check(base > 1 && base < Double.POSITIVE_INFINITY, "base", "must be a number above 1, not " + base);
            check(fraction > 0 && fraction <= 1, "fraction", "must be above 0 and at most 1, not " + fraction);
            check(!axial || !xpos, "xpos",
                    "must be false where axial is true: its decay is defined along a sequence, not in a grid");
            check(!axial || scaling.kind == Scaling.Kind.NONE, "scaling",
                    "must be none where axial is true: it stretches the length of a sequence, not a grid");
        }

        /// Returns how many channels of a head are turned.
        private int turned(int channels) {
            return (int) Math.floor(fraction * channels + ROUNDING);
        }
    }

    /// How the turning is slowed down, with r the channels that are turned, s the factor, L the model's length and L₀ the one
    /// that was trained.
    ///
    /// A graph is of one length, so L is the model's, also where the paper takes the current one: by the real length of a
    /// sequence a model could tell where it ends.
    ///
    /// @param kind the rule
    /// @param factor s
    /// @param trainedLength L₀, 0 for the model's length
    public record Scaling(
            @Setting("The rule: none, linear, ntk, dynamic-ntk or yarn.") Kind kind,
            @Setting("How many times longer sequences become: above 1; 1 with the rule none, and from 1 on with dynamic-ntk.") double factor,
            @Setting("The length that was trained, for dynamic-ntk and yarn; 0 is the model's length.") int trainedLength) {

        /// The rules.
        public enum Kind {
            /// θₚ
            NONE,
            /// θₚ/s (position interpolation; Chen et al., arXiv 2306.15595, equation 4)
            LINEAR,
            /// base·s^(r/(r−2)) ("NTK-aware"; Peng et al., arXiv 2309.00071, definition 1)
            NTK,
            /// base·(s·L/L₀ − (s − 1))^(r/(r−2)) (arXiv 2309.00071, section 3.3, as in Hugging Face)
            DYNAMIC_NTK,
            /// θₚ/s for pairs that turn less than once within L₀, θₚ for those that turn 32 times or more, a ramp between;
            /// queries and keys × (0.1·ln s + 1) (arXiv 2309.00071, definition 2 and equation 22)
            YARN
        }

        /// Checks the ranges, and that nothing is given in vain.
        public Scaling {
            check(factor >= 1 && factor < Double.POSITIVE_INFINITY, "factor", "must be at least 1, not " + factor);
            check(trainedLength >= 0, "trainedLength", "must be at least 0, not " + trainedLength);
            check(kind != Kind.NONE || factor == 1, "factor",
                    "has no effect with the rule none: choose another kind, or leave it out");
            check(kind == Kind.NONE || kind == Kind.DYNAMIC_NTK || factor > 1, "factor",
                    "must be above 1, not " + factor + ": by 1 nothing is scaled");
            check(kind == Kind.DYNAMIC_NTK || kind == Kind.YARN || trainedLength == 0, "trainedLength",
                    "has no effect with this kind: only dynamic-ntk and yarn go by it");
        }

        /// Returns the rule that leaves all as it is.
        public static Scaling none() {
            return new Scaling(Kind.NONE, 1, 0);
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
            return new Config(10000, Pairing.INTERLEAVED, 1, Scaling.none(), false, false);
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
            if (config.axial) {
                check(shape.extent(Coordinate.ROW) > 0 && shape.extent(Coordinate.COLUMN) > 0, "axial",
                        "needs tokens with a row and a column; the task gives none");
                check(turned % 4 == 0, "axial",
                        "needs a multiple of 4 channels that are turned, pairs for rows and pairs for columns, not "
                                + turned + ": " + head);
            }
            checkScaling(config.scaling, turned, shape);
            return new Rope(config, shape);
        }

        private static void checkScaling(Scaling scaling, int turned, ModelShape shape) {
            boolean raisesBase = scaling.kind == Scaling.Kind.NTK || scaling.kind == Scaling.Kind.DYNAMIC_NTK;
            check(!raisesBase || turned > 2, "scaling",
                    "by a greater base needs more than 2 channels that are turned: the only pair of 2 turns at any base by 1");
            check(scaling.kind != Scaling.Kind.DYNAMIC_NTK
                    || (scaling.trainedLength > 0 && scaling.trainedLength < shape.length()), "scaling",
                    "dynamic-ntk has no effect unless its trainedLength is from 1 to below the model's length, "
                            + shape.length() + "; it is " + scaling.trainedLength);
        }

        /// Returns the fraction nearest above or else below that turns whole pairs.
        private static String suggestion(int turned, int channels) {
            int even = turned + 1 <= channels && turned % 2 == 1 ? turned + 1 : Math.max(2, turned - turned % 2);
            double fraction = Math.ceil(1000.0 * even / channels) / 1000;
            return even == channels ? "1" : Double.toString(fraction);
        }
    }
}
