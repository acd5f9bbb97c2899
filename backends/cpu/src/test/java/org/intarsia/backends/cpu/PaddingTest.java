package org.intarsia.backends.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.intarsia.api.graph.DataType.FLOAT;
import static org.intarsia.api.graph.DataType.INTEGER;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.intarsia.api.autodiff.Gradients;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.Vectors;
import org.intarsia.backends.cpu.kernel.View;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lanes past the batch's last hold what happens to stand there, and nothing ever sees it: padding is filled with NaN,
/// infinities and huge numbers before every kernel, and results are those of the reference.
class PaddingTest {

    private static final Axis WIDTH = new Axis("width", 3);
    private static final Axis PLACE = new Axis("place", 7);
    private static final Seed SEED = Seed.of(2);

    private Axis batch = new Axis("batch", 1);
    private final Map<String, double[]> inputs = new HashMap<>();

    private Tensor real(Graph graph, String name, Axis... axes) {
        inputs.put(name,
                Values.compute(Axis.count(List.of(axes)), i -> (float) (0.25 + 1.75 * Math.abs(Math.sin(i * 12.9898))))
                        .toArray());
        return graph.input(name, FLOAT, axes);
    }

    /// Functions whose value at 0 and at negative numbers is infinite or undefined.
    private void wild(Graph graph) {
        Tensor x = real(graph, "x", batch, WIDTH);
        Tensor y = x.log().add(x.reciprocal()).add(x.sqrt()).div(x).exp();
        show(graph, "sum over the batch", y.sum(batch));
        show(graph, "sum over all", y.sum(batch, WIDTH));
        show(graph, "mean of what is stored", y.square().mean(batch));
        show(graph, "largest over another axis, summed", y.max(WIDTH).sum(batch));
        show(graph, "y", y);
        show(graph, "product over the batch", x.contract(batch, y.rename("width", "w")));
        show(graph, "product over all", x.contract(List.of(batch, WIDTH), y));
    }

    /// Look-ups by an index that is computed from the batch: in the padding it is anything.
    private void lookups(Graph graph) {
        Tensor x = real(graph, "x", batch);
        Tensor table = graph.variable("table", new Initializer.Uniform(-1, 1), SEED, PLACE, WIDTH);
        Tensor index = x.mul(3).floor().convert(INTEGER);
        Tensor rows = table.gather(PLACE, index);
        show(graph, "rows", rows);
        show(graph, "sum of rows", rows.sum(batch));
        show(graph, "scattered", rows.mul(x).scatterAdd(PLACE, index, List.of()));
        show(graph, "matched", rows.scatterAdd(PLACE, index, List.of(batch)).sum(batch));
        show(graph, "matched look-up", real(graph, "z", batch, PLACE).gather(PLACE, index).sum(batch));
    }

    /// Functions along another axis, with targets that are computed.
    private void rows(Graph graph) {
        Tensor x = real(graph, "x", batch, WIDTH);
        Tensor targets = x.sum(WIDTH).floor().convert(INTEGER).minimum(graph.constant(INTEGER, 2).expand(batch));
        Tensor loss = x.log().crossEntropy(WIDTH, targets);
        show(graph, "losses", loss);
        show(graph, "loss", loss.mean(batch));
        show(graph, "normalised", x.layerNorm(WIDTH, 1e-5).square().add(0.1).log().softmax(WIDTH).square().sum(batch));
        show(graph, "softmax", x.reciprocal().softmax(WIDTH).sum(batch));
        Tensor weight = graph.variable("weight", new Initializer.Uniform(-1, 1), SEED, WIDTH.named("out"), WIDTH);
        Tensor bias = graph.variable("bias", new Initializer.Uniform(-1, 1), SEED, WIDTH.named("out"));
        show(graph, "linear", x.softmax(WIDTH).contract(WIDTH, weight).add(bias).sum(batch));
        show(graph, "random", graph.random(SEED, graph.constant(INTEGER, 3), batch, WIDTH).log().add(x).sum(batch));
    }

