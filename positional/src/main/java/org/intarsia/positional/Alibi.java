package org.intarsia.positional;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Attention with linear biases: scores fall with the distance, at a fixed rate for each head (Press et al., "Train Short,
/// Test Long", arXiv 2108.12409, section 3): score(i, j) − mₕ·|i − j|, {head, query, key} → the same axes.
///
/// The slopes of H heads are mₕ = 2^(−8h/H), h = 1 … H, if H is a power of two. Otherwise they are, as in the authors'
/// code, those of the greatest power of two P below H, followed by every other one of 2P heads' until there are H. There
/// are no parameters.
public final class Alibi implements PositionEncoding {

    private final int heads;

    private Alibi(ModelShape shape) {
        this.heads = shape.heads();
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        Tensor slopes = scope.graph().constant(DataType.FLOAT, slopes(heads), new Axis(Axes.HEAD, heads));
        return scores.sub(at.distance().abs().convert(DataType.FLOAT).outer(slopes));
    }

    /// Returns mₕ for each head.
    static Values slopes(int heads) {
        int power = Integer.highestOneBit(heads);
        return Values.compute(heads,
                h -> h < power ? slope(h + 1, power) : slope(2 * (h - power) + 1, 2 * power));
    }

    private static double slope(int head, int heads) {
        return StrictMath.pow(2, -8.0 * head / heads);
    }

    /// There is nothing to set.
    public record Config() {}

    /// Makes [Alibi] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "alibi";
        }

        @Override
        public String description() {
            return "Scores fall linearly with the distance, at a fixed rate for each head (ALiBi, Press et al. 2022).";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public Alibi create(Config config, ModelShape shape) {
            return new Alibi(shape);
        }
    }
}
