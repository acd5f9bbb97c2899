package org.intarsia.testkit;

import java.util.List;
import java.util.Map;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.reference.ReferenceBackend;

/// Inputs, outputs, variables and sessions do what the SPI says: who sees which value when.
final class VariableChecks {

    private static final Seed SEED = Seed.of(60).stream("variables");
    private static final Axis A = new Axis("a", 3);
    private static final Axis B = new Axis("b", 2);
    private static final Axis BATCH = new Axis("batch", 17);
    private static final double[] SIX = {1, -2, 3, -4, 5, -6};
    private static final double[] OTHER_SIX = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5};

    private VariableChecks() {}

    static List<Check> all() {
        return List.of(new Check("variables start with their initial values", VariableChecks::initialValues),
                new Check("a variable is written and read in its declared order", VariableChecks::roundTrip),
                new Check("numbers are copied when they are written", VariableChecks::copies),
                new Check("an input stays until it is written again", VariableChecks::inputStays),
                new Check("an output stays until the next run", VariableChecks::outputStays),
                new Check("a written variable is seen by the next run", VariableChecks::writeIsSeen),
                new Check("two graphs of a session share variables by name", VariableChecks::shared),
                new Check("a second graph does not start a known variable anew", VariableChecks::notStartedAgain),
                new Check("two executables of a session keep their inputs and outputs apart", VariableChecks::apart),
                new Check("sessions are independent", VariableChecks::sessionsAreIndependent),
                new Check("a run sees the old value of what it assigns", VariableChecks::assignsLate),
                new Check("two variables are swapped by two assignments", VariableChecks::swap),
                new Check("an assigned variable does not follow what it was assigned from",
                        VariableChecks::doesNotFollow),
                new Check("a variable is assigned in another order of axes", VariableChecks::assignsPermuted),
                new Check("a variable is assigned a view of another and of itself", VariableChecks::assignsViews),
                new Check("a counter counts every run", VariableChecks::counts),
                new Check("twenty steps of training agree with the reference", VariableChecks::trains));
    }

    private static void initialValues(Backend backend) {
        Graph graph = new Graph();
        List<Initializer> starts = List.of(new Initializer.Fill(0.5), new Initializer.Uniform(-1, 3),
                new Initializer.Normal(1, 0.25), new Initializer.Given(Values.of(SIX)));
        for (int i = 0; i < starts.size(); i++) {
            graph.variable("v" + i, starts.get(i), SEED.at(i), A, B);
        }
        try (Session session = backend.open()) {
            session.compile(graph);
            graph.variables().forEach((name, tensor) -> {
                if (tensor.op() instanceof Op.Variable variable) {
                    Numbers.same(name, tensor.axes(), variable.initialValues(), read(session, name, 6));
                }
            });
        }
    }

    private static void roundTrip(Backend backend) {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, A, B);
        graph.variable("unused", Initializer.zeros(), SEED, B, A);
        graph.output("turned", v.add(0), B, A);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            session.write("v", SIX);
            session.write("unused", OTHER_SIX);
            executable.run();
            Numbers.same("v", List.of(A, B), SIX, read(session, "v", 6));
            Numbers.same("unused", List.of(B, A), OTHER_SIX, read(session, "unused", 6));
            Numbers.same("turned", List.of(B, A), new double[] {1, 3, 5, -2, -4, -6}, read(executable, "turned", 6));
        }
    }

    private static void copies(Backend backend) {
        Graph graph = new Graph();
        graph.output("x", graph.input("x", DataType.FLOAT, A, B), A, B);
        graph.output("v", graph.variable("v", Initializer.zeros(), SEED, A, B), A, B);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            double[] numbers = SIX.clone();
            executable.write("x", numbers);
            session.write("v", numbers);
            numbers[0] = 99;
            executable.run();
            Numbers.same("x", List.of(A, B), SIX, read(executable, "x", 6));
            Numbers.same("v", List.of(A, B), SIX, read(executable, "v", 6));
            read(session, "v", 6)[1] = 99;
            Numbers.same("v", List.of(A, B), SIX, read(session, "v", 6));
        }
    }

    private static void inputStays(Backend backend) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, A, B);
        Tensor y = graph.input("y", DataType.FLOAT);
        graph.output("sum", x.neg().exp().mul(0).add(x).add(y), A, B);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.write("x", SIX);
            for (double shift : new double[] {1, 2, 3}) {
                executable.write("y", new double[] {shift});
                executable.run();
                double[] expected = Values.compute(6, i -> SIX[i] + shift).toArray();
                Numbers.same("sum with " + shift, List.of(A, B), expected, read(executable, "sum", 6));
            }
        }
    }

    private static void outputStays(Backend backend) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, A, B);
        Tensor v = graph.variable("v", new Initializer.Given(Values.of(SIX)), SEED, A, B);
        graph.output("x", x, A, B);
        graph.output("v", v, A, B);
        graph.output("turned", x.rename("a", "c"), B, A.named("c"));
        graph.output("twice", x.add(v), A, B);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.write("x", SIX);
            executable.run();
            executable.write("x", OTHER_SIX);
            session.write("v", OTHER_SIX);
            Numbers.same("x", List.of(A, B), SIX, read(executable, "x", 6));
            Numbers.same("v", List.of(A, B), SIX, read(executable, "v", 6));
            Numbers.same("turned", List.of(B, A.named("c")), new double[] {1, 3, 5, -2, -4, -6},
                    read(executable, "turned", 6));
            Numbers.same("twice", List.of(A, B), new double[] {2, -4, 6, -8, 10, -12}, read(executable, "twice", 6));
        }
    }

    private static void writeIsSeen(Backend backend) {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", Initializer.ones(), SEED, A, B);
        graph.output("squares", v.square(), A, B);
        graph.output("view", v.slice("a", 1, 2).merge("b", "a", "c"), new Axis("c", 4));
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.run();
            session.write("v", SIX);
            executable.run();
            Numbers.same("squares", List.of(A, B), new double[] {1, 4, 9, 16, 25, 36}, read(executable, "squares", 6));
            Numbers.same("view", List.of(new Axis("c", 4)), new double[] {3, 5, -4, -6}, read(executable, "view", 4));
        }
    }

    private static void shared(Backend backend) {
        Graph training = new Graph();
        Tensor trained = training.variable("v", Initializer.ones(), SEED, A);
        training.assign(trained, trained.mul(2));
        Graph evaluation = new Graph();
        evaluation.output("v", evaluation.variable("v", Initializer.ones(), SEED, A).add(0), A);
        try (Session session = backend.open()) {
            Executable train = session.compile(training);
            Executable evaluate = session.compile(evaluation);
            train.run();
            train.run();
            evaluate.run();
            Numbers.same("v", List.of(A), new double[] {4, 4, 4}, read(evaluate, "v", 3));
        }
    }

    private static void notStartedAgain(Backend backend) {
        Graph first = new Graph();
        first.variable("v", Initializer.ones(), SEED, A);
        Graph second = new Graph();
        second.variable("v", Initializer.zeros(), SEED, A);
        second.variable("w", Initializer.zeros(), SEED, A);
        try (Session session = backend.open()) {
            session.compile(first);
            session.write("v", new double[] {7, 8, 9});
            session.compile(second);
            Numbers.same("v", List.of(A), new double[] {7, 8, 9}, read(session, "v", 3));
            Numbers.same("w", List.of(A), new double[3], read(session, "w", 3));
        }
    }

    private static void apart(Backend backend) {
        try (Session session = backend.open()) {
            Executable first = session.compile(scaled(2));
            Executable second = session.compile(scaled(3));
            first.write("x", new double[] {1, 2, 3});
            second.write("x", new double[] {10, 20, 30});
            first.run();
            second.run();
            Numbers.same("the first", List.of(A), new double[] {2, 4, 6}, read(first, "y", 3));
            Numbers.same("the second", List.of(A), new double[] {30, 60, 90}, read(second, "y", 3));
            first.run();
            Numbers.same("the first again", List.of(A), new double[] {2, 4, 6}, read(first, "y", 3));
        }
    }

    private static Graph scaled(double factor) {
        Graph graph = new Graph();
        graph.output("y", graph.input("x", DataType.FLOAT, A).mul(factor), A);
        return graph;
    }

    private static void sessionsAreIndependent(Backend backend) {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", Initializer.ones(), SEED, A);
        graph.assign(v, v.add(1));
        try (Session first = backend.open(); Session second = backend.open()) {
            first.compile(graph).run();
            second.compile(graph);
            Numbers.same("v of the first", List.of(A), new double[] {2, 2, 2}, read(first, "v", 3));
            Numbers.same("v of the second", List.of(A), new double[] {1, 1, 1}, read(second, "v", 3));
        }
    }

    private static void assignsLate(Backend backend) {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", new Initializer.Given(Values.of(SIX)), SEED, A, B);
        Tensor grown = v.mul(2);
        graph.assign(v, grown);
        graph.output("old", v, A, B);
        graph.output("view of the old", v.rename("a", "c"), A.named("c"), B);
        graph.output("from the old", v.add(1), A, B);
        graph.output("new", grown, A, B);
        graph.output("assigned", graph.assignments().getFirst(), A, B);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            for (int run = 0; run < 3; run++) {
                int factor = 1 << run;
                executable.run();
                String of = " of run " + run;
                Numbers.same("old" + of, List.of(A, B), six(factor, 0), read(executable, "old", 6));
                Numbers.same("view" + of, List.of(A, B), six(factor, 0), read(executable, "view of the old", 6));
                Numbers.same("from the old" + of, List.of(A, B), six(factor, 1), read(executable, "from the old", 6));
                Numbers.same("new" + of, List.of(A, B), six(2 * factor, 0), read(executable, "new", 6));
                Numbers.same("assigned" + of, List.of(A, B), six(2 * factor, 0), read(executable, "assigned", 6));
                Numbers.same("v after" + of, List.of(A, B), six(2 * factor, 0), read(session, "v", 6));
            }
        }
    }

    private static double[] six(double factor, double shift) {
        return Values.compute(6, i -> SIX[i] * factor + shift).toArray();
    }

    private static void swap(Backend backend) {
        Graph graph = new Graph();
        Tensor v = graph.variable("v", new Initializer.Given(Values.of(SIX)), SEED, A, B);
        Tensor w = graph.variable("w", new Initializer.Given(Values.of(OTHER_SIX)), SEED, A, B);
        graph.assign(v, w);
        graph.assign(w, v);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.run();
            Numbers.same("v", List.of(A, B), OTHER_SIX, read(session, "v", 6));
            Numbers.same("w", List.of(A, B), SIX, read(session, "w", 6));
            executable.run();
            Numbers.same("v again", List.of(A, B), SIX, read(session, "v", 6));
            Numbers.same("w again", List.of(A, B), OTHER_SIX, read(session, "w", 6));
        }
    }

    private static void doesNotFollow(Backend backend) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, A, B);
        Tensor v = graph.variable("v", Initializer.zeros(), SEED, A, B);
        Tensor w = graph.variable("w", new Initializer.Given(Values.of(SIX)), SEED, A, B);
        Tensor u = graph.variable("u", Initializer.zeros(), SEED, A, B);
        graph.assign(v, x);
        graph.assign(u, w);
        graph.output("x", x, A, B);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.write("x", SIX);
            executable.run();
            executable.write("x", OTHER_SIX);
            session.write("w", OTHER_SIX);
            Numbers.same("v", List.of(A, B), SIX, read(session, "v", 6));
            Numbers.same("u", List.of(A, B), SIX, read(session, "u", 6));
            session.write("v", OTHER_SIX);
            Numbers.same("x", List.of(A, B), SIX, read(executable, "x", 6));
            Numbers.same("w", List.of(A, B), OTHER_SIX, read(session, "w", 6));
        }
    }

    private static void assignsPermuted(Backend backend) {
        Graph graph = new Graph();
        Axis[] written = {BATCH, A};
        Tensor x = graph.input("x", DataType.FLOAT, written);
        graph.assign(graph.variable("plain", Initializer.zeros(), SEED, A, BATCH), x);
        graph.assign(graph.variable("computed", Initializer.zeros(), SEED, A, BATCH), x.mul(2));
        double[] numbers = Values.compute(51, i -> i).toArray();
        double[] turned = Values.compute(51, i -> i % 17 * 3 + i / 17).toArray();
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.write("x", numbers);
            executable.run();
            Numbers.same("plain", List.of(A, BATCH), turned, read(session, "plain", 51));
            Numbers.same("computed", List.of(A, BATCH), Values.compute(51, i -> 2 * turned[i]).toArray(),
                    read(session, "computed", 51));
        }
    }

    private static void assignsViews(Backend backend) {
        Graph graph = new Graph();
        Axis c = new Axis("c", 6);
        Tensor v = graph.variable("v", new Initializer.Given(Values.of(SIX)), SEED, A, B);
        Tensor w = graph.variable("w", Initializer.zeros(), SEED, c);
        graph.assign(w, v.merge("b", "a", "c"));
        Tensor shifted = Tensor.concatenate("a", v.slice("a", 1, 2), v.slice("a", 0, 1));
        graph.assign(v, shifted);
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            executable.run();
            Numbers.same("w", List.of(c), new double[] {1, 3, 5, -2, -4, -6}, read(session, "w", 6));
            Numbers.same("v", List.of(A, B), new double[] {3, -4, 5, -6, 1, -2}, read(session, "v", 6));
        }
    }

    private static void counts(Backend backend) {
        Graph graph = new Graph();
        Tensor step = graph.variable("step", Initializer.zeros(), SEED);
        graph.assign(step, step.add(1));
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            for (int run = 0; run < 100; run++) {
                executable.run();
            }
            Numbers.same("step", List.of(), new double[] {100}, read(session, "step", 1));
        }
    }

    private static void trains(Backend backend) {
        try (Trialled reference = new Trialled(new ReferenceBackend(), VariableChecks::training);
                Trialled trialled = new Trialled(backend, VariableChecks::training)) {
            for (int step = 0; step < 20; step++) {
                trialled.closeTo(reference.run(), trialled.run(), Tolerance.units(200, "twenty steps of training"),
                        backend);
            }
            List<double[]> expected = reference.variables();
            List<double[]> actual = trialled.variables();
            int i = 0;
            for (Tensor variable : trialled.graph().variables().values()) {
                Numbers.close(variable.toString(), variable.axes(), expected.get(i), actual.get(i),
                        Tolerance.units(200, "twenty steps of training"), backend.device().precision());
                i++;
            }
        }
    }

    /// Writes one step of a classifier with a hidden layer, by gradient descent with momentum.
    private static Map<String, double[]> training(Graph graph) {
        Axis in = new Axis("in", 6);
        Axis hidden = new Axis("hidden", 10);
        Axis classes = new Axis("class", 5);
        Tensor x = graph.input("x", DataType.FLOAT, BATCH, in);
        Tensor targets = graph.input("targets", DataType.INTEGER, BATCH);
        Tensor loss = graph.scope(SEED).within("net", scope -> {
            Tensor first = scope.parameter("first.weight", Initializer.linear(in.size()), hidden, in);
            Tensor bias = scope.parameter("first.bias", Initializer.zeros(), hidden);
            Tensor gain = scope.parameter("norm.weight", Initializer.ones(), hidden);
            Tensor last = scope.parameter("last.weight", Initializer.linear(hidden.size()), classes, hidden);
            Tensor h = x.contract(in, first).add(bias).layerNorm(hidden, 1e-5).mul(gain).gelu();
            return h.contract(hidden, last).crossEntropy(classes, targets).mean(BATCH);
        });
        graph.output("loss", loss);
        Gradients.of(loss, graph.parameters().values()).forEach((parameter, gradient) -> {
            Axis[] axes = parameter.axes().toArray(Axis[]::new);
            Tensor momentum =
                    graph.variable("momentum " + parameter.path() + parameter.id(), Initializer.zeros(), SEED, axes);
            Tensor moved = momentum.mul(0.5).add(gradient);
            graph.assign(momentum, moved);
            graph.assign(parameter, parameter.sub(moved.mul(0.25)));
        });
        return Map.of("x", Sample.real(BATCH, in).values(SEED.stream("x")).toArray(), "targets",
                Sample.integers(0, 5, BATCH).values(SEED.stream("targets")).toArray());
    }

    private static double[] read(Session session, String variable, int count) {
        double[] numbers = new double[count];
        session.read(variable, numbers);
        return numbers;
    }

    private static double[] read(Executable executable, String output, int count) {
        double[] numbers = new double[count];
        executable.read(output, numbers);
        return numbers;
    }
}
