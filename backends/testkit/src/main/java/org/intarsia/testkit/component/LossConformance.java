package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.graph.Axis;
import org.junit.jupiter.api.Test;

/// The suite for losses.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract non-sealed class LossConformance<C extends Record, F extends LossFactory<C>>
        extends
            ModelPartConformance<C, F> {

    private static final String PREDICTIONS = "predictions";
    private static final String TARGETS = "targets";

    /// Creates the suite.
    protected LossConformance() {
        super(LossFactory.class);
    }

    /// The loss has a gradient with respect to what the model gives out: without one nothing can be trained.
    @Test
    public final void reachesThePredictions() {
        everyPart(part -> {
            try (Trial trial = new Trial(part, List.of(), List.of(), true)) {
                assertThat(trial.gradient(PREDICTIONS)).as(part.where() + ": the gradient of the predictions")
                        .isPresent();
            }
        });
    }

    /// The loss and its gradient are finite for logits or numbers in the thousands.
    @Test
    public final void isFiniteForExtremePredictions() {
        everyPart(part -> {
            Part extreme = part.with(part.result(),
                    (inputs, scope) -> part.body().write(inputs.change(PREDICTIONS, x -> x.mul(1000)), scope));
            try (Trial trial = new Trial(extreme, List.of(), List.of(), true)) {
                assertFinite(part.where() + ": the loss of extreme predictions", trial.result());
                trial.gradient(PREDICTIONS).ifPresent(
                        gradient -> assertFinite(part.where() + ": the gradient at extreme predictions", gradient));
            }
        });
    }

    @Override
    final Loss create(C config, ModelShape shape) {
        return factory().create(config, shape);
    }

    @Override
    final List<Part> parts(C config, ModelShape shape) {
        Axis time = new Axis(Axes.TIME, shape.length());
        Axis classes = new Axis(Axes.CLASS, shape.vocabulary());
        Axis[] given = switch (create(config, shape).output()) {
            case CLASSES -> new Axis[] {time, classes};
            case NUMBER -> new Axis[] {time};
        };
        return List.of(new Part(factory().name() + " " + config + " at " + shape,
                List.of(Field.normal(PREDICTIONS, 2, given), Field.integers(TARGETS, shape.vocabulary(), time)),
                List.of(time),
                (inputs, scope) -> create(config, shape).loss(inputs.get(PREDICTIONS), inputs.get(TARGETS), scope)));
    }
}
