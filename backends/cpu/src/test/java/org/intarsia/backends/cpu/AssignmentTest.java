package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.cpu.kernel.ChainBatch;
import org.intarsia.backends.cpu.kernel.ElementwiseKernel;
import org.intarsia.backends.cpu.kernel.View;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A new value is written straight into its variable when nothing needs the old one any more, and only then.
class AssignmentTest {

    private static final Axis A = new Axis("a", 5);
    private static final Axis B = new Axis("b", 5);
    private static final Axis C = new Axis("c", 4);
    private static final Seed SEED = Seed.of(3);

    /// A graph, and the kernels that it should become.
    record Case(String name, List<String> steps, Consumer<Graph> write) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Tensor v(Graph graph) {
        return graph.variable("v", new Initializer.Uniform(1, 2), SEED.stream("v"), A, B);
    }

    private static Tensor w(Graph graph) {
        return graph.variable("w", new Initializer.Uniform(-2, -1), SEED.stream("w"), A, B);
    }

    private static Tensor turned(Tensor x) {
        return x.rename("a", "t").rename("b", "a").rename("t", "b");
    }

    private static List<Case> legal() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("v ← 2v", List.of("Elementwise"), g -> {
            Tensor v = v(g);
            g.assign(v, v.mul(2));
        }));
        cases.add(new Case("v ← v + w, w stays", List.of("Elementwise"), g -> {
            Tensor v = v(g);
            g.assign(v, v.add(w(g)));
        }));
        cases.add(new Case("v is read before by another kernel", List.of("Pack", "Pack", "PanelProduct", "Elementwise"),
                g -> {
                    Tensor v = v(g);
                    Tensor product = v.contract(A, g.input("x", FLOAT, A, B));
                    g.assign(v, v.sub(product));
                }));
        cases.add(new Case("v is read before through a view", List.of("Elementwise", "Reduction", "Elementwise"), g -> {
            Tensor v = v(g);
            Tensor other = v.rename("a", "d").exp();
            g.output("other", other, A.named("d"), B);
            g.assign(v, v.add(other.sum(A.named("d"))));
        }));
        cases.add(new Case("a moment and its parameter", List.of("Elementwise"), g -> {
            Tensor v = v(g);
            Tensor m = w(g);
            Tensor moved = m.mul(0.5).add(v.mul(0.1));
            g.assign(m, moved);
            g.assign(v, v.sub(moved));
        }));
        cases.add(new Case("the new value is read afterwards", List.of("Elementwise", "Reduction"), g -> {
            Tensor v = v(g);
            Tensor next = v.mul(2);
            g.assign(v, next);
            g.output("sum", next.sum(A), B);
        }));
        cases.add(new Case("one value for two variables", List.of("Elementwise", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            Tensor w = w(g);
            Tensor next = v.add(w);
            g.assign(v, next);
            g.assign(w, next);
        }));
        return cases;
    }

    private static List<Case> illegal() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("v is squared later by a kernel", List.of("Elementwise", "Reduction", "Copy"), g -> {
            Tensor v = v(g);
            Tensor square = v.square();
            g.assign(v, v.add(square));
            g.output("sum", square.sum(A), B);
        }));
        cases.add(new Case("v is read later by a kernel", List.of("Elementwise", "Reduction", "Elementwise", "Copy"),
                g -> {
                    Tensor v = v(g);
                    Tensor next = v.mul(2);
                    g.assign(v, next);
                    g.output("old", v.add(next.sum(A, B)), A, B);
                }));
        cases.add(new Case("v is read later through a view", List.of("Elementwise", "Reduction", "Elementwise", "Copy"),
                g -> {
                    Tensor v = v(g);
                    Tensor next = v.mul(2);
                    Tensor sum = next.sum(A, B);
                    g.assign(v, next);
                    g.output("old", v.slice("a", 1, 4).rename("a", "c").add(sum), C, B);
                }));
        cases.add(new Case("v is read later through a view of a view",
                List.of("Elementwise", "Reduction", "Elementwise", "Copy"), g -> {
                    Tensor v = v(g);
                    Tensor next = v.mul(2);
                    Tensor sum = next.sum(A, B);
                    g.assign(v, next);
                    g.output("old", turned(v).add(sum), A, B);
                }));
        cases.add(new Case("v is assigned to w", List.of("Elementwise", "Copy", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.mul(2));
            g.assign(w(g), v);
        }));
        cases.add(new Case("v is assigned to w through a view", List.of("Elementwise", "Copy", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            Tensor view = turned(v);
            g.assign(v, v.mul(2));
            g.assign(w(g), view);
        }));
        cases.add(new Case("v is an output", List.of("Elementwise", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.mul(2));
            g.output("old", v, A, B);
        }));
        cases.add(new Case("a view of v is an output", List.of("Elementwise", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.mul(2));
            g.output("old", v.rename("a", "d"), A.named("d"), B);
        }));
        cases.add(new Case("a view of a view of v is an output", List.of("Elementwise", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            g.output("old", turned(v), A, B);
            g.assign(v, v.mul(2));
        }));
        cases.add(new Case("the new value is an output", List.of("Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            Tensor next = v.mul(2);
            g.assign(v, next);
            g.output("new", next, A, B);
        }));
        cases.add(new Case("v ← v + v turned", List.of("Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.add(turned(v)));
        }));
        cases.add(new Case("v ← v + a row of v", List.of("Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.add(v.at("a", 2)));
        }));
        cases.add(new Case("v ← v + a column of v, repeated", List.of("Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.add(v.slice("b", 1, 1).sum(B.sized(1)).expand(B)));
        }));
        cases.add(new Case("v and w from both", List.of("Elementwise", "Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            Tensor w = w(g);
            g.assign(v, v.add(w));
            g.assign(w, v.sub(w));
        }));
        cases.add(new Case("variables in two orders of axes, in one chain", List.of("Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            Tensor m = g.variable("m", new Initializer.Uniform(1, 2), SEED.stream("m"), B, A);
            Tensor moved = m.mul(0.5).add(v);
            g.assign(m, moved);
            g.assign(v, v.sub(moved));
        }));
        cases.add(new Case("swap", List.of("Copy", "Copy", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            Tensor w = w(g);
            g.assign(v, w);
            g.assign(w, v);
        }));
        cases.add(new Case("swap through functions", List.of("Elementwise", "Elementwise", "Copy"), g -> {
            Tensor v = v(g);
            Tensor w = w(g);
            g.assign(v, w.mul(2));
            g.assign(w, v.mul(3));
        }));
        cases.add(new Case("a value in another order of axes", List.of("Elementwise"), g -> {
            Tensor x = g.input("x", FLOAT, B, A);
            g.assign(v(g), x.mul(2));
        }));
        cases.add(new Case("a shifted copy of itself", List.of("Zero", "Copy", "Copy"), g -> {
            Tensor v = v(g);
            g.assign(v, v.slice("a", 1, 4).pad("a", 0, 1));
        }));
        cases.add(new Case("what is always the same is assigned in every run", List.of("Copy"), g -> {
            g.assign(v(g), g.index(A).convert(FLOAT).exp().expand(B).mul(g.index(B).convert(FLOAT)));
        }));
        return cases;
    }

    @ParameterizedTest
    @MethodSource({"legal", "illegal"})
    void theResultIsWhatTheReferenceComputesAndTheKernelsAreAsFewAsCanBe(Case tested) {
        Graph graph = new Graph();
        tested.write.accept(graph);
        List<double[]> expected = runs(new ReferenceBackend(), tested);
        for (int threads : new int[] {1, 2}) {
            List<double[]> actual = runs(new CpuBackend.Factory().create(new CpuBackend.Config(threads)), tested);
            for (int i = 0; i < expected.size(); i++) {
                for (int j = 0; j < expected.get(i).length; j++) {
                    assertThat(actual.get(i)[j]).as("value %d, number %d", i, j).isCloseTo(expected.get(i)[j],
                            within(1e-5 * Math.max(1, Math.abs(expected.get(i)[j]))));
                }
            }
        }
        assertThat(Planned.steps(graph)).isEqualTo(tested.steps);
    }

    /// Runs the graph three times, with a variable written between the second and the third, and returns everything that can
    /// be read after each.
    private static List<double[]> runs(Backend backend, Case tested) {
        Graph graph = new Graph();
        tested.write.accept(graph);
        double[] numbers = Values.compute(25, i -> i * i % 7 - 2).toArray();
        List<double[]> all = new ArrayList<>();
        try (Session session = backend.open()) {
            Executable executable = session.compile(graph);
            graph.inputs().keySet().forEach(name -> executable.write(name, numbers));
            read(graph, session, executable, false, all);
            for (int run = 0; run < 3; run++) {
                if (run == 2) {
                    session.write("v", numbers);
                }
                executable.run();
                read(graph, session, executable, true, all);
            }
        }
        return all;
    }

    private static void read(Graph graph, Session session, Executable executable, boolean outputs, List<double[]> all) {
        graph.variables().forEach((name, variable) -> {
            double[] values = new double[variable.count()];
            session.read(name, values);
            all.add(values);
        });
        if (outputs) {
            graph.outputs().forEach((name, output) -> {
                double[] values = new double[output.tensor().count()];
                executable.read(name, values);
                all.add(values);
            });
        }
    }

    @Test
    void aRunThatFailsAssignsNothing() {
        Graph graph = new Graph();
        Tensor v = v(graph);
        Tensor w = w(graph);
        graph.assign(v, v.mul(2));
        Tensor index = graph.input("index", INTEGER, C);
        Tensor rows = graph.constant(FLOAT, Values.of(1, 2, 3, 4, 5), A).gather(A, index);
        graph.output("rows", rows, C);
        graph.assign(w, w.add(rows.sum(C)));
        assertThat(Planned.steps(graph)).containsExactly("Elementwise", "Gather", "Reduction", "Elementwise", "Copy");
        try (Session session = new CpuBackend.Factory().create(new CpuBackend.Config(1)).open()) {
            Executable executable = session.compile(graph);
            double[] before = new double[25];
            session.read("v", before);
            executable.write("index", new double[] {0, 1, 2, 5});
            assertThatThrownBy(executable::run).isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("gather: the index 5 is not within a 5");
            double[] after = new double[25];
            session.read("v", after);
            assertThat(after).containsExactly(before);
        }
    }

    @Test
    void aTrainingStepUpdatesEveryVariableInPlace() {
        Graph graph = new TrainingStep(32, 4, 8).graph();
        Map<String, View> variables = new HashMap<>();
        graph.variables().forEach((name, variable) -> variables.put(name, View.dense(variable.axes(), Lanes.NONE)));
        Plan plan = Planner.plan(graph, variables);
        assertThat(variables).hasSizeGreaterThan(20);
        variables.values().forEach(view -> assertThat(plan.steps()).filteredOn(k -> k.writes().contains(view.buffer()))
                .hasSize(1).hasOnlyElementsOfTypes(ElementwiseKernel.class, ChainBatch.class));
    }

    @Test
    void theInputsThatSeveralRunsReadStay() {
        Graph graph = new Graph();
        Tensor v = v(graph);
        graph.assign(v, v.add(graph.input("x", FLOAT, A, B)));
        try (Session session = new CpuBackend.Factory().create(new CpuBackend.Config(1)).open()) {
            Executable executable = session.compile(graph);
            double[] ones = new double[25];
            Arrays.fill(ones, 1);
            session.write("v", new double[25]);
            executable.write("x", ones);
            for (int i = 0; i < 10; i++) {
                executable.run();
            }
            double[] sums = new double[25];
            session.read("v", sums);
            assertThat(sums).containsOnly(10);
        }
    }
}
