package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.ShapeException;
import org.intarsia.api.graph.Tensor;

/// An extra axis is always legal: with one more axis on its operands an op computes what it computes for each position of
/// that axis apart. All operands get the axis, and then each subset of them that the op allows.
final class ExtraAxisChecks {

    /// The axes that are added: names without a meaning and one that backends know, sizes around those of vectors.
    private static final List<Axis> EXTRA = List.of(new Axis("replica", 2), new Axis("batch", 1), new Axis("batch", 3),
            new Axis("batch", 16), new Axis("batch", 33));

    private ExtraAxisChecks() {}

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (OpCase sample : OpCases.all()) {
            if (!sample.operands().isEmpty()) {
                for (Axis extra : EXTRA) {
                    checks.add(new Check(sample.name() + ", with " + extra, backend -> check(backend, sample, extra)));
                }
            }
        }
        return checks;
    }

    private static void check(Backend backend, OpCase sample, Axis extra) {
        int everyOperand = (1 << sample.operands().size()) - 1;
        try (Trialled apart = new Trialled(backend, new Apart(sample))) {
            compare(backend, sample, extra, everyOperand, apart);
            for (int subset = 1; subset < everyOperand; subset++) {
                if (legal(sample, extra, subset)) {
                    compare(backend, sample, extra, subset, apart);
                }
            }
        }
    }

    private static boolean legal(OpCase sample, Axis extra, int subset) {
        try {
            new Together(sample, extra, subset).build(new Graph());
            return true;
        } catch (ShapeException outer) {
            return false;
        }
    }

    private static void compare(Backend backend, OpCase sample, Axis extra, int subset, Trialled apart) {
        try (Trialled together = new Trialled(backend, new Together(sample, extra, subset))) {
            double[] all = together.run().getFirst();
            for (int position = 0; position < extra.size(); position++) {
                apart.write(Apart.inputs(sample, subset, position));
                double[] one = apart.run().getFirst();
                double[] slice = Arrays.copyOfRange(all, position * one.length, (position + 1) * one.length);
                Numbers.close("position " + position + " of " + extra + " on operands " + subset, order(sample),
                        one,
                        slice, sample.tolerance().times(2), backend.device().precision());
            }
        }
    }

    /// Returns the axes of the result without the extra one. With it they might come in another order.
    private static List<Axis> order(OpCase sample) {
        Graph graph = new Graph();
        new Apart(sample).build(graph);
        return graph.outputs().firstEntry().getValue().order();
    }

    /// Returns which numbers an operand has at a position of the extra axis.
    private static long replica(int subset, int operand, int position) {
        return has(subset, operand) ? 1 + position : 0;
    }

    private static boolean has(int subset, int operand) {
        return (subset >> operand & 1) == 1;
    }

    /// One position of the extra axis at a time; the graph is the same for all of them.
    private record Apart(OpCase sample) implements Trial {

        @Override
        public Map<String, double[]> build(Graph graph) {
            List<Tensor> operands = new ArrayList<>();
            for (Sample operand : sample.operands()) {
                operands.add(
                        graph.input("x" + operands.size(), operand.type(), operand.axes().toArray(Axis[]::new)));
            }
            Tensor result = sample.expression().apply(graph, operands);
            graph.output(CaseTrial.RESULT, result, result.axes().toArray(Axis[]::new));
            return inputs(sample, 0, 0);
        }

        static Map<String, double[]> inputs(OpCase sample, int subset, int position) {
            Map<String, double[]> inputs = new LinkedHashMap<>();
            for (int i = 0; i < sample.operands().size(); i++) {
                inputs.put("x" + i, numbers(sample, i, replica(subset, i, position)));
            }
            return inputs;
        }
    }

    /// All positions of the extra axis, which comes first in the first operand that has it, last in the second, and so on.
    private record Together(OpCase sample, Axis extra, int subset) implements Trial {

        @Override
        public Map<String, double[]> build(Graph graph) {
            Map<String, double[]> inputs = new LinkedHashMap<>();
            List<Tensor> operands = new ArrayList<>();
            for (int i = 0; i < sample.operands().size(); i++) {
                Sample operand = sample.operands().get(i);
                List<Axis> axes = new ArrayList<>(operand.axes());
                boolean last = i % 2 == 1;
                if (has(subset, i)) {
                    axes.add(last ? axes.size() : 0, extra);
                }
                operands.add(graph.input("x" + i, operand.type(), axes.toArray(Axis[]::new)));
                inputs.put("x" + i, has(subset, i) ? together(i, last) : numbers(sample, i, 0));
            }
            Tensor result = sample.expression().apply(graph, operands);
            List<Axis> order = new ArrayList<>(order(sample));
            order.addFirst(extra);
            graph.output(CaseTrial.RESULT, result, order.toArray(Axis[]::new));
            return inputs;
        }

        private double[] together(int operand, boolean last) {
            int count = Axis.count(sample.operands().get(operand).axes());
            double[] result = new double[count * extra.size()];
            for (int position = 0; position < extra.size(); position++) {
                double[] one = numbers(sample, operand, replica(subset, operand, position));
                for (int i = 0; i < count; i++) {
                    result[last ? i * extra.size() + position : position * count + i] = one[i];
                }
            }
            return result;
        }
    }

    private static double[] numbers(OpCase sample, int operand, long replica) {
        return new CaseTrial(sample, CaseTrial.Feed.INPUT, replica).values(operand).toArray();
    }
}
