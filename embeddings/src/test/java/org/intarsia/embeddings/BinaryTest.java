package org.intarsia.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.embeddings.Binary.Digits.PLUS_MINUS_ONE;
import static org.intarsia.embeddings.Binary.Digits.ZERO_ONE;

import java.util.Arrays;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.testkit.component.Computed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryTest {

    private final Graph graph = new Graph();

    @ParameterizedTest
    @ValueSource(ints = {8, 10})
    void writesTheDigitsThatJavaWrites(int bits) {
        double[] digits = embedAll(new Binary.Config(bits, ZERO_ONE, false), 256, bits);

        for (int token = 0; token < 256; token++) {
            String written = "0".repeat(bits) + Integer.toBinaryString(token);
            String expected = written.substring(written.length() - bits);
            for (int i = 0; i < bits; i++) {
                assertThat(digits[token * bits + i]).as("digit %d of %d", i, token).isEqualTo(expected.charAt(i) - '0');
            }
        }
    }

    @Test
    void writesMinusOneForZeroWhereAsked() {
        double[] digits = embedAll(new Binary.Config(0, PLUS_MINUS_ONE, false), 8, 3);

        assertThat(Arrays.copyOfRange(digits, 15, 18)).containsExactly(1, -1, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "255, 8", "256, 8", "257, 9"})
    void takesAsManyDigitsAsTheVocabularyNeeds(int vocabulary, int bits) {
        assertThat(embedAll(new Binary.Config(0, ZERO_ONE, false), vocabulary, bits)).hasSize(vocabulary * bits);
    }

    @Test
    void projectsByALinearMap() {
        double[] vectors = embedAll(new Binary.Config(0, ZERO_ONE, true), 4, 3);

        assertThat(graph.parameters().keySet()).containsExactly("transformer.wte.weight", "transformer.wte.bias");
        Tensor weight = graph.parameters().firstEntry().getValue();
        Tensor bias = graph.parameters().lastEntry().getValue();
        assertThat(weight.axes()).containsExactly(new Axis(Axes.WIDTH, 3), new Axis("transformer.wte.bit", 2));
        assertThat(((Op.Variable) weight.op()).start()).isEqualTo(Initializer.linear(2));
        assertThat(((Op.Variable) bias.op()).start()).isEqualTo(Initializer.linear(2));
        double[] w = Computed.values(weight, Axes.WIDTH, "transformer.wte.bit");
        double[] b = Computed.values(bias, Axes.WIDTH);
        for (int i = 0; i < 3; i++) {
            assertThat(vectors[i]).as("token 00").isCloseTo(b[i], within(1e-12));
            assertThat(vectors[3 + i]).as("token 01").isCloseTo(w[2 * i + 1] + b[i], within(1e-12));
            assertThat(vectors[6 + i]).as("token 10").isCloseTo(w[2 * i] + b[i], within(1e-12));
            assertThat(vectors[9 + i]).as("token 11").isCloseTo(w[2 * i] + w[2 * i + 1] + b[i], within(1e-12));
        }
    }

    @Test
    void rejectsTooFewDigits() {
        assertThatThrownBy(() -> create(new Binary.Config(4, ZERO_ONE, true), 17, 8))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting()).isEqualTo("bits"))
                .hasMessage("must be at least 5 to tell 17 tokens apart, not 4; 0 takes as many as needed");
    }

    @Test
    void rejectsNumbersOfDigitsThatCannotBe() {
        assertThatThrownBy(() -> new Binary.Config(25, ZERO_ONE, true)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be 0 (as many as the vocabulary needs) or 1 to 24, not 25");
        assertThatThrownBy(() -> new Binary.Config(-1, ZERO_ONE, true)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be 0 (as many as the vocabulary needs) or 1 to 24, not -1");
    }

    @Test
    void rejectsAnotherWidthWithoutAProjection() {
        assertThatThrownBy(() -> create(new Binary.Config(0, ZERO_ONE, false), 256, 16))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("projection"))
                .hasMessage("must be true where the width is not the number of bits: the width is 16, the bits are 8; "
                        + "without a projection, set the width to 8");
    }

    private double[] embedAll(Binary.Config config, int vocabulary, int width) {
        Tensor tokens = graph.index(new Axis(Axes.TIME, vocabulary));
        return Computed.values(graph.scope(Seed.of(1)).within("transformer.wte",
                scope -> create(config, vocabulary, width).embed(tokens, Positions.first(graph, vocabulary), scope)),
                Axes.TIME, Axes.WIDTH);
    }

    private static Binary create(Binary.Config config, int vocabulary, int width) {
        return new Binary.Factory().create(config, new ModelShape(vocabulary, vocabulary, width, 1, 1, 1));
    }
}
