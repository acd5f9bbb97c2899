package org.intarsia.runner.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariationTest {

    private static final Registry REGISTRY = Registry.load();
    private static final Shape BASE = Shape.parse("B");

    @Test
    void aSizeTakesItsValuesInTheirOrder() {
        Variation variation = Variation.parse("batch=32, 7,1", BASE, REGISTRY);

        assertThat(variation.values()).containsExactly(32, 7, 1);
        assertThat(variation.variants()).extracting(variant -> variant.shape().sizes())
                .containsExactly("27,16,64,4,4,256,32", "27,16,64,4,4,256,7", "27,16,64,4,4,256,1");
        assertThat(variation.variants()).extracting(Variant::name).containsExactly("batch=32", "batch=7", "batch=1");
    }

    @Test
    void everyRegisteredComponentTakesItsTurn() {
        Variation variation = Variation.parse("position", BASE, REGISTRY);

        assertThat(variation.variants()).extracting(Variant::name)
                .containsExactlyElementsOf(REGISTRY.names(Kind.POSITION)).contains("none", "rope");
        assertThat(variation.values()).isEmpty();
    }

    @Test
    void componentsMayBeNamed() {
        Variation variation = Variation.parse("embedding=tuple,learned", BASE, REGISTRY);

        assertThat(variation.variants()).containsExactly(
                new Variant("tuple", BASE, List.of("embedding=tuple")),
                new Variant("learned", BASE, List.of("embedding=learned")));
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("widht=1", """
                        --vary: there is no "widht" to vary; did you mean "width"?
                          sizes, with values: vocabulary, length, width, layers, heads, feedForward, batch
                          components: embedding, position, loss"""),
                Arguments.of("task", """
                        --vary: there is no "task" to vary
                          sizes, with values: vocabulary, length, width, layers, heads, feedForward, batch
                          components: embedding, position, loss"""),
                Arguments.of("width", "--vary width: say which values, such as width=8,15,16,17,33"),
                Arguments.of("width=", "--vary width=: \"\" is not a whole number"),
                Arguments.of("width=8,x", "--vary width=8,x: \"x\" is not a whole number"),
                Arguments.of("width=8,9,8", "--vary width=8,9,8: 8 stands there twice"),
                Arguments.of("layers=0", "the shape layers=0: layers must be at least 1, not 0"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatCannotVaryIsAnError(String text, String message) {
        assertThatThrownBy(() -> Variation.parse(text, BASE, REGISTRY)).isInstanceOf(UserError.class)
                .hasMessage(message);
    }

    @Test
    void aComponentThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> Variation.parse("loss=cross-entrpy", BASE, REGISTRY)).isInstanceOf(UserError.class)
                .message().startsWith("there is no loss \"cross-entrpy\"; did you mean \"cross-entropy\"?\n  known: ");
    }

    @Test
    void theExponentIsTheSlopeOnLogarithmicAxes() {
        assertThat(Variation.exponent(10, 3, 20, 12)).isCloseTo(2, within(1e-12));
        assertThat(Variation.exponent(20, 12, 10, 3)).isCloseTo(2, within(1e-12));
        assertThat(Variation.exponent(10, 3, 20, 3)).isZero();
    }
}
