package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.DeviceInfo.Precision;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// Holds the gradient of a case against central differences (f(x + h) − f(x − h)) / 2h in double precision.
///
/// What is differentiated is Σ w·y + Σ v·x, with fixed random w and v, result y and real operands x: so every operand has
/// a gradient, and every gradient is a sum of two contributions.
final class FiniteDifferences {

    private static final double STEP = 1e-5;
    /// The third derivative times h² is about 1e-9, rounding over h about 1e-10.
    private static final double BOUND = 1e-7;
    private static final Seed DRAWS = Seed.of(80).stream("finite differences");

    private FiniteDifferences() {}

    /// Writes gradients into a graph.
    @FunctionalInterface
    interface Differentiation {
        Map<Tensor, Tensor> of(Tensor loss, Collection<Tensor> sources);
    }

    /// Checks the gradients of all real operands of a case.
    ///
    /// @throws AssertionError naming the operand and the element whose gradient is wrong
    static void check(OpCase sample, Differentiation differentiation) {
        Backend backend = new ReferenceBackend();
        Graph graph = new Graph();
        Map<String, double[]> inputs = new LinkedHashMap<>();
        List<Tensor> sources = new ArrayList<>();
        Tensor loss = loss(sample, graph, inputs, sources);
        graph.output("loss", loss);
        differentiation.of(loss, sources).forEach((source, gradient) -> {
            if (!List.copyOf(gradient.axes()).containsAll(source.axes())
                    || gradient.axes().size() != source.axes().size()) {
                throw new AssertionError("the gradient of " + source + " is " + gradient);
            }
            graph.output(name(sources, source), gradient, source.axes().toArray(Axis[]::new));
        });
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            inputs.forEach(executable::write);
            executable.run();
            for (Tensor source : sources) {
                double[] gradient = new double[source.count()];
                executable.read(name(sources, source), gradient);
                compare(executable, name(sources, source), inputs, source.axes(), gradient);
                executable.run();
            }
        }
    }

    private static String name(List<Tensor> sources, Tensor source) {
        return "real operand " + sources.indexOf(source);
    }

    private static Tensor loss(OpCase sample, Graph graph, Map<String, double[]> inputs, List<Tensor> sources) {
        List<Tensor> operands = new ArrayList<>();
        Tensor loss = graph.constant(0);
        CaseTrial trial = new CaseTrial(sample, CaseTrial.Feed.INPUT, 0);
        for (int i = 0; i < sample.operands().size(); i++) {
            Sample operand = sample.operands().get(i);
            boolean real = operand.type() == DataType.FLOAT;
            String name = real ? "real operand " + sources.size() : "operand " + i;
            Tensor x = graph.input(name, operand.type(), operand.axes().toArray(Axis[]::new));
            inputs.put(name, trial.values(i).toArray());
            operands.add(x);
            if (real) {
                sources.add(x);
                loss = loss.add(weighted(x, "operand"));
            }
        }
        return loss.add(weighted(sample.expression().apply(graph, operands).convert(DataType.FLOAT), "result"));
    }

    private static Tensor weighted(Tensor x, String name) {
        Axis[] axes = x.axes().toArray(Axis[]::new);
        return x.mul(x.graph().constant(DataType.FLOAT, Sample.real(axes).values(DRAWS.stream(name)), axes)).sum(axes);
    }

    private static void compare(Executable executable, String input, Map<String, double[]> inputs, List<Axis> axes,
            double[] gradient) {
        double[] numbers = inputs.entrySet().stream().filter(e -> e.getKey().equals(input)).findFirst().orElseThrow()
                .getValue().clone();
        double[] differences = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            double number = numbers[i];
            double above = lossAt(executable, input, numbers, i, number + STEP);
            double below = lossAt(executable, input, numbers, i, number - STEP);
            differences[i] = (above - below) / (2 * STEP);
            numbers[i] = number;
        }
        executable.write(input, numbers);
        Numbers.close("the gradient of " + input, axes, differences, gradient,
                new Tolerance(BOUND, BOUND, "the error of central differences"),
                Precision.DOUBLE);
    }

    private static double lossAt(Executable executable, String input, double[] numbers, int index, double number) {
        numbers[index] = number;
        executable.write(input, numbers);
        executable.run();
        double[] loss = new double[1];
        executable.read("loss", loss);
        return loss[0];
    }
}
