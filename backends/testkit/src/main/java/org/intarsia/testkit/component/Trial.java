package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.random.RandomGenerator;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.component.Axes;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.reference.ReferenceBackend;

/// A part of a model by itself on the reference backend, with whatever extra axes its inputs and its parameters are given.
/// Parameters become inputs, so that they can be varied and have axes that were not declared.
final class Trial implements AutoCloseable {

    private static final String SCOPE = "part";
    private static final String RESULT = "result";
    private static final String OBJECTIVE = "objective";
    private static final List<String> KNOWN_AXES = List.of(Axes.TIME, Axes.WIDTH, Axes.HEAD, Axes.CHANNEL, Axes.QUERY,
            Axes.KEY, Axes.CLASS);

    private final Part part;
    private final List<Axis> order;
    private final Graph graph = new Graph();
    private final SequencedMap<String, Values> values = new LinkedHashMap<>();
    private final List<String> parameters = new ArrayList<>();
    private final Session session = new ReferenceBackend().open();
    private final Executable executable;

    /// Writes the part.
    ///
    /// @param onInputs the axes that every input but the shared ones has in addition
    /// @param onParameters the axes that every parameter has in addition, the first ones of `onInputs`
    /// @param differentiated whether the gradients are computed too
    Trial(Part part, List<Axis> onInputs, List<Axis> onParameters, boolean differentiated) {
        this(part, onInputs, onParameters, differentiated, false);
    }

    /// Writes the part as a graph that trains has it, where things may be random.
    static Trial training(Part part) {
        return new Trial(part, List.of(), List.of(), false, true);
    }

    private Trial(Part part, List<Axis> onInputs, List<Axis> onParameters, boolean differentiated, boolean trains) {
        this.part = part;
        this.order = joined(onInputs, part.result());
        Graph written = new Graph();
        Map<String, Tensor> inputs = new HashMap<>();
        for (Field field : part.inputs()) {
            inputs.put(field.name(),
                    written.input(field.name(), field.type(), field.axes(onInputs).toArray(Axis[]::new)));
            values.put(field.name(), field.values(onInputs));
        }
        Seed seed = Seed.of(3);
        Scope scope = trains ? written.scope(seed, written.constant(DataType.INTEGER, 1)) : written.scope(seed);
        Tensor plain = write(scope, inputs, onInputs);
        checkNames(written);
        Tensor result = Objects.requireNonNull(copy(written, onParameters).get(plain));
        graph.output(RESULT, result, order.toArray(Axis[]::new));
        if (differentiated) {
            Tensor objective = weighted(result);
            graph.output(OBJECTIVE, objective);
            graph.inputs().values().stream().filter(input -> input.type() == DataType.FLOAT)
                    .forEach(input -> gradient(objective, input));
        }
        this.executable = session.compile(graph);
    }

    /// Returns the values of the inputs and of the parameters, by name, extra axes first.
    SequencedMap<String, Values> values() {
        return Collections.unmodifiableSequencedMap(values);
    }

    /// Returns the names of the parameters.
    List<String> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /// Returns the names of the inputs and parameters that are real numbers.
    List<String> reals() {
        return values.keySet().stream().filter(name -> input(name).type() == DataType.FLOAT).toList();
    }

    /// Returns whether what this names has an axis.
    boolean has(String name, Axis axis) {
        return input(name).has(axis.name());
    }

    /// Computes the result, extra axes first.
    Values result() {
        return result(values);
    }

    /// Computes the result from other values.
    Values result(Map<String, Values> others) {
        return run(others, RESULT, Axis.count(order));
    }

    /// Computes Σ result·weight, with fixed weights of mixed signs, where one input or parameter has other values.
    double objective(String name, Values other) {
        Map<String, Values> changed = new HashMap<>(values);
        changed.put(name, other);
        return run(changed, OBJECTIVE, 1).get(0);
    }

    /// Returns the gradient of the objective with respect to what this names; nothing where it does not depend on it in a
    /// differentiable way.
    Optional<Values> gradient(String name) {
        return graph.outputs().containsKey(gradientOf(name))
                ? Optional.of(run(values, gradientOf(name), input(name).count()))
                : Optional.empty();
    }

    @Override
    public void close() {
        session.close();
    }

    private void gradient(Tensor objective, Tensor input) {
        Tensor gradient;
        try {
            gradient = Gradients.of(objective, List.of(input)).get(input);
        } catch (IllegalArgumentException _) {
            return;
        }
        if (gradient != null && input.op() instanceof Op.Input(String name, _, List<Axis> axes)) {
            graph.output(gradientOf(name), gradient, axes.toArray(Axis[]::new));
        }
    }

