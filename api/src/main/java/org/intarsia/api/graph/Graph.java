package org.intarsia.api.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.intarsia.api.data.Seed;

/// A static graph: what is read, computed, assigned and given out in one run of an [Executable]
/// [org.intarsia.api.backend.Executable]. Equal ops on equal operands are one node, so common subexpressions are shared
/// from the start.
///
/// A graph is built by one thread and compiled once; it is not changed afterwards.
public final class Graph {

    private final List<Tensor> nodes = new ArrayList<>();
    private final Map<Op, Tensor> known = new HashMap<>();
    private final SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> variables = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
    private final SequencedMap<String, Output> outputs = new LinkedHashMap<>();
    private final List<Tensor> assignments = new ArrayList<>();
    private String path = "";

    /// A value that the caller reads after a run.
    ///
    /// @param tensor what is read
    /// @param order its axes in the order in which the values are read
    public record Output(Tensor tensor, List<Axis> order) {}

    /// Declares a value that is written before each run, in the order of these axes.
    public Tensor input(String name, DataType type, Axis... axes) {
        return declare(inputs, name, new Op.Input(name, type, List.of(axes)));
    }

    /// Declares a value that stays between runs: an optimiser's moment, a counter.
    public Tensor variable(String name, Initializer start, Seed seed, Axis... axes) {
        return declare(variables, name, new Op.Variable(name, List.of(axes), start, seed));
    }

    /// Declares a variable that training changes along its gradient.
    Tensor parameter(String name, Initializer start, Seed seed, Axis... axes) {
        Tensor parameter = variable(name, start, seed, axes);
        parameters.put(name, parameter);
        return parameter;
    }

    /// Returns a scalar.
    public Tensor constant(double value) {
        return constant(DataType.FLOAT, value);
    }

    /// Returns a scalar of a type.
    public Tensor constant(DataType type, double value) {
        return constant(type, Values.of(value));
    }

    /// Returns fixed values, in the order of the axes.
    public Tensor constant(DataType type, Values values, Axis... axes) {
        return add(new Op.Constant(values, type, List.of(axes)));
    }

    /// Returns the position along an axis: 0, 1, …, size − 1.
    public Tensor index(Axis axis) {
        return add(new Op.Index(axis));
    }

    /// Returns uniform numbers in `[0, 1)` that depend on the stream and the counter alone; see [Op.Random].
    public Tensor random(Seed stream, Tensor counter, Axis... axes) {
        return add(new Op.Random(stream, counter, List.of(axes)));
    }

    /// Gives a variable a new value at the end of each run.
    public void assign(Tensor variable, Tensor value) {
        if (assignments.stream().anyMatch(a -> a.op().operands().getFirst() == variable)) {
            throw new IllegalArgumentException("the variable '" + variable + "' is assigned twice");
        }
        assignments.add(add(new Op.Assign(variable, value)));
    }

    /// Gives out a value under a name, in this order of its axes.
    public void output(String name, Tensor tensor, Axis... order) {
        if (tensor.axes().size() != order.length || !Set.copyOf(tensor.axes()).equals(Set.of(order))) {
            throw new ShapeException("the output '" + name + "' has the axes " + Axis.describe(tensor.axes()) + ", not "
                    + Axis.describe(List.of(order)));
        }
        if (outputs.putIfAbsent(name, new Output(tensor, List.of(order))) != null) {
            throw new IllegalArgumentException("the output '" + name + "' is declared twice");
        }
    }

    /// Returns the outermost scope of names; parameters start from streams of this seed.
    public Scope scope(Seed seed) {
        return new Scope(this, "", seed, Optional.empty());
    }

    /// Returns the outermost scope of names of a graph that trains.
    ///
    /// @param step a scalar integer, another one at each step: what is random in training is drawn by it
    public Scope scope(Seed seed, Tensor step) {
        return new Scope(this, "", seed, Optional.of(step));
    }

    /// Adds a node, or returns the one that computes the same.
    ///
    /// @throws ShapeException if the op does not fit its operands
    public Tensor add(Op op) {
        Tensor same = known.get(op);
        if (same != null) {
            return same;
        }
        for (Tensor operand : op.operands()) {
            if (operand.graph() != this) {
                throw new IllegalArgumentException(op.name() + ": '" + operand + "' belongs to another graph");
            }
        }
        List<Axis> axes = Shapes.axes(op, path);
        DataType type = Shapes.type(op, path);
        Axis.count(axes);
        Tensor tensor = new Tensor(this, nodes.size(), op, axes, type, path);
        nodes.add(tensor);
        known.put(op, tensor);
        return tensor;
    }

    /// Returns all nodes, each after its operands.
    public List<Tensor> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    /// Returns the inputs by name, in the order of their declaration.
    public SequencedMap<String, Tensor> inputs() {
        return Collections.unmodifiableSequencedMap(inputs);
    }

    /// Returns all variables by name, in the order of their declaration.
    public SequencedMap<String, Tensor> variables() {
        return Collections.unmodifiableSequencedMap(variables);
    }

    /// Returns the variables that training changes, by name, in the order of their declaration.
    public SequencedMap<String, Tensor> parameters() {
        return Collections.unmodifiableSequencedMap(parameters);
    }

    /// Returns the outputs by name, in the order of their declaration.
    public SequencedMap<String, Output> outputs() {
        return Collections.unmodifiableSequencedMap(outputs);
    }

    /// Returns the assignments in the order of their declaration.
    public List<Tensor> assignments() {
        return Collections.unmodifiableList(assignments);
    }

    /// Says where the model is being written, as the end of a message.
    String place() {
        return path.isEmpty() ? "" : ", at " + path;
    }

    /// Runs a part in which new nodes get this name path.
    public <T> T within(String inner, Supplier<T> part) {
        String outer = path;
        path = inner;
        try {
            return part.get();
        } finally {
            path = outer;
        }
    }

    private Tensor declare(SequencedMap<String, Tensor> names, String name, Op op) {
        if (names.containsKey(name)) {
            throw new IllegalArgumentException("the name '" + name + "' is declared twice in one graph");
        }
        Tensor tensor = add(op);
        names.put(name, tensor);
        return tensor;
    }
}
