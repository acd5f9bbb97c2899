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
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// Image relative position encoding: a learned number or vector for each bucket of distances in a grid or a sequence (Wu et
/// al., "Rethinking and Improving Relative Position Encoding for Vision Transformer", ICCV 2021, arXiv 2107.14222).
///
/// Each pair of tokens has an id by its [Method] and [Index]. With queries scaled by 1/√channel (d) and tables r, b:
///
/// ```text
/// onKeys      score(i, j) + qᵢ · r[id(i, j)]           or + b[id(i, j)] if the mode is bias
/// onQueries   score(i, j) + (kⱼ/√d) · r[id(j, i)]      or + b[id(j, i)]
/// onValues    outputᵢ + Σⱼ aᵢⱼ · r[id(i, j)]
/// ```
///
/// {head, query, key} and {head, query, channel} → the same axes. The parameters `keys`, `queries` and `values` are {bucket,
/// channel}, {bucket} in bias mode, with `head` before them unless shared, and start from zeros; each layer has its own. The
/// method cross has two of each: `keys-row`, `keys-column` and so on. In a grid, pairs with a token that is in no cell
/// share a bucket of their own, the last.
///
/// Where we deviate: the method one-dimensional, for sequences under a causal mask, is not in the paper. The default is this
/// method with ratio 3, so that distances 1, 2 and 3 differ; the paper's is product with ratio 1.9. Quantization is as in the
/// authors' code, g(dr² + dc²); the paper takes the rank among all distances.
public final class Irpe implements PositionEncoding {

    private final Config config;
    private final ModelShape shape;
    private final PairBuckets pairs;

    private Irpe(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
        this.pairs = new PairBuckets(config.method, config.index, config.ratio, shape);
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        Axis bucket = scope.axis("bucket", pairs.count());
        Tensor result = scores;
        for (int i = 0; i < pairs.tables().size(); i++) {
            String suffix = pairs.tables().get(i);
            if (config.onKeys) {
                result = result.add(score("keys" + suffix, queries, bucket, pairs.ids(i, false, at, scope), scope));
            }
            if (config.onQueries) {
                Tensor scaled = keys.mul(1 / Math.sqrt(shape.channels()));
                result = result.add(score("queries" + suffix, scaled, bucket, pairs.ids(i, true, at, scope), scope));
            }
        }
        return result;
    }

