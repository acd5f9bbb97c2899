package org.intarsia.positional;

import static org.intarsia.api.component.InvalidSettingException.check;
import static org.intarsia.api.component.InvalidSettingException.checkComponent;

import java.util.Optional;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
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

/// A learned vector for the place of a digit inside its number, added to the input of the first layer, {time, width} →
/// {time, width}; tokens that are no digits stay as they are (McLeish et al., "Transformers Can Do Arithmetic with the Right
/// Embeddings", arXiv 2405.17399, section 3.1).
///
/// The parameter `weight` {place, width} starts from N(0, 1) and has as many rows as numbers have digits, and `offset` more: in
/// training all places of a step are moved by one random number in 0 … offset, so that the rows for longer numbers are learned
/// too. Evaluation moves nothing. The first digit that is written has place 0: as in the paper, numbers should be written with
/// their least significant digit first, which is the task's business.
public final class Abacus implements PositionEncoding {

    private final Config config;
    private final ModelShape shape;

    private Abacus(Config config, ModelShape shape) {
        this.config = config;
        this.shape = shape;
    }

    @Override
    public Tensor input(Tensor x, Positions at, Scope scope) {
        Axis place = scope.axis("place", shape.extent(Coordinate.DIGIT) + config.offset);
        Tensor table =
                scope.parameter("weight", new Initializer.Normal(0, 1), place, new Axis(Axes.WIDTH, shape.width()));
        Tensor digit = at.coordinate(Coordinate.DIGIT).time();
        Tensor none = digit.graph().constant(DataType.INTEGER, 0);
        Tensor isDigit = none.lessOrEqual(digit);
        Tensor moved = digit.maximum(none).add(offset(scope).orElse(none));
        return x.add(table.gather(place, moved).mul(isDigit.convert(DataType.FLOAT)));
    }

    /// Returns a number in 0 … offset for a step of training.
    private Optional<Tensor> offset(Scope scope) {
        return scope.random("offset").map(share -> share.mul(config.offset + 1).floor().convert(DataType.INTEGER));
    }

    /// The settings.
    ///
    /// @param offset how far places are moved in training at most
    public record Config(
            @Setting("How far the places of all digits are moved in training at most, drawn at each step, from 0 on.") int offset) {

        /// Checks the range.
        public Config {
            check(offset >= 0, "offset", "must be at least 0, not " + offset);
        }
    }

    /// Makes [Abacus] encodings.
    public static final class Factory implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "abacus";
        }

        @Override
        public String description() {
            return "A learned vector for the place of a digit in its number, randomly moved in training (McLeish et al. 2024).";
        }

        @Override
        public Config defaults() {
            return new Config(100);
        }

        @Override
        public Abacus create(Config config, ModelShape shape) {
            checkComponent(shape.extent(Coordinate.DIGIT) > 0,
                    "abacus needs tokens that are digits of numbers, and the task has none; choose another position encoding");
            return new Abacus(config, shape);
        }
    }
}
