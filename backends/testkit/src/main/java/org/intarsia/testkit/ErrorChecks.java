package org.intarsia.testkit;

import java.util.List;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;

/// Errors name what was given, and leave everything as it was.
final class ErrorChecks {

    private static final Seed SEED = Seed.of(70);
    private static final Axis TIME = new Axis("time", 3);
    private static final Axis BATCH = new Axis("batch", 17);
    private static final Axis CLASS = new Axis("class", 5);

    private ErrorChecks() {}

    static List<Check> all() {
        return List.of(new Check("gather rejects an index that is too large", backend -> gather(backend, 5)),
                new Check("gather rejects an index that is far too large", backend -> gather(backend, 1 << 24)),
                new Check("gather rejects a negative index", backend -> gather(backend, -1)),
                new Check("scatter-add rejects an index that is too large", backend -> scatter(backend, 5)),
                new Check("scatter-add rejects a negative index", backend -> scatter(backend, -1)),
                new Check("cross-entropy rejects a target that is no class", ErrorChecks::target),
                new Check("a failed run assigns nothing and the next run is right", ErrorChecks::recovers),
                new Check("an unknown name is rejected", ErrorChecks::unknown),
                new Check("another number of values is rejected", ErrorChecks::count),
                new Check("a variable with other axes is rejected", ErrorChecks::axes));
    }

    private static void gather(Backend backend, int index) {
        Graph graph = new Graph();
        Tensor table = graph.variable("table", Initializer.ones(), SEED, CLASS, TIME);
        Tensor tokens = graph.input("tokens", DataType.INTEGER, BATCH);
        Tensor rows = graph.scope(SEED).within("lookup", _ -> table.gather(CLASS, tokens));
        graph.output("rows", rows, BATCH, TIME);
        rejectsIndex(backend, graph, index, "gather: the index " + index + " is not within class 5, at lookup");
    }

    private static void scatter(Backend backend, int index) {
        Graph graph = new Graph();
        Tensor updates = graph.variable("updates", Initializer.ones(), SEED, BATCH, TIME);
        Tensor tokens = graph.input("tokens", DataType.INTEGER, BATCH);
        Tensor rows = graph.scope(SEED).within("lookup", _ -> updates.scatterAdd(CLASS, tokens, List.of()));
        graph.output("rows", rows, CLASS, TIME);
        rejectsIndex(backend, graph, index, "scatteradd: the index " + index + " is not within class 5, at lookup");
    }

    private static void rejectsIndex(Backend backend, Graph graph, int index, String message) {
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            double[] tokens = new double[BATCH.size()];
            tokens[BATCH.size() - 1] = index;
            executable.write("tokens", tokens);
            String given = thrown(IndexOutOfBoundsException.class, executable::run).getMessage();
            if (!message.equals(given)) {
                throw new AssertionError("the message is \"" + given + "\" instead of \"" + message + "\"");
            }
        }
    }

    private static void target(Backend backend) {
        Graph graph = new Graph();
        Tensor logits = graph.variable("logits", Initializer.ones(), SEED, BATCH, CLASS);
        Tensor targets = graph.input("targets", DataType.INTEGER, BATCH);
        graph.output("loss", logits.crossEntropy(CLASS, targets), BATCH);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            double[] tokens = new double[BATCH.size()];
            tokens[3] = 29;
            executable.write("targets", tokens);
            contains(thrown(IndexOutOfBoundsException.class, executable::run), "29", "class 5");
        }
    }

    private static void recovers(Backend backend) {
        Graph graph = new Graph();
        Tensor table = graph.variable("table", Initializer.ones(), SEED, CLASS);
        Tensor token = graph.input("token", DataType.INTEGER);
        Tensor row = table.gather(CLASS, token);
        graph.output("row", row);
        graph.assign(table, table.add(row));
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.write("token", new double[] {7});
            thrown(IndexOutOfBoundsException.class, executable::run);
            double[] numbers = new double[5];
            session.read("table", numbers);
            Numbers.same("table after the failed run", List.of(CLASS), new double[] {1, 1, 1, 1, 1}, numbers);
            executable.write("token", new double[] {4});
            executable.run();
            session.read("table", numbers);
            Numbers.same("table after the next run", List.of(CLASS), new double[] {2, 2, 2, 2, 2}, numbers);
        }
    }

    private static void unknown(Backend backend) {
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph());
            double[] three = new double[3];
            contains(thrown(IllegalArgumentException.class, () -> executable.write("nothing", three)), "nothing");
            contains(thrown(IllegalArgumentException.class, () -> executable.read("nothing", three)), "nothing");
            contains(thrown(IllegalArgumentException.class, () -> session.write("nothing", three)), "nothing");
            contains(thrown(IllegalArgumentException.class, () -> session.read("nothing", three)), "nothing");
        }
    }

    private static void count(Backend backend) {
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph());
            executable.write("x", new double[3]);
            executable.run();
            double[] four = new double[4];
            contains(thrown(IllegalArgumentException.class, () -> executable.write("x", four)), "x", "3", "4");
            contains(thrown(IllegalArgumentException.class, () -> executable.read("y", four)), "y", "3", "4");
            contains(thrown(IllegalArgumentException.class, () -> session.write("v", four)), "v", "3", "4");
            contains(thrown(IllegalArgumentException.class, () -> session.read("v", four)), "v", "3", "4");
        }
    }

    private static Graph graph() {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", Initializer.ones(), SEED, TIME);
        graph.output("y", graph.input("x", DataType.FLOAT, TIME).add(v), TIME);
        return graph;
    }

    private static void axes(Backend backend) {
        Graph other = new Graph();
        other.variable("v", Initializer.ones(), SEED, CLASS);
        try (Session session = backend.open()) {
            session.compile(graph());
            contains(thrown(IllegalArgumentException.class, () -> session.compile(other)), "v", "{time 3}",
                    "{class 5}");
        }
    }

    private static RuntimeException thrown(Class<? extends RuntimeException> type, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException exception) {
            if (type.isInstance(exception)) {
                return exception;
            }
            throw new AssertionError(exception + " instead of " + type.getSimpleName(), exception);
        }
        throw new AssertionError("no " + type.getSimpleName() + " was thrown");
    }

    private static void contains(RuntimeException exception, String... words) {
        for (String word : words) {
            if (!String.valueOf(exception.getMessage()).contains(word)) {
                throw new AssertionError("the message \"" + exception.getMessage() + "\" does not name " + word);
            }
        }
    }
}
