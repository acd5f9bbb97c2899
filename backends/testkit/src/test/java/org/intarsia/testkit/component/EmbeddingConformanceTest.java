package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Setting;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// A sound embedding passes; each broken twin is rejected by the check that is meant for it, with a message that says what
/// is wrong. The checks of names, settings and gradients are shared by all kinds of components.
final class EmbeddingConformanceTest {

    private static final Config PLAIN = new Config(1);

    @Test
    void acceptsASoundEmbedding() {
        Suite suite =
                new Suite((config, shape) -> (tokens, at, scope) -> table(tokens, shape, scope).mul(config.scale));
        List<Consumer<Suite>> checks =
                List.of(Suite::nameIsKebabCase, Suite::saysWhatItIs, Suite::settingsAreDocumented,
                        Suite::defaultsAreStable, Suite::everySettingIsTried, Suite::isMadeWhereItFits,
                        Suite::givesThePromisedAxes,
                        Suite::ignoresABatch, Suite::ignoresReplicas, Suite::gradientsAgreeWithFiniteDifferences,
                        Suite::givesTheSameWheneverItIsMade, Suite::settingsMatter, Suite::standsBesideItself,
                        Suite::embedsOneTokenAsInTheWholeSequence);

        assertThat(checks).allSatisfy(check -> check.accept(suite));
    }

    @Test
    void rejectsAFactoryThatNoServiceNames() {
        assertRejected(broken((tokens, shape, scope) -> table(tokens, shape, scope))::isFoundByItsService,
                "[what META-INF/services/org.intarsia.api.component.EmbeddingFactory names]");
    }

    @Test
    void rejectsANameThatIsNotKebabCase() {
        assertRejected(new Suite((_, shape) -> sound(shape), "My_Embedding", "It is one.")::nameIsKebabCase,
                "[the name of the component]");
    }

    @Test
    void rejectsADescriptionThatIsNoSentence() {
        assertRejected(new Suite((_, shape) -> sound(shape), "mine", "")::saysWhatItIs, "[the description]");
    }

    @Test
    void rejectsASettingWithoutDocumentation() {
        assertRejected(new UndocumentedSuite()::settingsAreDocumented, "[@Setting of " + Undocumented.class.getName()
                + ".scale]");
    }

    @Test
    void rejectsConfigsThatLeaveASettingAlone() {
        Suite suite = new Suite((_, shape) -> sound(shape)) {
            @Override
            protected List<Config> configs() {
                return List.of(PLAIN);
            }
        };

        assertRejected(suite::everySettingIsTried,
                "[values of the setting 'scale' in configs(), which must try at least two]");
    }

    @Test
    void rejectsAnEmbeddingThatNeedsABatch() {
        assertRejected(broken((tokens, shape, scope) -> {
            tokens.axis("batch");
            return table(tokens, shape, scope);
        })::givesThePromisedAxes,
                "broken Config[scale=1.0] at ModelShape[vocabulary=1, length=1, width=1, layers=1, heads=1, "
                        + "feedForward=1, coordinates={}], given the extra axes {}: cannot be written: there is no axis 'batch' in {time 1}");
    }

    @Test
    void rejectsAnEmbeddingThatMixesABatch() {
        assertRejected(broken((tokens, shape, scope) -> mixed(table(tokens, shape, scope), "batch"))::ignoresABatch,
                ": position 0 of batch 3: value 0 is ");
    }

    @Test
    void rejectsAnEmbeddingThatMixesReplicas() {
        assertRejected(broken((tokens, shape, scope) -> mixed(table(tokens, shape, scope), "replica"))::ignoresReplicas,
                ": position 0 of replica 2: value 0 is ");
    }

    @Test
    void rejectsAnotherResultThanPromised() {
        assertRejected(broken((tokens, shape, scope) -> table(tokens, shape, scope).rename(Axes.WIDTH,
                "features"))::givesThePromisedAxes, "given the extra axes {}: the axes of the result]");
    }

    @Test
    void rejectsResultsThatAreNotNumbers() {
        assertRejected(
                broken((tokens, shape, scope) -> table(tokens, shape, scope).abs().neg().log())::givesThePromisedAxes,
                ": value 0 is NaN, not a finite number");
    }

    @Test
    void rejectsAWrongGradientOfAComposite() {
        assertRejected(
                broken((tokens, shape, scope) -> table(tokens, shape, scope)
                        .call(new WrongSquare()))::gradientsAgreeWithFiniteDifferences,
                ": the gradient of 'part.weight' at element 0 is ");
    }

    @Test
    void rejectsAParameterThatNoGradientReaches() {
        assertRejected(broken((tokens, shape, scope) -> table(tokens, shape, scope).convert(DataType.INTEGER)
                .convert(DataType.FLOAT))::gradientsAgreeWithFiniteDifferences,
                ": no gradient reaches the parameter 'part.weight'");
    }

    @Test
    void rejectsAPrivateAxisThatIsNotOfTheScope() {
        assertRejected(broken((tokens, shape, scope) -> {
            Axis token = new Axis("token", shape.vocabulary());
            return scope.parameter("weight", Initializer.ones(), token, new Axis(Axes.WIDTH, shape.width())).gather(
                    token,
                    tokens);
        })::givesThePromisedAxes, ": a private axis of 'part.weight' must come from the scope]");
    }

    @Test
    void rejectsAParameterOutsideTheScope() {
        assertRejected(
                broken((tokens, shape, scope) -> table(tokens, shape,
                        scope.graph().scope(scope.seed())))::givesThePromisedAxes,
                ": a parameter's name must come from the scope]");
    }

