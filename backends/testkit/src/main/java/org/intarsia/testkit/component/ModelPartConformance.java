package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Factory;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Values;
import org.junit.jupiter.api.Test;

/// What every component that is a part of the model promises: the axes of its results, indifference to extra axes, right
/// gradients, the same values whenever it is made, and settings that matter.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract sealed class ModelPartConformance<C extends Record, F extends Factory<C>>
        extends
            ComponentConformance<C, F>
        permits EmbeddingConformance, PositionEncodingConformance, LossConformance {

    private static final Axis BATCH = new Axis("batch", 3);
    private static final Axis REPLICA = new Axis("replica", 2);
    private static final double SAME = 1e-12;
    private static final double STEP = 1e-5;
    private static final int SAMPLED = 24;

    ModelPartConformance(Class<?> service) {
        super(service);
    }

    /// Returns the model shapes to try.
    protected List<ModelShape> shapes() {
        return List.of(
                new ModelShape(1, 1, 1, 1, 1, 1),
                new ModelShape(2, 1, 2, 1, 1, 4),
                new ModelShape(5, 3, 2, 1, 2, 4),
                new ModelShape(7, 4, 6, 2, 1, 8),
                new ModelShape(16, 2, 4, 1, 1, 4),
                new ModelShape(27, 5, 8, 2, 2, 8),
                new ModelShape(300, 4, 12, 1, 2, 8),
                new ModelShape(11, 6, 8, 1, 2, 8).with(Map.of(Coordinate.ROW, Layout.byTokens(2), Coordinate.COLUMN,
                        Layout.byTokens(3), Coordinate.DIGIT, Layout.byTokens(4))),
                new ModelShape(7, 5, 8, 1, 2, 8).with(Map.of(Coordinate.ROW, Layout.byIndex(2, 5, i -> i / 3),
                        Coordinate.COLUMN, Layout.byIndex(2, 5, i -> i % 3 - 1), Coordinate.DIGIT,
                        Layout.byIndex(5, 5, i -> i))));
    }

    /// Returns whether settings fit a shape. Where they do not, the factory must say so; each must fit at least one shape.
    protected boolean fits(C config, ModelShape shape) {
        return true;
    }

    /// Makes the component.
    abstract Object create(C config, ModelShape shape);

    /// Returns all uses of the component in a model.
    abstract List<Part> parts(C config, ModelShape shape);

    /// Settings that fit a shape make a component; others are an [InvalidSettingException] that names a setting, or
    /// blames the component as a whole, and says why.
    @Test
    public final void isMadeWhereItFits() {
        for (C config : configs()) {
            List<ModelShape> fitting = shapes().stream().filter(shape -> fits(config, shape)).toList();
            assertThat(fitting).as("shapes that " + config + " fits").isNotEmpty();
            for (ModelShape shape : shapes()) {
                if (fits(config, shape)) {
                    assertThat(create(config, shape)).as(config + " at " + shape).isNotNull();
                } else {
                    assertThat(catchThrowable(() -> create(config, shape)))
                            .as(config + " at " + shape + ", which it does not fit")
                            .isInstanceOfSatisfying(InvalidSettingException.class, e -> {
                                assertThat(e.getMessage()).isNotBlank();
                                if (!e.setting().isEmpty()) {
                                    assertThat(Arrays.stream(config.getClass().getRecordComponents())
                                            .map(RecordComponent::getName)).contains(e.setting());
                                }
                            });
                }
            }
        }
    }

    /// The results have the promised axes and are finite numbers, at every shape.
    @Test
    public final void givesThePromisedAxes() {
        everyPart(part -> {
            try (Trial trial = new Trial(part, List.of(), List.of(), false)) {
                assertFinite(part.where(), trial.result());
            }
        });
    }

    /// With a batch the result is what the sequences give one at a time.
    @Test
    public final void ignoresABatch() {
        everyPart(part -> assertSameApart(part, List.of(BATCH), List.of()));
    }

    /// With replicas, each with parameters and a batch of its own, the result is what they give one at a time.
    @Test
    public final void ignoresReplicas() {
        everyPart(part -> assertSameApart(part, List.of(REPLICA, BATCH), List.of(REPLICA)));
    }

    /// The gradients of all parameters and inputs agree with finite differences, with a batch and without.
    @Test
    public final void gradientsAgreeWithFiniteDifferences() {
        everyPart(part -> {
            for (List<Axis> extra : List.of(List.<Axis>of(), List.of(BATCH))) {
                try (Trial trial = new Trial(part, extra, List.of(), true)) {
                    trial.reals().forEach(name -> assertGradient(part, trial, name));
                }
            }
        });
    }

    /// Made again, after others with other settings and shapes, it gives the same values, bit by bit.
    @Test
    public final void givesTheSameWheneverItIsMade() {
        SequencedMap<String, Map<String, Values>> first = new LinkedHashMap<>();
        everyFit((config, shape) -> first.put(config + " at " + shape, signature(config, shape)));
        SequencedMap<String, Map<String, Values>> second = new LinkedHashMap<>();
        everyFit((config, shape) -> second.putFirst(config + " at " + shape, signature(config, shape)));
        first.forEach(
                (where, values) -> assertThat(second.get(where)).as(where + ", made a second time").isEqualTo(values));
    }

    /// Different settings give different results at one shape at least, when both are made in one process: nothing is
    /// remembered by less than all that it depends on.
    @Test
    public final void settingsMatter() {
        List<C> configs = configs();
        for (int i = 0; i < configs.size(); i++) {
            for (int j = 0; j < i; j++) {
                C a = configs.get(j);
                C b = configs.get(i);
                List<ModelShape> both = shapes().stream().filter(s -> fits(a, s) && fits(b, s)).toList();
                assertThat(both).as("shapes that both " + a + " and " + b + " fit").isNotEmpty();
                assertThat(both.stream().anyMatch(shape -> !signature(a, shape).equals(signature(b, shape))))
                        .as(a + " and " + b + " give different results at one shape at least").isTrue();
            }
        }
    }

    /// Two of them in one model, each in a scope of its own, do not clash.
    @Test
    public final void standsBesideItself() {
        everyPart(part -> {
            Part twice = part.with(part.result(), (inputs, scope) -> scope
                    .within("first", inner -> part.body().write(inputs, inner))
                    .add(scope.within("second", inner -> part.body().write(inputs, inner))));
            try (Trial trial = new Trial(twice, List.of(), List.of(), false)) {
                assertFinite(part.where() + ", twice", trial.result());
            }
        });
    }

    /// Checks that no number is infinite or undefined.
    static void assertFinite(String where, Values values) {
        for (int i = 0; i < values.count(); i++) {
            if (!Double.isFinite(values.get(i))) {
                fail("%s: value %d is %s, not a finite number", where, i, values.get(i));
            }
        }
    }

    /// Checks that two sets of numbers are the same but for rounding.
    static void assertSame(String where, Values actual, Values expected) {
        assertThat(actual.count()).as(where + ": the number of values").isEqualTo(expected.count());
        for (int i = 0; i < expected.count(); i++) {
            double error = Math.abs(actual.get(i) - expected.get(i));
            if (!(error <= SAME * Math.max(1, Math.abs(expected.get(i))))) {
                fail("%s: value %d is %s, not %s", where, i, actual.get(i), expected.get(i));
            }
        }
    }

    /// Runs a check on every part at every fitting shape.
    final void everyPart(Consumer<Part> check) {
        everyFit((config, shape) -> parts(config, shape).forEach(check));
    }

    /// Runs a check on all settings at every fitting shape.
    final void everyFit(BiConsumer<C, ModelShape> check) {
        for (C config : configs()) {
            shapes().stream().filter(shape -> fits(config, shape)).forEach(shape -> check.accept(config, shape));
        }
    }

    private static void assertSameApart(Part part, List<Axis> onInputs, List<Axis> onParameters) {
        Axis outer = onInputs.getFirst();
        List<Axis> inner = onInputs.subList(1, onInputs.size());
        List<Axis> innerOnParameters =
                onParameters.isEmpty() ? onParameters : onParameters.subList(1, onParameters.size());
        try (Trial together = new Trial(part, onInputs, onParameters, false);
                Trial apart = new Trial(part, inner, innerOnParameters, false)) {
            Values all = together.result();
            for (int i = 0; i < outer.size(); i++) {
                int index = i;
                Map<String, Values> own = new HashMap<>();
                together.values().forEach((name, numbers) -> own.put(name,
                        together.has(name, outer) ? portion(numbers, index, outer.size()) : numbers));
                assertSame(part.where() + ": position " + i + " of " + outer, portion(all, i, outer.size()),
                        apart.result(own));
            }
        }
    }

    private static Values portion(Values values, int index, int portions) {
        int count = values.count() / portions;
        return Values.compute(count, i -> values.get(index * count + i));
    }

    private static void assertGradient(Part part, Trial trial, String name) {
        boolean parameter = trial.parameters().contains(name);
        Values at = Objects.requireNonNull(trial.values().get(name), name);
        Values gradient = trial.gradient(name).orElseGet(() -> {
            if (parameter) {
                fail("%s: no gradient reaches the parameter '%s'", part.where(), name);
            }
            return Values.compute(at.count(), _ -> 0);
        });
        double greatest = Arrays.stream(gradient.toArray()).map(Math::abs).max().orElse(0);
        double noise = 1e-9 * Math.abs(trial.objective(name, at));
        for (int element : sampled(gradient)) {
            double step = STEP * Math.max(1, Math.abs(at.get(element)));
            double numeric = (trial.objective(name, moved(at, element, step))
                    - trial.objective(name, moved(at, element, -step))) / (2 * step);
            if (!(Math.abs(gradient.get(element) - numeric) <= 1e-6 * Math.max(greatest, Math.abs(numeric)) + noise)) {
                fail("%s: the gradient of '%s' at element %d is %s, finite differences give %s", part.where(), name,
                        element,
                        gradient.get(element), numeric);
            }
        }
    }

    private static Values moved(Values values, int element, double step) {
        return Values.compute(values.count(), i -> i == element ? values.get(i) + step : values.get(i));
    }

    /// Returns the elements to try: all of a few; of many the greatest and some others.
    private static Set<Integer> sampled(Values gradient) {
        int count = gradient.count();
        if (count <= 2 * SAMPLED) {
            return new LinkedHashSet<>(IntStream.range(0, count).boxed().toList());
        }
        Set<Integer> sampled = new LinkedHashSet<>(IntStream.range(0, count).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(gradient.get(i)))).limit(SAMPLED).toList());
        RandomGenerator random = Seed.of(23).generator();
        while (sampled.size() < 2 * SAMPLED) {
            sampled.add(random.nextInt(count));
        }
        return sampled;
    }

    /// Returns the results of all parts, in evaluation and in training, by name.
    private Map<String, Values> signature(C config, ModelShape shape) {
        Map<String, Values> signature = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>(parts(config, shape));
        for (int i = 0; i < parts.size(); i++) {
            try (Trial trial = new Trial(parts.get(i), List.of(), List.of(), false)) {
                signature.put("part " + i, trial.result());
            }
            try (Trial trial = Trial.training(parts.get(i))) {
                signature.put("part " + i + " in training", trial.result());
            }
        }
        return signature;
    }
}
