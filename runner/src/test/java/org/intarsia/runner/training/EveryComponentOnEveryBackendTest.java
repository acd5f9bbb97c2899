package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.DeviceInfo.Precision;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.runner.config.Choice;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.WeightSettings;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.SettingField;
import org.intarsia.runner.training.Trained.Bounds;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A small model with each component, in each of the settings of [TriedSettings], is trained some steps on every backend
/// that is found, and on the backend that defines the ops: the two must agree.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryComponentOnEveryBackendTest {

    private static final String REFERENCE = "reference";
    private static final Registry REGISTRY =
            Registry.load(EveryComponentOnEveryBackendTest.class.getClassLoader(), List.of());

    private final Map<TriedSettings, Trained> expected = new HashMap<>();

    /// The backends but the reference.
    private static List<String> backends() {
        return REGISTRY.names(Kind.BACKEND).stream().filter(name -> !name.equals(REFERENCE)).toList();
    }

    private static Bounds bounds(String backend, Precision precision) {
        return switch (precision) {
            // 2⁻²⁴ = 6e-8 is the rounding of one operation; losses are means of many, gradients are sums of terms that cancel in
            // part, and more so where a model is as narrow as two features. Measured: 2e-7 and 7e-6 on cpu, 8e-7 and 1e-5 on
            // opencl. ND4J sums one by one: 1,000 numbers are off by 7e-7 and not by 3e-8 or 1e-7. Measured: 3.3e-6 where
            // steps are great (huber: losses ten times as far off as the weights before), 7.2e-5 with two features.
            case SINGLE -> backend.equals("nd4j") ? new Bounds(1e-5, 2e-4) : new Bounds(2e-6, 2e-5);
            // The same with 2⁻⁵³: sums in another order.
            case DOUBLE -> new Bounds(1e-13, 1e-12);
        };
    }

    @Test
    void findsBackendsToTry() {
        assertThat(backends()).contains("cpu");
        assertThat(REGISTRY.names(Kind.BACKEND)).contains(REFERENCE);
    }

    @TestFactory
    Stream<DynamicTest> trainsAsTheReferenceDoes() {
        return backends().stream().flatMap(name -> {
            Supplier<Backend> backend = backend(name);
            return TriedSettings.all().stream().map(settings -> dynamicTest(name + ": " + settings, () -> {
                Backend tried = backend.get();
                Trained.on(tried, configuration(settings), _ -> {}).assertAgreesWith(expected(settings),
                        bounds(name, tried.device().precision()), name + ": " + settings);
            }));
        });
    }

    /// A backend without its device ends each of its tests as skipped, with the reason; one that is broken fails them.
    private static Supplier<Backend> backend(String name) {
        try {
            Backend backend = Components.backend(SmallRun.configuration("backend=" + name));
            return () -> backend;
        } catch (UserError e) {
            if (e.getCause() instanceof InvalidSettingException) {
                return () -> Assumptions.abort("not run: " + name + " cannot be had here: " + e.getMessage());
            }
            return () -> {
                throw e;
            };
        }
    }

    private Trained expected(TriedSettings settings) {
        return expected.computeIfAbsent(settings,
                _ -> Trained.on(Components.backend(SmallRun.configuration("backend=" + REFERENCE)),
                        configuration(settings), _ -> {}));
    }

    /// Rows fill the vectors of any machine and leave some over. AdamW's ε is great, so that a step is no quotient of two
    /// roundings where a gradient is 0 but for rounding.
    private static Configuration configuration(TriedSettings settings) {
        Stream<String> base =
                Stream.of("task=text", "task.file=" + SmallRun.grids(), "task.columns=3", "training.steps=5",
                        "training.batch=19", "optimizer.epsilon=0.1", "optimizer.learningRate=0.1");
        Stream<String> width = settings.text().contains("model.width") ? Stream.empty() : Stream.of("model.width=8");
        return SmallRun.configuration(
                Stream.of(base, width, settings.assignments()).flatMap(s -> s).toArray(String[]::new));
    }

    /// Settings that do nothing at these sizes would compare nothing.
    @Test
    void noTwoSettingsOfAPartTrainAlike() {
        Map<String, List<TriedSettings>> alike = TriedSettings.all().stream().collect(Collectors.groupingBy(
                settings -> settings.part() + Arrays.toString(expected(settings).losses().toArray())));

        assertThat(alike.values()).filteredOn(settings -> settings.size() > 1).isEmpty();
    }

    /// A component that is new, or a new way to set one, must join the list.
    @Test
    void everyComponentIsTriedWithEveryChoiceThatItOffers() {
        Set<String> tried = TriedSettings.all().stream().map(EveryComponentOnEveryBackendTest::configuration)
                .flatMap(EveryComponentOnEveryBackendTest::tried).collect(Collectors.toSet());

        List<String> offered = new ArrayList<>();
        Stream.of(Kind.EMBEDDING, Kind.POSITION, Kind.LOSS).flatMap(kind -> REGISTRY.all(kind).stream())
                .forEach(component -> {
                    String path = component.kind() + " " + component.name();
                    offered.add(path);
                    offered(path, component.factory().defaults().getClass()).forEach(offered::add);
                });
        offered("weights", WeightSettings.class).forEach(offered::add);
        assertThat(tried).containsAll(offered);
    }

    private static Stream<String> tried(Configuration configuration) {
        Stream<Stream<String>> parts = Stream.of(tried(Kind.EMBEDDING, configuration.embedding()),
                configuration.positions().stream().flatMap(choice -> tried(Kind.POSITION, choice)),
                tried(Kind.LOSS, configuration.loss()), tried("weights", configuration.training().weights()));
        return parts.flatMap(part -> part);
    }

    private static Stream<String> tried(Kind<?> kind, Choice<?> choice) {
        String path = kind + " " + choice.factory().name();
        return Stream.concat(Stream.of(path), tried(path, choice.settings()));
    }

    /// Of numbers and texts there are too many; those that lead elsewhere stand in the list nevertheless.
    private static Stream<String> tried(String path, Record settings) {
        return SettingField.of(settings.getClass()).stream().flatMap(field -> {
            String at = path + "." + field.name();
            return switch (field.value(settings).orElseThrow()) {
                case Record inner -> tried(at, inner);
                case Enum<?> constant -> Stream.of(at + "=" + SettingField.spelling(constant));
                case Object other -> Stream.of(at + "=" + other);
            };
        });
    }

    private static Stream<String> offered(String path, Class<? extends Record> settings) {
        return SettingField.of(settings).stream().flatMap(field -> {
            String at = path + "." + field.name();
            if (field.type().isRecord()) {
                return offered(at, field.type().asSubclass(Record.class));
            }
            List<String> choices = field.type() == boolean.class ? List.of("true", "false") : field.constants();
            return choices.stream().map(choice -> at + "=" + choice);
        });
    }

    @ParameterizedTest
    @CsvSource({"cpu, 1e-3", "nd4j, 1e-2"})
    void noticesASingleWrongWeight(String bounds, double error) {
        TriedSettings settings = new TriedSettings("position", "irpe");
        Backend reference = Components.backend(SmallRun.configuration("backend=" + REFERENCE));
        Trained broken = Trained.on(reference, configuration(settings), session -> {
            double[] weights = new double[8];
            session.read("transformer.h.0.ln_1.weight", weights);
            weights[5] += error;
            session.write("transformer.h.0.ln_1.weight", weights);
        });

        assertThatThrownBy(
                () -> broken.assertAgreesWith(expected(settings), bounds(bounds, Precision.SINGLE), "irpe"))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("irpe: the (loss|norm of the gradients) of step (?s:.*)");
    }
}
