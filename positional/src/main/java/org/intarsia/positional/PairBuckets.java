package org.intarsia.positional;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// The buckets of pairs of tokens in [Irpe]: which there are, and in which each pair is.
///
/// @param shape says how far apart tokens can be
record PairBuckets(Irpe.Method method, Irpe.Index index, double ratio, ModelShape shape) {

    private static final List<Coordinate> PLANE = List.of(Coordinate.ROW, Coordinate.COLUMN);

    /// Returns by what each table goes: by a coordinate, or by all there is, which has no name.
    List<String> tables() {
        return method == Irpe.Method.CROSS ? List.of("-row", "-column") : List.of("");
    }

    /// Returns the number of buckets of one table.
    int count() {
        return method == Irpe.Method.ONE_DIMENSIONAL ? last() + 1 : skip() + 1;
    }

    /// Returns the bucket of each pair, {query, key}.
    ///
    /// @param table which of the tables
    /// @param reversed whether it is id(j, i), with the key in the query's place; in one dimension, where keys are behind
    ///        queries, the same buckets under another sign
    Tensor ids(int table, boolean reversed, Positions at, Scope scope) {
        int sign = reversed ? -1 : 1;
        IntUnaryOperator centred = x -> g(sign * x) + last();
        return switch (method) {
            case ONE_DIMENSIONAL -> Buckets.map(this::g, 0, shape.length() - 1, Buckets.behind(at), scope);
            case EUCLIDEAN -> skipping(bySquare(x -> g((int) Math.rint(Math.sqrt(x))) + last(), at, scope), at);
            case QUANTIZATION -> skipping(bySquare(x -> g(x) + last(), at, scope), at);
            case CROSS -> skipping(along(PLANE.get(table), centred, at, scope), at);
            case PRODUCT -> {
                Tensor rows = along(Coordinate.ROW, x -> centred.applyAsInt(x) * span(), at, scope);
                Tensor columns = along(Coordinate.COLUMN, centred, at, scope);
                yield skipping(rows.add(columns), at);
            }
        };
    }

    /// Returns the index of a distance, from −last to last.
    int g(int distance) {
        return switch (index) {
            case PIECEWISE -> Buckets.piecewise(distance, ratio);
            case CLIP -> Math.clamp(distance, -last(), last());
            case T5 -> Buckets.logarithmic(distance, last() + 1, (int) (8 * ratio));
        };
    }

    private int last() {
        int beta = (int) (2 * ratio);
        return index == Irpe.Index.T5 ? beta - 1 : beta;
    }

    private int span() {
        return 2 * last() + 1;
    }

    /// Returns the bucket of pairs with a token that is in no cell.
    private int skip() {
        return method == Irpe.Method.PRODUCT ? span() * span() : span();
    }

    private Tensor along(Coordinate coordinate, IntUnaryOperator bucket, Positions at, Scope scope) {
        int reach = reach(coordinate);
        return Buckets.map(bucket, -reach, reach, at.coordinate(coordinate).distance(), scope);
    }

    private Tensor bySquare(IntUnaryOperator bucket, Positions at, Scope scope) {
        int farthest = PLANE.stream().mapToInt(this::reach).map(reach -> reach * reach).sum();
        Tensor square = PLANE.stream().map(coordinate -> at.coordinate(coordinate).distance().square())
                .reduce(Tensor::add).orElseThrow();
        return Buckets.map(bucket, 0, farthest, square, scope);
    }

    /// Returns the greatest distance along a coordinate, which is that of the last cell and a token in none.
    private int reach(Coordinate coordinate) {
        return shape.extent(coordinate) - 1 - Coordinate.NONE;
    }

    private Tensor skipping(Tensor ids, Positions at) {
        Tensor least = PLANE.stream().map(at::coordinate).flatMap(
                place -> Stream.of(place.query().like(place.key()), place.key().like(place.query())))
                .reduce(Tensor::minimum).orElseThrow();
        Tensor skipped = least.lessOrEqual(constant(Coordinate.NONE, least));
        return skipped.select(constant(skip(), ids), ids);
    }

    private static Tensor constant(int value, Tensor like) {
        return like.graph().constant(DataType.INTEGER, value).like(like);
    }
}
