package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Ways to make a graph smaller, those that may take away most first. Some throw an [IllegalArgumentException], because what
/// would be left does not fit together.
///
/// @param written the graph
/// @param values what the reference computes for each of its nodes
record Reductions(Written written, Map<Integer, double[]> values) {

    private static final Written.Change WITHOUT_ASSIGNMENTS = (copy, node, operands) -> node.op() instanceof Op.Assign
            ? operands.get(1)
            : copy.same(node.op(), operands);
    private static final List<DoubleUnaryOperator> PLAIN_REAL =
            List.of(_ -> 0, _ -> 1, x -> rounded(x, 1), x -> rounded(x, 4));
    private static final List<DoubleUnaryOperator> PLAIN_WHOLE = List.of(_ -> 0, _ -> 1);

    Stream<Supplier<Written>> all() {
        Stream<Stream<Supplier<Written>>> kinds =
                Stream.of(alone(), outputs(), assignments(), skipped(), parts(), cut(),
                        Resizing.all(written.graph()).map(change -> () -> written.changed(change)), numbers());
        return kinds.flatMap(kind -> kind);
    }

    private Stream<Tensor> computed() {
        return written.graph().nodes().reversed().stream().filter(node -> !node.op().operands().isEmpty());
    }

    /// One op by itself, on inputs.
    private Stream<Supplier<Written>> alone() {
        return computed().filter(node -> !(node.op() instanceof Op.Assign)).map(node -> () -> {
            Written.Copy copy = new Written.Copy(new Graph(), new LinkedHashMap<>());
            Map<Tensor, Tensor> inputs = new LinkedHashMap<>();
            List<Tensor> operands = node.op().operands().stream()
                    .map(operand -> inputs.computeIfAbsent(operand, _ -> copy.input(operand, numbers(operand))))
                    .toList();
            Tensor result = copy.same(node.op(), operands);
            copy.graph().output("result", result, Written.order(List.of(), result));
            return new Written(copy.graph(), copy.inputs());
        });
    }

    /// One output, and no assignment; or all outputs but one.
    private Stream<Supplier<Written>> outputs() {
        List<String> names = List.copyOf(written.graph().outputs().keySet());
        Stream<Supplier<Written>> single = names.stream()
                .map(name -> () -> written.changed(WITHOUT_ASSIGNMENTS, (other, _) -> other.equals(name)));
        Stream<Supplier<Written>> fewer = names.stream()
                .map(name -> () -> written.changed(Written.Change.NONE, (other, _) -> !other.equals(name)));
        return Stream.concat(single, fewer);
    }

    private Stream<Supplier<Written>> assignments() {
        return written.graph().assignments().stream()
                .map(assignment -> replaced(assignment, (_, operands) -> operands.get(1)));
    }

    /// All without one op, for which one of its operands stands.
    private Stream<Supplier<Written>> skipped() {
        return computed().filter(node -> !(node.op() instanceof Op.Assign)).flatMap(node -> {
            List<Tensor> operands = node.op().operands();
            return IntStream.range(0, operands.size()).filter(i -> operands.get(i).type() == node.type())
                    .mapToObj(i -> replaced(node, (_, copies) -> copies.get(i)));
        });
    }

    /// A concatenation without one of its parts.
    private Stream<Supplier<Written>> parts() {
        return computed().filter(node -> node.op() instanceof Op.Concatenate)
                .flatMap(node -> IntStream.range(0, node.op().operands().size())
                        .mapToObj(i -> replaced(node, (copy, copies) -> {
                            List<Tensor> fewer = new ArrayList<>(copies);
                            fewer.remove(i);
                            return copy.same(node.op(), fewer);
                        })));
    }

    /// An input instead of a node, with what the reference computes for it.
    private Stream<Supplier<Written>> cut() {
        return written.graph().nodes().reversed().stream()
                .filter(node -> !(node.op() instanceof Op.Assign || node.op() instanceof Op.Input))
                .map(node -> replaced(node, (copy, _) -> copy.input(node, numbers(node))));
    }

    @FunctionalInterface
    private interface Replacement {
        Tensor of(Written.Copy copy, List<Tensor> operands);
    }

    private Supplier<Written> replaced(Tensor wanted, Replacement replacement) {
        return () -> written.changed((copy, node, operands) -> node.equals(wanted)
                ? replacement.of(copy, operands)
                : copy.same(node.op(), operands));
    }

    /// Plainer numbers in an input.
    private Stream<Supplier<Written>> numbers() {
        return written.graph().inputs().entrySet().stream()
                .flatMap(input -> (input.getValue().type() == DataType.FLOAT ? PLAIN_REAL : PLAIN_WHOLE).stream()
                        .map(plainer -> () -> written.with(input.getKey(), plainer)));
    }

    private static double rounded(double x, int parts) {
        // Adding zero makes a negative zero a plain one.
        return Math.rint(parts * x) / parts + 0.0;
    }

    private double[] numbers(Tensor node) {
        double[] computed = values.get(node.id());
        if (computed == null) {
            throw new IllegalArgumentException("the reference had no use for " + node);
        }
        double[] numbers = computed.clone();
        for (int i = 0; i < numbers.length; i++) {
            // Exact in single precision, so that every backend starts from the same numbers.
            numbers[i] = (float) numbers[i];
        }
        return numbers;
    }
}
