package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// Functional interpolation: a small network turns the distance, as a share of the query's position, into a number for each
/// head, which is added to the scores (FIRE: Li et al., "Functional Interpolation for Relative Positions Improves Long
/// Context Transformers", arXiv 2310.04418, section 3 and the code in its appendix):
///
/// ```text
/// score(i, j) + f(ψ(|i − j|) / (ψ(max(L, i)) + ε))      ψ(x) = ln(|c·x| + 1)      L = |multiplier · threshold|
/// f(x) = outputWeight · max(0, hiddenWeight · x + hiddenBias) + outputBias
/// ```
///
/// {head, query, key} → the same axes, with ε = 1e-6. The parameters are `c`, from 0.1, and `multiplier`, from 1, both
/// scalars, `hiddenWeight` and `hiddenBias` {hidden}, `outputWeight` {head, hidden} and `outputBias` {head}, started as
/// PyTorch's `nn.Linear`. Each layer has its own (the paper shares them among layers in one of its variants). With the
/// identity as [Transform] there is no `c`: ψ(x) = x.
public final class Fire implements PositionEncoding {

    private static final double EPSILON = 1e-6;
    private static final double INITIAL_C = 0.1;

    private final Config config;
    private final Axis head;

    private Fire(Config config, ModelShape shape) {
        this.config = config;
        this.head = new Axis(Axes.HEAD, shape.heads());
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        Tensor query = at.query().convert(DataType.FLOAT);
        Tensor threshold = scope.parameter("multiplier", Initializer.ones()).mul(config.threshold).abs();
        Tensor distance = at.distance().abs().convert(DataType.FLOAT);
        Tensor farthest = query.maximum(threshold);
        Tensor share = switch (config.transform) {
            case IDENTITY -> share(distance, farthest);
            case LOG -> {
                Tensor c = scope.parameter("c", new Initializer.Fill(INITIAL_C));
                yield share(logarithm(distance, c), logarithm(farthest, c));
            }
        };
        return scores.add(network(share, scope));
    }

    private static Tensor logarithm(Tensor x, Tensor c) {
        return x.mul(c).abs().add(1).log();
    }

    private static Tensor share(Tensor distance, Tensor farthest) {
        return distance.div(farthest.add(EPSILON));
    }

    /// f, {query, key} → {head, query, key}
    private Tensor network(Tensor x, Scope scope) {
        Axis hidden = scope.axis("hidden", config.hidden);
        Tensor weight = scope.parameter("hiddenWeight", Initializer.linear(1), hidden);
        Tensor bias = scope.parameter("hiddenBias", Initializer.linear(1), hidden);
        Tensor product = x.outer(weight).add(bias);
        Tensor active = product.maximum(x.graph().constant(0));
        return active.contract(hidden, scope.parameter("outputWeight", Initializer.linear(config.hidden), head, hidden))
                .add(scope.parameter("outputBias", Initializer.linear(config.hidden), head));
    }

    /// The function ψ of distances.
    public enum Transform {
        /// ln(|c·x| + 1), so that near distances are told apart better than far ones.
        LOG,
        /// x, the paper's ablation.
        IDENTITY
    }

    /// The settings.
    ///
    /// @param hidden the hidden features of the network
    /// @param threshold the position up to which distances are shares of one number
    /// @param transform the function of distances
    public record Config(
            @Setting("The hidden features of the network, at least 1.") int hidden,
            @Setting("The query position up to which distances are shares of one number, above 0; training changes it by a factor.") double threshold,
            @Setting("What distances become before their share is taken: logarithms, or what they are.") Transform transform) {

        /// Checks the ranges.
        public Config {
            check(hidden >= 1, "hidden", "must be at least 1, not " + hidden);
            check(threshold > 0 && threshold < Double.POSITIVE_INFINITY, "threshold",
                    "must be a number above 0, not " + threshold);
        }
    }

    /// Makes [Fire] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "fire";
        }

        @Override
        public String description() {
            return "A small network of the distance as a share of the position, added to the scores (FIRE, Li et al. 2024).";
        }

        @Override
        public Config defaults() {
            return new Config(32, 512, Transform.LOG);
        }

        @Override
        public Fire create(Config config, ModelShape shape) {
            return new Fire(config, shape);
        }
    }
}