    private Tensor input(String name) {
        return Objects.requireNonNull(graph.inputs().get(name), name);
    }

    private static String gradientOf(String name) {
        return "gradient of " + name;
    }

    private Values run(Map<String, Values> inputs, String output, int count) {
        inputs.forEach((name, numbers) -> executable.write(name, numbers.toArray()));
        executable.run();
        double[] numbers = new double[count];
        executable.read(output, numbers);
        return Values.of(numbers);
    }

    private Tensor write(Scope outermost, Map<String, Tensor> inputs, List<Axis> extra) {
        Tensor plain;
        String given = part.where() + ", given the extra axes " + Axis.describe(extra);
        try {
            plain = outermost.within(SCOPE, scope -> part.body().write(new Part.Inputs(inputs), scope));
        } catch (RuntimeException e) {
            throw new AssertionError(given + ": cannot be written: " + e.getMessage(), e);
        }
        assertThat(plain.axes()).as(given + ": the axes of the result").containsExactlyInAnyOrderElementsOf(order);
        assertThat(plain.type()).as(given + ": the type of the result").isEqualTo(DataType.FLOAT);
        return plain;
    }

    private void checkNames(Graph written) {
        written.variables().forEach((name, variable) -> {
            assertThat(name).as(part.where() + ": a parameter's name must come from the scope").startsWith(SCOPE + ".");
            variable.axes().stream().map(Axis::name).filter(axis -> !KNOWN_AXES.contains(axis))
                    .forEach(axis -> assertThat(axis)
                            .as(part.where() + ": a private axis of '" + name + "' must come from the scope")
                            .startsWith(SCOPE + "."));
        });
    }

    /// Copies a graph into this one: a variable becomes an input with the extra axes, and what meets a value that has them
    /// is repeated along them.
    private Map<Tensor, Tensor> copy(Graph written, List<Axis> extra) {
        Map<Tensor, Tensor> copies = new HashMap<>();
        for (Tensor node : written.nodes()) {
            List<Tensor> operands = aligned(node.op().operands().stream().map(copies::get).toList(), extra);
            Tensor copy;
            if (node.op() instanceof Op.Input(String name, DataType type, List<Axis> axes)) {
                copy = graph.input(name, type, axes.toArray(Axis[]::new));
            } else if (node.op() instanceof Op.Variable variable) {
                copy = graph.input(variable.name(), DataType.FLOAT,
                        joined(extra, variable.axes()).toArray(Axis[]::new));
                values.put(variable.name(), disturbed(variable, Axis.count(extra)));
                if (written.parameters().containsKey(variable.name())) {
                    parameters.add(variable.name());
                }
            } else if (node.op() instanceof Op.Expand(_, Axis axis) && operands.getFirst().has(axis.name())) {
                copy = operands.getFirst();
            } else {
                copy = graph.add(matching(node.op().withOperands(operands), extra));
            }
            copies.put(node, copy);
        }
        return copies;
    }

    /// Where updates and index of a scatter-add both have an extra axis, it is matched: each replica scatters its own.
    private static Op matching(Op op, List<Axis> extra) {
        if (!(op instanceof Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, var matched))) {
            return op;
        }
        SequencedSet<String> all = new LinkedHashSet<>(matched);
        extra.stream().map(Axis::name).filter(index::has).forEach(all::add);
        return new Op.ScatterAdd(updates, axis, index, Collections.unmodifiableSequencedSet(all));
    }

    private static List<Tensor> aligned(List<Tensor> operands, List<Axis> extra) {
        List<Tensor> aligned = operands;
        for (Axis axis : extra) {
            if (aligned.stream().anyMatch(o -> o.has(axis.name()))) {
                aligned = aligned.stream().map(o -> o.has(axis.name()) ? o : o.expand(axis)).toList();
            }
        }
        return aligned;
    }

    /// The starting values and some noise, so that a table that starts from zeros is not all that is seen.
    private static Values disturbed(Op.Variable variable, int copies) {
        double[] start = variable.initialValues();
        RandomGenerator random = Seed.of(5).stream(variable.name()).generator();
        return Values.compute(copies * start.length, i -> start[i % start.length] + 0.3 * random.nextGaussian());
    }

    private Tensor weighted(Tensor result) {
        RandomGenerator random = Seed.of(17).generator();
        Values weights = Values.compute(Axis.count(order), _ -> random.nextGaussian());
        return result.mul(graph.constant(DataType.FLOAT, weights, order.toArray(Axis[]::new))).sum(order);
    }

    private static List<Axis> joined(List<Axis> first, List<Axis> second) {
        List<Axis> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
