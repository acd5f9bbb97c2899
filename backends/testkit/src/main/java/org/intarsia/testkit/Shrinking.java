package org.intarsia.testkit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// Makes a graph that fails a check smaller, as long as it fails in the same way.
final class Shrinking {

    /// How many graphs are tried: enough for a graph of a hundred nodes, and at most some minutes on a backend that takes
    /// long to compile.
    private static final int MOST_TRIES = 600;

    /// Beyond this a smaller graph could fail because numbers overflow, and not for the reason that is looked for.
    private static final double MODERATE = 1e6;

    /// Ops count most, then whatever else a reader has to understand, then the sizes of tensors, then the numbers.
    private static final Comparator<Written> SIZE = Comparator.comparingInt(Shrinking::ops)
            .thenComparingInt(Shrinking::names).thenComparingInt(Shrinking::elements)
            .thenComparingInt(Shrinking::digits);

    private final Consumer<Written> check;
    private final Class<?> kind;
    private Written smallest;
    private Throwable failure;
    private int tries;

    /// @param check throws where a graph fails
    private Shrinking(Consumer<Written> check, Written graph, Throwable failure) {
        this.check = check;
        this.kind = kind(failure);
        this.smallest = graph;
        this.failure = failure;
    }

    /// What is left of a graph.
    ///
    /// @param graph the smallest that was found
    /// @param failure how it fails
    /// @param whole whether it fails only with nodes that neither an output nor an assignment needs
    record Result(Written graph, Throwable failure, boolean whole) {

        /// Returns the code that builds and runs the graph.
        String code() {
            return GraphCode.of(graph, whole ? graph.graph().nodes() : graph.needed());
        }
    }

    static Result smallest(Written graph, Throwable failure, Consumer<Written> check) {
        Shrinking shrinking = new Shrinking(check, graph, failure);
        boolean live = shrinking.takes(graph::live);
        boolean smaller = live;
        while (smaller) {
            smaller = shrinking.step();
        }
        return new Result(shrinking.smallest, shrinking.failure, !live);
    }

    private boolean step() {
        Optional<Map<Integer, double[]>> values = values(smallest);
        if (values.isEmpty()) {
            return false;
        }
        Iterator<Supplier<Written>> reductions = new Reductions(smallest, values.get()).all().iterator();
        while (reductions.hasNext() && tries < MOST_TRIES) {
            if (takes(reductions.next())) {
                return true;
            }
        }
        return false;
    }

    private boolean takes(Supplier<Written> reduction) {
        Written smaller;
        try {
            smaller = reduction.get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException misfit) {
            return false;
        }
        boolean first = tries == 0;
        if (!first && SIZE.compare(smaller, smallest) >= 0) {
            return false;
        }
        tries++;
        Optional<Throwable> found = failure(smaller);
        found.ifPresent(f -> {
            smallest = smaller;
            failure = f;
        });
        return found.isPresent();
    }

    private Optional<Throwable> failure(Written graph) {
        if (values(graph).isEmpty()) {
            return Optional.empty();
        }
        try {
            check.accept(graph);
            return Optional.empty();
        } catch (AssertionError | RuntimeException found) {
            return kind(found).equals(kind) ? Optional.of(found) : Optional.empty();
        }
    }

    private static Class<?> kind(Throwable failure) {
        return failure instanceof AssertionError ? AssertionError.class : failure.getClass();
    }

    /// Returns what the reference computes, unless it cannot or numbers are not moderate.
    private static Optional<Map<Integer, double[]>> values(Written graph) {
        Map<Integer, double[]> values = new HashMap<>();
        try (Trialled reference = new Trialled(
                new ReferenceBackend((node, numbers) -> values.put(node.id(), numbers.toArray())), graph)) {
            reference.run();
        } catch (RuntimeException wrong) {
            return Optional.empty();
        }
        boolean moderate = values.values().stream().allMatch(numbers -> {
            for (double number : numbers) {
                if (!(Math.abs(number) < MODERATE)) {
                    return false;
                }
            }
            return true;
        });
        return moderate ? Optional.of(values) : Optional.empty();
    }

    private static int ops(Written written) {
        return (int) written.needed().stream().filter(node -> !node.op().operands().isEmpty()).count();
    }

    /// Counts outputs, and leaves: an input once, what is harder to see through twice.
    private static int names(Written written) {
        int count = written.graph().outputs().size();
        for (Tensor node : written.needed()) {
            count += switch (node.op()) {
                case Op.Input _ -> 1;
                case Op.Constant _ -> node.axes().isEmpty() ? 1 : 2;
                case Op.Variable _, Op.Index _ -> 2;
                default -> 0;
            };
        }
        return count;
    }

    private static int elements(Written written) {
        return written.needed().stream().mapToInt(node -> node.count() + node.axes().size()).sum();
    }

    private static int digits(Written written) {
        return written.inputs().values().stream().mapToInt(numbers -> GraphCode.numbers(numbers).length()).sum();
    }
}
