package org.intarsia.runner.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.component.Axes.WIDTH;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.runner.model.BuiltIn;
import org.intarsia.runner.model.Transformer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The model is made to predict the token after the last one, modulo 5: its parts but the embedding and the head are 0.
final class GeneratorTest {

    private static final int TOKENS = 5;
    private static final ModelShape SHAPE = new ModelShape(TOKENS, 4, TOKENS, 1, 1, 1);
    private static final Seed SEED = Seed.of(3);
    private static final List<int[]> PROMPTS = List.of(new int[] {0}, new int[] {4, 2}, new int[] {3, 3, 3, 3, 3});

    private final Session session = BuiltIn.reference().open();

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void takesTheMostProbableTokenUntilTheModelIsFull() {
        assertThat(complete(0, OptionalInt.empty(), SEED)).containsExactly(List.of(0, 1, 2, 3, 4),
                List.of(4, 2, 3, 4, 0), List.of(3, 3, 3, 3, 3));
    }

    @Test
    void endsAtTheStopToken() {
        assertThat(complete(0, OptionalInt.of(3), SEED)).containsExactly(List.of(0, 1, 2, 3), List.of(4, 2, 3),
                List.of(3, 3, 3, 3, 3));
    }

    @Test
    void drawsTheSameTokensFromTheSameSeed() {
        assertThat(complete(5, OptionalInt.empty(), SEED)).isEqualTo(complete(5, OptionalInt.empty(), SEED))
                .isNotEqualTo(complete(5, OptionalInt.empty(), Seed.of(4)));
    }

    @Test
    void takesTheMostProbableTokenWhenItIsCold() {
        assertThat(complete(1e-3, OptionalInt.empty(), SEED)).isEqualTo(complete(0, OptionalInt.empty(), SEED));
    }

    private List<List<Integer>> complete(double temperature, OptionalInt stop, Seed seed) {
        Embedding oneHot = (tokens, _, scope) -> {
            Axis width = new Axis(WIDTH, TOKENS);
            return scope.graph().index(width).like(tokens).equal(tokens).convert(DataType.FLOAT);
        };
        Generator generator = new Generator(new Transformer(SHAPE, oneHot, new PositionEncoding() {},
                Loss.Output.CLASSES), session, Seed.of(1), PROMPTS.size(), SHAPE.length(), (_, _) -> new int[0]);
        session.write("transformer.h.0.attn.c_proj.weight", new double[TOKENS * TOKENS]);
        session.write("transformer.h.0.attn.c_proj.bias", new double[TOKENS]);
        session.write("transformer.h.0.mlp.c_proj.weight", new double[TOKENS]);
        session.write("transformer.h.0.mlp.c_proj.bias", new double[TOKENS]);
        double[] successor = new double[TOKENS * TOKENS];
        for (int token = 0; token < TOKENS; token++) {
            successor[(token + 1) % TOKENS * TOKENS + token] = 1;
        }
        session.write("lm_head.weight", successor);
        return generator.complete(PROMPTS, temperature, stop, seed).stream()
                .map(sequence -> Arrays.stream(sequence).boxed().toList()).toList();
    }
}
