package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// Broken twins of a distance bias; what is common to all kinds is in [EmbeddingConformanceTest].
final class PositionEncodingConformanceTest {

    @Test
    void acceptsASoundEncoding() {
        Suite suite = new Suite(new PositionEncoding() {
            @Override
            public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
                Tensor nearer = scores.sub(at.distance().convert(DataType.FLOAT));
                return at.coordinates().containsKey(Coordinate.ROW)
                        ? nearer.sub(at.coordinate(Coordinate.ROW).distance().convert(DataType.FLOAT))
                        : nearer;
            }
        });

        List<Consumer<Suite>> checks =
                List.of(Suite::goesByThePositionsThatItIsGiven, Suite::givesThePromisedAxes, Suite::ignoresABatch,
                        Suite::ignoresReplicas, Suite::gradientsAgreeWithFiniteDifferences, Suite::standsBesideItself);

        assertThat(checks).allSatisfy(check -> check.accept(suite));
    }

    @Test
    void rejectsScoresByPlaceInTheTensor() {
        Suite suite = new Suite(new PositionEncoding() {
            @Override
            public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
                Tensor query = scores.graph().index(scores.axis(Axes.QUERY));
                return scores.sub(query.convert(DataType.FLOAT));
            }
        });

        assertThatThrownBy(suite::goesByThePositionsThatItIsGiven).isInstanceOf(AssertionError.class)
                .hasMessageContaining(", scores: positions 1 to 1, alone: value 0 is ");
    }

    @Test
    void rejectsInputByPlaceInTheTensor() {
        Suite suite = new Suite(new PositionEncoding() {
            @Override
            public Tensor input(Tensor x, Positions at, Scope scope) {
                return x.add(x.graph().index(x.axis(Axes.TIME)).convert(DataType.FLOAT));
            }
        });

        assertThatThrownBy(suite::goesByThePositionsThatItIsGiven).isInstanceOf(AssertionError.class)
                .hasMessageContaining(", input: positions 1 to 1, alone: value 0 is ");
    }

    @Test
    void rejectsCoordinatesOfOtherTokens() {
        Suite suite = new Suite(new PositionEncoding() {
            @Override
            public Tensor input(Tensor x, Positions at, Scope scope) {
                if (!at.coordinates().containsKey(Coordinate.ROW)) {
                    return x;
                }
                Tensor rows = at.coordinate(Coordinate.ROW).time();
                return x.add(rows.max(rows.axis(Axes.TIME)).convert(DataType.FLOAT));
            }
        });

        assertThatThrownBy(suite::goesByThePositionsThatItIsGiven).isInstanceOf(AssertionError.class)
                .hasMessageContaining(", input: positions ");
    }

    @Test
    void rejectsAHookThatDropsAnAxis() {
        Suite suite = new Suite(new PositionEncoding() {
            @Override
            public Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
                return output.sum(output.axis(Axes.HEAD));
            }
        });

        assertThatThrownBy(suite::givesThePromisedAxes).isInstanceOf(AssertionError.class)
                .hasMessageContaining(", values, given the extra axes {}: the axes of the result]");
    }

    public record Config() {}

    private record Made(PositionEncoding encoding) implements PositionEncodingFactory<Config> {

        @Override
        public String name() {
            return "made";
        }

        @Override
        public String description() {
            return "Made for a test.";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public PositionEncoding create(Config config, ModelShape shape) {
            return encoding;
        }
    }

    private static final class Suite extends PositionEncodingConformance<Config, Made> {

        private final Made made;

        Suite(PositionEncoding encoding) {
            this.made = new Made(encoding);
        }

        @Override
        protected Made factory() {
            return made;
        }
    }
}
