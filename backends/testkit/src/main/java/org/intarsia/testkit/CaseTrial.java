package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// A case with its operands fed in one of several ways. The result is given out twice: in its own order of axes, and in
/// the reverse.
///
/// @param sample the case
/// @param feed how the operands come into the graph
/// @param replica which numbers are drawn
record CaseTrial(OpCase sample, Feed feed, long replica) implements Trial {

    static final String RESULT = "result";
    private static final String REVERSED = "reversed";
    private static final Seed DRAWS = Seed.of(20).stream("cases");

    /// How an operand comes into the graph.
    enum Feed {
        /// As an input.
        INPUT,
        /// Real numbers as a variable, others as an input.
        VARIABLE,
        /// As a constant, which a compiler may compute with.
        CONSTANT
    }

    @Override
    public Map<String, double[]> build(Graph graph) {
        Map<String, double[]> inputs = new LinkedHashMap<>();
        List<Tensor> operands = new ArrayList<>();
        for (int i = 0; i < sample.operands().size(); i++) {
            Sample operand = sample.operands().get(i);
            operands.add(declare(graph, "x" + i, operand, values(i), inputs));
        }
        output(graph, sample.expression().apply(graph, operands));
        return inputs;
    }

    /// Returns the numbers of an operand.
    Values values(int operand) {
        return sample.operands().get(operand).values(DRAWS.stream(sample.name()).at(operand).at(replica));
    }

    private Tensor declare(Graph graph, String name, Sample operand, Values values, Map<String, double[]> inputs) {
        Axis[] axes = operand.axes().toArray(Axis[]::new);
        if (feed == Feed.CONSTANT) {
            return graph.constant(operand.type(), values, axes);
        }
        if (feed == Feed.VARIABLE && operand.type() == DataType.FLOAT) {
            return graph.variable(name, new Initializer.Given(values), DRAWS, axes);
        }
        inputs.put(name, values.toArray());
        return graph.input(name, operand.type(), axes);
    }

    private static void output(Graph graph, Tensor result) {
        List<Axis> axes = new ArrayList<>(result.axes());
        graph.output(RESULT, result, axes.toArray(Axis[]::new));
        Collections.reverse(axes);
        graph.output(REVERSED, result, axes.toArray(Axis[]::new));
    }
}
