package org.intarsia.backends.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;

/// Variables by name.
final class ReferenceSession implements Session {

    private final Map<String, Dense> variables = new LinkedHashMap<>();
    private final Trace trace;

    ReferenceSession(Trace trace) {
        this.trace = trace;
    }

    @Override
    public Executable compile(Graph graph) {
        graph.variables().forEach((name, tensor) -> {
            Dense known = variables.get(name);
            if (known != null && !known.axes().equals(tensor.axes())) {
                throw new IllegalArgumentException("the variable '" + name + "' has the axes "
                        + Axis.describe(known.axes()) + " in this session, not " + Axis.describe(tensor.axes()));
            }
        });
        graph.variables().forEach((name, tensor) -> {
            if (tensor.op() instanceof Op.Variable variable) {
                variables.computeIfAbsent(name, _ -> new Dense(tensor.axes(), variable.initialValues()));
            }
        });
        return new ReferenceExecutable(graph, this, trace);
    }

    @Override
    public void write(String variable, double[] values) {
        assign(variable, checked("variable", variable, variable(variable).axes(), values).clone());
    }

    @Override
    public void read(String variable, double[] values) {
        Dense known = variable(variable);
        checked("variable", variable, known.axes(), values);
        System.arraycopy(known.numbers(), 0, values, 0, values.length);
    }

    @Override
    public void close() {
        variables.clear();
    }

    Dense variable(String name) {
        return known("variable", name, variables);
    }

    /// Gives a variable new numbers. The old array is left as it is: others may still hold it.
    void assign(String name, double[] numbers) {
        variables.put(name, new Dense(variable(name).axes(), numbers));
    }

    static <T> T known(String kind, String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " '" + name + "'; known: " + new TreeSet<>(all.keySet()));
        }
        return found;
    }

    static double[] checked(String kind, String name, List<Axis> axes, double[] values) {
        if (values.length != Axis.count(axes)) {
            throw new IllegalArgumentException("the " + kind + " '" + name + "' " + Axis.describe(axes) + " has "
                    + Axis.count(axes) + " values, not " + values.length);
        }
        return values;
    }
}
