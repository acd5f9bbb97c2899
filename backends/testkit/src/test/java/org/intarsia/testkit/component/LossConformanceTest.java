package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// Broken twins of cross-entropy; what is common to all kinds is in [EmbeddingConformanceTest].
final class LossConformanceTest {

    @Test
    void acceptsASoundLoss() {
        Suite suite = new Suite((logits, targets, scope) -> logits.crossEntropy(logits.axis(Axes.CLASS), targets));

        List<Consumer<Suite>> checks = List.of(Suite::reachesThePredictions, Suite::isFiniteForExtremePredictions,
                Suite::givesThePromisedAxes, Suite::ignoresABatch, Suite::gradientsAgreeWithFiniteDifferences);

        assertThat(checks).allSatisfy(check -> check.accept(suite));
    }

    @Test
    void rejectsALossWithoutAGradient() {
        Suite suite = new Suite((logits, targets, scope) -> logits.argmax(logits.axis(Axes.CLASS)).sub(targets).abs()
                .convert(DataType.FLOAT));

        assertThatThrownBy(suite::reachesThePredictions).isInstanceOf(AssertionError.class)
                .hasMessageContaining(": the gradient of the predictions]");
    }

    @Test
    void rejectsALossThatOverflows() {
        Suite suite = new Suite((logits, targets, scope) -> {
            Axis classes = logits.axis(Axes.CLASS);
            return logits.exp().sum(classes).log().sub(logits.gather(classes, targets));
        });

        assertThatThrownBy(suite::isFiniteForExtremePredictions).isInstanceOf(AssertionError.class)
                .hasMessageContaining(": the loss of extreme predictions: value 0 is ")
                .hasMessageContaining(", not a finite number");
    }

    @Test
    void rejectsALossOfANumberWithoutAGradient() {
        Suite suite = new Suite(new Loss() {
            @Override
            public Output output() {
                return Output.NUMBER;
            }

            @Override
            public Tensor loss(Tensor predictions, Tensor targets, Scope scope) {
                return predictions.floor().convert(DataType.INTEGER).sub(targets).convert(DataType.FLOAT);
            }
        });

        assertThatThrownBy(suite::reachesThePredictions).isInstanceOf(AssertionError.class)
                .hasMessageContaining(": the gradient of the predictions]");
    }

    @Test
    void rejectsALossOfTheWholeBatch() {
        Suite suite = new Suite((logits, targets, scope) -> {
            Axis classes = logits.axis(Axes.CLASS);
            var loss = logits.crossEntropy(classes, targets);
            return loss.has("batch") ? loss.mean(loss.axis("batch")).like(loss) : loss;
        });

        assertThatThrownBy(suite::ignoresABatch).isInstanceOf(AssertionError.class)
                .hasMessageContaining(": position 0 of batch 3: value 0 is ");
    }

    public record Config() {}

    private record Made(Loss loss) implements LossFactory<Config> {

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
        public Loss create(Config config, ModelShape shape) {
            return loss;
        }
    }

    private static final class Suite extends LossConformance<Config, Made> {

        private final Made made;

        Suite(Loss loss) {
            this.made = new Made(loss);
        }

        @Override
        protected Made factory() {
            return made;
        }
    }
}
