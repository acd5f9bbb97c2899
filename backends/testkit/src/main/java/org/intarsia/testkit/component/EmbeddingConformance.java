package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.junit.jupiter.api.Test;

/// The suite for embeddings.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract non-sealed class EmbeddingConformance<C extends Record, F extends EmbeddingFactory<C>>
        extends
            ModelPartConformance<C, F> {

    private static final String TOKENS = "tokens";

    /// Creates the suite.
    protected EmbeddingConformance() {
        super(EmbeddingFactory.class);
    }

    /// Returns whether a token's vector depends on the token and its position alone. An embedding that looks at other
    /// tokens cannot be used in cached generation, which shows it one token at a time.
    protected boolean embedsTokenByToken() {
        return true;
    }

    /// Tokens shown one at a time, with their positions, are embedded as in the whole sequence; or differently in at least
    /// one place, if [#embedsTokenByToken()] says so.
    @Test
    public final void embedsOneTokenAsInTheWholeSequence() {
        boolean[] differs = {false};
        everyPart(part -> {
            Axis time = part.result().getFirst();
            for (int i = 0; i < time.size(); i++) {
                int position = i;
                List<Axis> single = List.of(time.sized(1), part.result().getLast());
                UnaryOperator<Tensor> slice = x -> x.slice(Axes.TIME, position, 1);
                Part alone = part.with(single, (inputs, scope) -> part.body()
                        .write(inputs.change(slice), scope));
                Part within = part.with(single,
                        (inputs, scope) -> part.body().write(inputs, scope).slice(Axes.TIME, position, 1));
                try (Trial one = new Trial(alone, List.of(), List.of(), false);
                        Trial whole = new Trial(within, List.of(), List.of(), false)) {
                    Values expected = whole.result();
                    if (embedsTokenByToken()) {
                        assertSame(part.where() + ": the token at " + position + ", alone", one.result(), expected);
                    } else {
                        differs[0] |= !one.result().equals(expected);
                    }
                }
            }
        });
        assertThat(differs[0]).as("whether some token is embedded differently when it is alone")
                .isEqualTo(!embedsTokenByToken());
    }

    @Override
    final Embedding create(C config, ModelShape shape) {
        return factory().create(config, shape);
    }

    @Override
    final List<Part> parts(C config, ModelShape shape) {
        Axis time = new Axis(Axes.TIME, shape.length());
        List<Field> inputs = new ArrayList<>(
                List.of(Field.integers(TOKENS, shape.vocabulary(), time), Field.positions(time)));
        inputs.addAll(Field.coordinates(shape));
        return List.of(new Part(factory().name() + " " + config + " at " + shape, inputs,
                List.of(time, new Axis(Axes.WIDTH, shape.width())),
                (given, scope) -> create(config, shape).embed(given.get(TOKENS), at(given), scope)));
    }

    private static Positions at(Part.Inputs inputs) {
        Positions places = Positions.along(inputs.get(Axes.TIME));
        return new Positions(places.time(), places.query(), places.key(), inputs.coordinates());
    }
}