    @Override
    public Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
        if (!config.onValues) {
            return output;
        }
        Axis bucket = scope.axis("bucket", pairs.count());
        Tensor result = output;
        for (int i = 0; i < pairs.tables().size(); i++) {
            Tensor table = table("values" + pairs.tables().get(i), bucket, scope);
            result = result.add(Buckets.weighted(weights, table, bucket, pairs.ids(i, false, at, scope)));
        }
        return result;
    }

    private Tensor score(String name, Tensor vectors, Axis bucket, Tensor ids, Scope scope) {
        Tensor table = table(name, bucket, scope);
        return switch (config.mode) {
            case BIAS -> table.gather(bucket, ids);
            case CONTEXTUAL -> Buckets.products(vectors, table, bucket, ids);
        };
    }

    private Tensor table(String name, Axis bucket, Scope scope) {
        List<Axis> axes = new ArrayList<>();
        if (!config.sharedHead) {
            axes.add(new Axis(Axes.HEAD, shape.heads()));
        }
        axes.add(bucket);
        if (config.mode == Mode.CONTEXTUAL) {
            axes.add(new Axis(Axes.CHANNEL, shape.channels()));
        }
        return scope.parameter(name, Initializer.zeros(), axes.toArray(Axis[]::new));
    }

    /// What the id of a pair depends on, with B = ⌊2·ratio⌋, or one less under [Index#T5].
    public enum Method {
        /// g(i − j) of positions in the sequence, 0 for keys ahead of the query, which the mask hides: B + 1 ids.
        ONE_DIMENSIONAL,
        /// g of the distance in the grid, rounded: 2B + 1 ids and the skip bucket.
        EUCLIDEAN,
        /// g of the squared distance in the grid: 2B + 1 ids and the skip bucket.
        QUANTIZATION,
        /// g of the row offset in one table and of the column offset in another: 2B + 1 ids and the skip bucket each.
        CROSS,
        /// g of the row offset and of the column offset, each combination by itself: (2B + 1)² ids and the skip bucket.
        PRODUCT
    }

    /// The function g that gathers distances into buckets.
    public enum Index {
        /// The paper's piecewise index: exact up to α, logarithmic up to γ, at most β, with α : β : γ = 1 : 2 : 8 times the
        /// ratio.
        PIECEWISE,
        /// The distance, at most β = 2·ratio, as in [Shaw].
        CLIP,
        /// The buckets of [T5], 2·ratio of them, with 8·ratio as the greatest distance: ratio 16 is T5's 32 and 128.
        T5
    }

    /// What is learned for a bucket.
    public enum Mode {
        /// A number.
        BIAS,
        /// A vector that meets the query, the key or the attention.
        CONTEXTUAL
    }

    /// The settings.
    ///
    /// @param method what the id of a pair depends on
    /// @param index the function that gathers distances into buckets
    /// @param ratio how many buckets there are
    /// @param mode what is learned for a bucket
    /// @param onQueries whether the queries have a table, which meets the keys
    /// @param onKeys whether the keys have a table, which meets the queries
    /// @param onValues whether the values have a table, which meets the attention
    /// @param sharedHead whether the heads of a layer share a table
    public record Config(
            @Setting("What a bucket depends on: the distance in the sequence or, in grids, euclidean distance, its square, or row and column.") Method method,
            @Setting("How distances are gathered: the paper's piecewise index, clipped as Shaw's, or T5's buckets (in one dimension).") Index index,
            @Setting("The distance up to which each has a bucket of its own, about: half of the greatest bucket, from 0.5 to 1000.") double ratio,
            @Setting("Whether a number or a vector is learned for each bucket.") Mode mode,
            @Setting("Whether a table of the queries meets the keys.") boolean onQueries,
            @Setting("Whether a table of the keys meets the queries.") boolean onKeys,
            @Setting("Whether a table of the values meets the attention.") boolean onValues,
            @Setting("Whether the heads of a layer share a table.") boolean sharedHead) {

        /// Checks the range and the combinations.
        public Config {
            check(ratio >= 0.5 && ratio <= 1000, "ratio", "must be from 0.5 to 1000, not " + ratio);
            check(onQueries || onKeys || onValues, "onKeys",
                    "leaves the encoding without a table: set onQueries, onKeys or onValues to true");
            check(mode == Mode.CONTEXTUAL || !onValues, "onValues",
                    "must be false in bias mode, as values are vectors; or set mode to contextual");
            check(index != Index.T5 || method == Method.ONE_DIMENSIONAL, "index",
                    "t5 has no buckets for negative offsets and is for the method one-dimensional; set index to piecewise or clip");
            check(index != Index.T5 || ratio >= 1, "ratio",
                    "must be at least 1 with the index t5, which needs 2 buckets, not " + ratio);
        }
    }

    /// Makes [Irpe] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "irpe";
        }

        @Override
        public String description() {
            return "A learned number or vector for each bucket of distances, in a sequence or a grid (iRPE, Wu et al. 2021).";
        }

        @Override
        public Config defaults() {
            return new Config(Method.ONE_DIMENSIONAL, Index.PIECEWISE, 3, Mode.CONTEXTUAL, false, true, false, true);
        }

        @Override
        public Irpe create(Config config, ModelShape shape) {
            boolean grid = shape.extent(Coordinate.ROW) > 0 && shape.extent(Coordinate.COLUMN) > 0;
            check(grid || config.method == Method.ONE_DIMENSIONAL, "method",
                    "goes by rows and columns, which the task's tokens do not have; set it to one-dimensional, or choose a "
                            + "task of grids");
            return new Irpe(config, shape);
        }
    }
}