    /// Causal attention and its gradients: what lies outside the triangle of the mask is garbage too.
    private void attention(Graph graph) {
        Axis query = new Axis("query", 7);
        Axis key = new Axis("key", 7);
        Tensor q = real(graph, "q", batch, query, WIDTH);
        Tensor k = real(graph, "k", batch, key, WIDTH);
        Tensor v = real(graph, "v", batch, key, WIDTH);
        Tensor past = graph.index(key).like(graph.index(query)).lessOrEqual(graph.index(query));
        Tensor scores = past.select(q.contract(WIDTH, k), graph.constant(Double.NEGATIVE_INFINITY));
        Tensor mixed = scores.softmax(key).contract(key, v);
        Tensor loss = mixed.square().sum(batch, query, WIDTH);
        show(graph, "loss", loss);
        Gradients.of(loss, List.of(q, k, v)).forEach((x, gradient) -> show(graph, "of " + x, gradient));
    }

    private static void show(Graph graph, String name, Tensor tensor) {
        graph.output(name, tensor, tensor.axes().toArray(Axis[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 17, 31, 33, 1, 3, 5})
    void whatStandsInThePaddingNeverLeaks(int size) {
        batch = new Axis("batch", size);
        for (Consumer<Graph> write : List.<Consumer<Graph>>of(this::wild, this::lookups, this::rows,
                this::attention)) {
            Graph graph = new Graph();
            inputs.clear();
            write.accept(graph);
            List<double[]> expected = expected(graph);
            assertThat(expected).allMatch(values -> Arrays.stream(values).allMatch(Double::isFinite));
            for (float garbage : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 3e38f, -1}) {
                assertThat(actual(graph, garbage)).as("%d in a batch, %f in the padding", size, garbage)
                        .usingElementComparator((x, y) -> close(x, y) ? 0 : 1).containsExactlyElementsOf(expected);
            }
        }
    }

    private List<double[]> expected(Graph graph) {
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(graph);
            inputs.forEach(executable::write);
            executable.run();
            return outputs(graph, executable);
        }
    }

    /// Runs the kernels one by one, and fills with garbage what the inputs leave free of their buffers, and every buffer
    /// before the first kernel that writes it, unless that kernel puts the result in an operand's place.
    private List<double[]> actual(Graph graph, float garbage) {
        Map<String, View> variables = new HashMap<>();
        graph.variables().forEach((name, variable) -> variables.put(name, variable(variable)));
        Plan plan = Planner.plan(graph, variables);
        assertThat(plan.lanes()).isEqualTo(batch.size() >= Vectors.LENGTH / 2 ? "batch" : Lanes.NONE);
        Set<Buffer> kept = new HashSet<>();
        variables.values().forEach(view -> kept.add(view.buffer()));
        Threads threads = new Threads(1);
        CpuExecutable executable = new CpuExecutable(graph, plan, kept, threads);
        plan.inputs().values().forEach(view -> poison(view.buffer(), garbage));
        inputs.forEach(executable::write);
        Set<Buffer> written = new HashSet<>();
        for (Kernel step : executable.steps) {
            step.writes().stream().filter(written::add).filter(buffer -> step.replaceable().stream()
                    .noneMatch(operand -> operand.start() == buffer.start()
                            && Arrays.equals(operand.data(), buffer.data())))
                    .forEach(buffer -> poison(buffer, garbage));
            threads.run(step);
        }
        return outputs(graph, executable);
    }

    private static View variable(Tensor variable) {
        View view = View.dense(variable.axes(), Lanes.NONE);
        view.buffer().bind(new float[variable.count()], 0);
        new Transfer("a variable", variable.axes(), view).write(((Op.Variable) variable.op()).initialValues());
        return view;
    }

    private static void poison(Buffer buffer, float garbage) {
        Arrays.fill(buffer.data(), buffer.start(), buffer.start() + buffer.size(), garbage);
    }

    private static List<double[]> outputs(Graph graph, Executable executable) {
        List<double[]> all = new ArrayList<>();
        graph.outputs().forEach((name, output) -> {
            double[] values = new double[output.tensor().count()];
            executable.read(name, values);
            all.add(values);
        });
        return all;
    }

    private static boolean close(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            if (!(Math.abs(x[i] - y[i]) <= 2e-5 * Math.max(1, Math.abs(y[i])))) {
                return false;
            }
        }
        return x.length == y.length;
    }
}
