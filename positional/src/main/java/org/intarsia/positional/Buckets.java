package org.intarsia.positional;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// How relative encodings gather distances into a few buckets, and what they do with a table that has a row for each.
final class Buckets {

    private Buckets() {}

    /// Returns T5's bucket of a distance ≥ 0 in a decoder (Raffel et al., arXiv 1910.10683, section 2.1): half of the
    /// buckets hold one distance each, the others grow logarithmically up to `maxDistance`, and all beyond share the last.
    static int logarithmic(int distance, int buckets, int maxDistance) {
        int exact = buckets / 2;
        if (distance < exact) {
            return distance;
        }
        double share = StrictMath.log((double) distance / exact) / StrictMath.log((double) maxDistance / exact);
        return Math.min(buckets - 1, exact + (int) (share * (buckets - exact)));
    }

    /// Returns the piecewise index of a distance (Wu et al., "Rethinking and Improving Relative Position Encoding for Vision
    /// Transformer", arXiv 2107.14222, section 3.2), with α : β : γ = 1 : 2 : 8 times `ratio`: x where |x| ≤ α, else
    /// sign(x)·min(β, round(α + ln(|x|/α)/ln(γ/α)·(β − α))), truncated. Halves are rounded to even.
    static int piecewise(int distance, double ratio) {
        int size = Math.abs(distance);
        if (size <= ratio) {
            return distance;
        }
        double share = StrictMath.log(size / ratio) / StrictMath.log(8);
        return Integer.signum(distance) * (int) Math.min(2 * ratio, Math.rint(ratio + share * ratio));
    }

    /// Returns how far each key is behind the query, {query, key}; 0 for keys ahead of it, which a causal mask hides.
    static Tensor behind(Positions at) {
        Tensor distance = at.distance();
        return distance.maximum(distance.graph().constant(DataType.INTEGER, 0).like(distance));
    }

    /// Returns a function of integers: a table of its values at `from … to` is looked up at `x`.
    static Tensor map(IntUnaryOperator function, int from, int to, Tensor x, Scope scope) {
        Axis argument = scope.axis("argument", to - from + 1);
        Values values = Values.compute(argument.size(), i -> function.applyAsInt(from + i));
        Tensor table = scope.graph().constant(DataType.INTEGER, values, argument);
        return table.gather(argument, from == 0 ? x : x.sub(from));
    }

    /// Returns the product of each vector with the table's row for each pair, without a vector for each pair: the products
    /// with all rows first, {…, query, bucket}, then the one that each pair needs (the same with keys for queries).
    ///
    /// @param vectors {head, query, channel} or {head, key, channel}
    /// @param table {bucket, channel}, or one for each head
    /// @param ids the bucket of each pair, {query, key}
    static Tensor products(Tensor vectors, Tensor table, Axis bucket, Tensor ids) {
        return vectors.contract(vectors.axis(Axes.CHANNEL), table).gather(bucket, ids);
    }

    /// Returns Σⱼ aᵢⱼ·row(i, j), {head, query, channel}, without a vector for each pair: the attention that each bucket
    /// gets first, {head, query, bucket}, then the table's rows weighted by it.
    ///
    /// @param weights the attention, {head, query, key}
    /// @param table {bucket, channel}, or one for each head
    /// @param ids the bucket of each pair, {query, key}
    static Tensor weighted(Tensor weights, Tensor table, Axis bucket, Tensor ids) {
        List<Axis> kept = ids.axes().stream().filter(axis -> !axis.name().equals(Axes.KEY)).toList();
        return weights.scatterAdd(bucket, ids, kept).contract(bucket, table);
    }
}
