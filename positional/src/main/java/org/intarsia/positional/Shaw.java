package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// A learned vector for each clipped distance, added to keys and values (Shaw et al., "Self-Attention with Relative Position
/// Representations", arXiv 1803.02155, equations 3 and 4). With u = min(i − j, clip) and queries scaled by 1/√channel:
///
/// ```text
/// score(i, j) + qᵢ · keys[u]          {head, query, key} → the same axes
/// outputᵢ + Σⱼ aᵢⱼ · values[u]        {head, query, channel} → the same axes
/// ```
///
/// The parameters `keys` and `values` {distance, channel} are shared by the heads, and each layer has its own. Where we
/// deviate: they start from zeros, so that training starts from a model without positions (in the paper's code at random),
/// and have clip + 1 rows rather than 2·clip + 1, as the mask hides keys ahead of the query.
public final class Shaw implements PositionEncoding {

    private final Config config;
    private final ModelShape shape;

    private Shaw(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        Axis distance = distance(scope);
        return scores.add(Buckets.products(queries, table("keys", distance, scope), distance, clipped(at, scope)));
    }

    @Override
    public Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
        if (!config.values) {
            return output;
        }
        Axis distance = distance(scope);
        return output.add(Buckets.weighted(weights, table("values", distance, scope), distance, clipped(at, scope)));
    }

    private Axis distance(Scope scope) {
        return scope.axis("distance", config.clip + 1);
    }

    private Tensor table(String name, Axis distance, Scope scope) {
        return scope.parameter(name, Initializer.zeros(), distance, new Axis(Axes.CHANNEL, shape.channels()));
    }

    private Tensor clipped(Positions at, Scope scope) {
        return Buckets.map(distance -> Math.min(distance, config.clip), 0, shape.length() - 1, Buckets.behind(at),
                scope);
    }

    /// The settings.
    ///
    /// @param clip the distance from which on all share a vector
    /// @param values whether values have vectors too
    public record Config(
            @Setting("The distance from which on all share a vector, at least 1.") int clip,
            @Setting("Whether vectors are added to the values too, not to the keys alone.") boolean values) {

        /// Checks the range.
        public Config {
            check(clip >= 1, "clip", "must be at least 1, not " + clip);
        }
    }

    /// Makes [Shaw] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "shaw";
        }

        @Override
        public String description() {
            return "A learned vector for each clipped distance, added to keys and values (Shaw et al. 2018).";
        }

        @Override
        public Config defaults() {
            return new Config(16, true);
        }

        @Override
        public Shaw create(Config config, ModelShape shape) {
            return new Shaw(config, shape);
        }
    }
}
