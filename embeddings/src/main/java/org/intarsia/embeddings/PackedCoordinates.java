package org.intarsia.embeddings;

import static org.intarsia.api.component.InvalidSettingException.check;
import static org.intarsia.api.component.InvalidSettingException.checkComponent;

import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// A learned vector for the token, with the column x and the row y of its cell packed beside it, each from −1 to 1, {time} →
/// {time, width}: the last two features of the width are 2x/(columns − 1) − 1 and 2y/(rows − 1) − 1. Where there is only one
/// column or row, and for a token in no cell, they are 0.
///
/// The table `weight` {token, rest} starts from N(0, 1) and has width − 2 features. With a projection it has as many as the width, and a
/// learned linear map of them and the coordinates to the width follows.
public final class PackedCoordinates implements Embedding {

    private static final int COORDINATES = 2;

    private final Config config;
    private final ModelShape shape;

    private PackedCoordinates(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
    }

    @Override
    public Tensor embed(Tensor tokens, Positions at, Scope scope) {
        int learned = config.projection ? shape.width() : shape.width() - COORDINATES;
        Axis all = config.projection
                ? scope.axis("feature", learned + COORDINATES)
                : new Axis(Axes.WIDTH, learned + COORDINATES);
        Axis token = scope.axis("token", shape.vocabulary());
        Tensor table = scope.parameter("weight", new Initializer.Normal(0, 1), token, all.sized(learned));
        Tensor vector = table.gather(token, tokens);
        Tensor packed = Tensor.concatenate(all.name(), vector, share(Coordinate.COLUMN, at, tokens, all),
                share(Coordinate.ROW, at, tokens, all));
        return config.projection
                ? scope.within("projection", s -> new Projection(shape.width()).project(packed, all, s))
                : packed;
    }

    private Tensor share(Coordinate coordinate, Positions at, Tensor tokens, Axis all) {
        Tensor cells = at.coordinate(coordinate).time().like(tokens);
        Tensor zero = cells.graph().constant(0);
        int last = shape.extent(coordinate) - 1;
        Tensor scaled = cells.convert(DataType.FLOAT).mul(2.0 / Math.max(1, last)).sub(last == 0 ? 0 : 1);
        Tensor none = cells.graph().constant(DataType.INTEGER, Coordinate.NONE);
        return cells.equal(none).select(zero.like(scaled), scaled).expand(all.sized(1));
    }

    /// The settings.
    ///
    /// @param projection whether a learned linear map to the model's width follows
    public record Config(
            @Setting("Whether the learned vector has the whole width and a learned linear map of it and the coordinates follows; without it the width must be at least 3.") boolean projection) {}

    /// Makes [PackedCoordinates] embeddings.
    public static final class Factory implements EmbeddingFactory<Config> {

        @Override
        public String name() {
            return "packed-coordinates";
        }

        @Override
        public String description() {
            return "A learned vector for the token with the column and the row of its cell packed beside it.";
        }

        @Override
        public Config defaults() {
            return new Config(false);
        }

        @Override
        public PackedCoordinates create(Config config, ModelShape shape) {
            checkComponent(shape.extent(Coordinate.ROW) > 0 && shape.extent(Coordinate.COLUMN) > 0,
                    "packed-coordinates needs tokens with a row and a column, and the task has none; choose another embedding, or"
                            + " a task of grids");
            check(config.projection || shape.width() > COORDINATES, "projection",
                    "must be true where the width is below 3: it is " + shape.width());
            return new PackedCoordinates(config, shape);
        }
    }
}
