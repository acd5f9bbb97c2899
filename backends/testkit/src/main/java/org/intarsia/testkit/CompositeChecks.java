package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Tensor;

/// Softmax, layer norm, GELU and cross-entropy, with their gradients, along axes of lengths around those of vectors, with
/// the axis first, last and between others, on ordinary numbers, huge ones and minus infinity.
final class CompositeChecks {

    private static final List<Integer> LENGTHS = List.of(1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 127, 128, 257);
    private static final Seed DRAWS = Seed.of(30).stream("composites");

    private CompositeChecks() {}

    /// What the composite is applied to.
    private enum Kind {
        /// Numbers around 0.
        ORDINARY,
        /// Numbers of magnitude 10⁴, whose exponentials overflow.
        HUGE,
        /// Minus infinity wherever the index is odd.
        MASKED
    }

    /// Applies a composite along an axis; only cross-entropy looks at the targets.
    @FunctionalInterface
    private interface Function {
        Tensor apply(Tensor x, Axis along, Tensor targets);
    }

    /// A composite, and what it is applied to.
    private record Subject(String name, Function function, Tolerance tolerance, List<Kind> kinds) {}

    private static List<Subject> subjects() {
        return List.of(
                new Subject("softmax", (x, along, _) -> x.softmax(along), Tolerance.FUNCTION, List.of(Kind.values())),
                new Subject("layer norm", (x, along, _) -> x.layerNorm(along, 1e-5), Tolerance.CHAIN,
                        List.of(Kind.ORDINARY)),
                new Subject("gelu", (x, _, _) -> x.gelu(), Tolerance.FUNCTION, List.of(Kind.ORDINARY, Kind.HUGE)),
                new Subject("cross entropy", (x, along, targets) -> x.crossEntropy(along, targets), Tolerance.CHAIN,
                        List.of(Kind.values())));
    }

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Subject subject : subjects()) {
            for (Kind kind : subject.kinds()) {
                for (int length : LENGTHS) {
                    String numbers = kind.name().toLowerCase(Locale.ROOT);
                    checks.add(new Check(subject.name() + " of " + numbers + " numbers, length " + length, backend -> {
                        for (List<Axis> axes : arrangements(new Axis("class", length))) {
                            trial(subject, kind, axes).agree(backend, subject.tolerance());
                        }
                    }));
                }
            }
        }
        return checks;
    }

    private static List<List<Axis>> arrangements(Axis along) {
        Axis batch = new Axis("batch", 5);
        Axis time = new Axis("time", 3);
        return List.of(List.of(along), List.of(time, along), List.of(along, batch), List.of(batch, along, time),
                List.of(batch.sized(17), time, along));
    }

    /// Writes the composite and the gradient of Σ w·result for given weights w.
    private static Trial trial(Subject subject, Kind kind, List<Axis> axes) {
        return graph -> {
            Map<String, double[]> inputs = new LinkedHashMap<>();
            Axis along = axes.stream().filter(a -> a.name().equals("class")).findFirst().orElseThrow();
            Tensor x = graph.input("x", DataType.FLOAT, axes.toArray(Axis[]::new));
            inputs.put("x", numbers(kind, along, axes));
            Axis[] rest = axes.stream().filter(a -> !a.equals(along)).toArray(Axis[]::new);
            Tensor targets = graph.input("targets", DataType.INTEGER, rest);
            inputs.put("targets", evenTargets(along, rest));
            Tensor result = subject.function().apply(x, along, targets);
            Axis[] order = result.axes().toArray(Axis[]::new);
            Tensor weights = graph.input("weights", DataType.FLOAT, order);
            inputs.put("weights", Sample.real(order).values(DRAWS.stream("weights")).toArray());
            graph.output("result", result, order);
            Axis[] reversed = axes.reversed().toArray(Axis[]::new);
            Gradients.of(result.mul(weights).sum(order), List.of(x))
                    .forEach((_, gradient) -> graph.output("gradient", gradient, reversed));
            return inputs;
        };
    }

    private static double[] numbers(Kind kind, Axis along, List<Axis> axes) {
        int inside = Axis.count(axes.subList(axes.indexOf(along) + 1, axes.size()));
        Sample.Draw ordinary = Sample.spread().draw();
        Sample.Draw draw = switch (kind) {
            case ORDINARY -> ordinary;
            case HUGE -> (random, i) -> 1e4 * ordinary.number(random, i);
            case MASKED -> (random, i) -> i / inside % along.size() % 2 == 1
                    ? Double.NEGATIVE_INFINITY
                    : ordinary.number(random, i);
        };
        return Sample.real(draw, axes.toArray(Axis[]::new)).values(DRAWS.stream("x")).toArray();
    }

    /// Returns targets that are not masked.
    private static double[] evenTargets(Axis along, Axis... rest) {
        Sample.Draw draw = (random, _) -> 2 * random.nextInt((along.size() + 1) / 2);
        return Sample.real(draw, rest).values(DRAWS.stream("targets")).toArray();
    }
}