    @Test
    void rejectsNamesThatClashWhenThereAreTwo() {
        assertRejected(broken((tokens, shape, scope) -> {
            scope.graph().variable("part.count", Initializer.zeros(), scope.seed());
            return table(tokens, shape, scope);
        })::standsBesideItself, "cannot be written: the name 'part.count' is declared twice in one graph");
    }

    @Test
    void rejectsACacheThatForgetsASetting() {
        Map<ModelShape, Double> cache = new HashMap<>();
        Suite suite = new Suite((config, shape) -> (tokens, at, scope) -> table(tokens, shape, scope)
                .mul(cache.computeIfAbsent(shape, _ -> config.scale)));

        assertRejected(suite::settingsMatter,
                "[Config[scale=1.0] and Config[scale=2.0] give different results at one shape at least]");
    }

    @Test
    void rejectsStateThatOutlivesAComponent() {
        AtomicInteger made = new AtomicInteger();
        Suite suite = new Suite((_, shape) -> {
            int number = made.incrementAndGet();
            return (tokens, at, scope) -> table(tokens, shape, scope).mul(number);
        });

        assertRejected(suite::givesTheSameWheneverItIsMade, ", made a second time]");
    }

    @Test
    void rejectsPositionsByPlaceInTheTensor() {
        Broken byPlace = (tokens, shape, scope) -> {
            Tensor x = table(tokens, shape, scope);
            return x.mul(x.graph().index(tokens.axis(Axes.TIME)).convert(DataType.FLOAT));
        };

        assertRejected(broken(byPlace)::embedsOneTokenAsInTheWholeSequence, ": the token at 1, alone: value 0 is ");
    }

    @Test
    void rejectsAFalseClaimOfLookingAtOtherTokens() {
        Suite suite = new Suite((_, shape) -> sound(shape)) {
            @Override
            protected boolean embedsTokenByToken() {
                return false;
            }
        };

        assertRejected(suite::embedsOneTokenAsInTheWholeSequence,
                "[whether some token is embedded differently when it is alone]");
    }

    @Test
    void rejectsSettingsThatFitMoreThanClaimed() {
        assertRejected(new WideOnly((_, shape) -> sound(shape))::isMadeWhereItFits, "which it does not fit]");
    }

    @Test
    void rejectsAMisfitThatNamesNoSetting() {
        assertRejected(new WideOnly((_, shape) -> {
            InvalidSettingException.check(shape.width() >= 6, "width", "must be at least 6");
            return sound(shape);
        })::isMadeWhereItFits, "\"width\"");
    }

    private static void assertRejected(ThrowingCallable check, String message) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    private static Suite broken(Broken embedding) {
        return new Suite((_, shape) -> (tokens, at, scope) -> embedding.embed(tokens, shape, scope), "broken",
                "It is.");
    }

    private static Embedding sound(ModelShape shape) {
        return (tokens, at, scope) -> table(tokens, shape, scope);
    }

    private static Tensor table(Tensor tokens, ModelShape shape, Scope scope) {
        Axis token = scope.axis("token", shape.vocabulary());
        return scope.parameter("weight", new Initializer.Normal(0, 1), token, new Axis(Axes.WIDTH, shape.width()))
                .gather(token, tokens);
    }

    private static Tensor mixed(Tensor x, String axis) {
        return x.has(axis) ? x.mean(x.axis(axis)).like(x) : x;
    }

    @FunctionalInterface
    private interface Broken {
        Tensor embed(Tensor tokens, ModelShape shape, Scope scope);
    }

    /// x² with the gradient of x³/3.
    private record WrongSquare() implements Composite {

        @Override
        public String name() {
            return "wrong square";
        }

        @Override
        public Tensor decompose(List<Tensor> operands) {
            return operands.getFirst().square();
        }

        @Override
        public Optional<List<Optional<Tensor>>> gradients(List<Tensor> operands, Tensor result, Tensor upstream) {
            return Optional.of(List.of(Optional.of(upstream.mul(operands.getFirst().square()))));
        }
    }

    public record Config(@Setting("What the vectors are multiplied by.") double scale) {}

    public record Undocumented(double scale) {}

    private record Made<C extends Record>(String name, String description, C defaults,
            BiFunction<C, ModelShape, Embedding> embedding) implements EmbeddingFactory<C> {

        @Override
        public Embedding create(C config, ModelShape shape) {
            return embedding.apply(config, shape);
        }
    }

    private static class Suite extends EmbeddingConformance<Config, Made<Config>> {

        private final Made<Config> made;

        Suite(BiFunction<Config, ModelShape, Embedding> embedding) {
            this(embedding, "made", "Made for a test.");
        }

        Suite(BiFunction<Config, ModelShape, Embedding> embedding, String name, String description) {
            this.made = new Made<>(name, description, PLAIN, embedding);
        }

        @Override
        protected Made<Config> factory() {
            return made;
        }

        @Override
        protected List<Config> configs() {
            return List.of(PLAIN, new Config(2));
        }
    }

    /// Claims that a width below 6 does not fit.
    private static final class WideOnly extends Suite {

        WideOnly(BiFunction<Config, ModelShape, Embedding> embedding) {
            super(embedding);
        }

        @Override
        protected boolean fits(Config config, ModelShape shape) {
            return shape.width() >= 6;
        }
    }

    private static final class UndocumentedSuite extends EmbeddingConformance<Undocumented, Made<Undocumented>> {

        @Override
        protected Made<Undocumented> factory() {
            return new Made<>("made", "Made for a test.", new Undocumented(1), (_, shape) -> sound(shape));
        }
    }
}
