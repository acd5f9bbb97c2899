package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Composite;
import org.intarsia.api.graph.Composites;
import org.intarsia.backends.common.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowwiseTest {

    private static final double EPSILON = 1e-5;
    private static final double BOUND = 3e-5;
    private static final int[] LANES = {1, 2, 3, 5, 8, 9, 15, 16, 17, 31, 33};
    private static final Axis OTHER = new Axis("other", 3);

    /// A function along an axis and its definition.
    record Case(String name, Planning planning, Definition definition) {

        @Override
        public String toString() {
            return name;
        }
    }

    /// Plans a function of x, g and the result along an axis in lanes.
    interface Planning {

        Kernel plan(View x, View g, View out, Axis along, Axis lane);
    }

    /// A function of a row x and perhaps of a row g.
    interface Definition {

        double[] of(double[] x, double[] g);
    }

    private static Stream<Case> cases() {
        return Stream.of(new Case("softmax", planned(new Composites.Softmax("along")), (x, _) -> softmax(x)),
                new Case("softmax gradient", planned(new Composites.SoftmaxGradient("along")),
                        RowwiseTest::softmaxGradient),
                new Case("layer norm", inAChain(Rowwise.layerNorm((float) EPSILON)), (x, _) -> layerNorm(x)),
                new Case("layer norm gradient", inAChain(Rowwise.layerNormGradient((float) EPSILON)),
                        RowwiseTest::layerNormGradient));
    }

    private static Planning planned(Composite composite) {
        return (x, g, out, along, lane) -> Rows.plan(composite, List.of(x, g), out,
                new Index(composite.name(), along, "here"), List.of(OTHER), lane, Rows.Part.WHOLE);
    }

    private static Planning inAChain(Rowwise.Function function) {
        return (x, g, out, along, lane) -> new ElementwiseKernel(new Chain(List.of(x, g),
                List.of(new Chain.Along(function, along.size(), View.padded(lane, "lane"), 0, 1)), List.of(2)),
                List.of(OTHER, along, lane), "lane", List.of(out));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyLaneIsARowOfItsOwn(Case tested) {
        for (int n : new int[] {1, 2, 3, 7, 16, 17, 33, 64}) {
            for (int lanes : LANES) {
                check(tested, n, lanes);
            }
        }
        for (int n : new int[] {100, 127, 128, 257}) {
            check(tested, n, 17);
        }
    }

    private static void check(Case tested, int n, int lanes) {
        Axis along = new Axis("along", n);
        Axis lane = new Axis("lane", lanes);
        List<Axis> axes = List.of(along, OTHER, lane);
        View x = View.dense(axes, "lane");
        View g = View.dense(List.of(OTHER, along, lane), "lane");
        View out = View.dense(List.of(OTHER, along, lane), "lane");
        Memory memory = new Memory(List.of(tested.planning.plan(x, g, out, along, lane)), x, g, out);
        int rows = OTHER.size() * lanes;
        Memory.fill(x, axes, i -> x(i, rows));
        Memory.fill(g, axes, i -> Memory.number(2, i));
        double[] expected = new double[n * rows];
        for (int row = 0; row < rows; row++) {
            int at = row;
            double[] result = tested.definition.of(
                    IntStream.range(0, n).mapToDouble(i -> x(i * rows + at, rows)).toArray(),
                    IntStream.range(0, n).mapToDouble(i -> Memory.number(2, i * rows + at)).toArray());
            for (int i = 0; i < n; i++) {
                expected[i * rows + row] = result[i];
            }
        }
        String what = tested + " along " + n + " in " + lanes + " lanes";
        memory.run(what);
        Memory.close(what, Memory.read(out, axes), expected, BOUND);
    }

    @Test
    void aCrossEntropyLeavesItsGradientWhatItNeeds() {
        for (int lanes : LANES) {
            for (int n : new int[] {1, 2, 3, 4, 5, 7, 17, 256}) {
                checkCrossEntropy(n, lanes, List.of(OTHER, new Axis("lane", lanes)));
            }
            checkCrossEntropy(5, lanes, List.of(new Axis("lane", lanes)));
        }
    }

    /// @param targets the axes of the targets, which may be the same for all others
    private static void checkCrossEntropy(int n, int lanes, List<Axis> targets) {
        CrossEntropy planned = new CrossEntropy(n, lanes, targets);
        int rows = OTHER.size() * lanes;
        int same = Axis.count(targets);
        Memory.fill(planned.x, planned.all, i -> x(i, rows));
        Memory.fill(planned.target, targets, i -> target(i, n));
        Memory.fill(planned.g, planned.perRow, i -> Memory.number(2, i));
        double[] losses = new double[rows];
        double[] gradients = new double[n * rows];
        for (int row = 0; row < rows; row++) {
            int at = row;
            int target = (int) target(row % same, n);
            double[] softmax = softmax(IntStream.range(0, n).mapToDouble(i -> x(i * rows + at, rows)).toArray());
            losses[row] = -Math.log(softmax[target]);
            for (int i = 0; i < n; i++) {
                gradients[i * rows + row] = Memory.number(2, row) * (softmax[i] - (i == target ? 1 : 0));
            }
        }
        String what = "along " + n + " in " + lanes + " lanes";
        planned.memory.run(what);
        Memory.close(what, Memory.read(planned.loss, planned.perRow), losses, BOUND);
        Memory.close(what, Memory.read(planned.gradient, planned.all), gradients, BOUND);
    }

    @Test
    void aTargetOutsideTheAxisIsAnErrorAndOneInThePaddingIsNone() {
        for (int lanes : LANES) {
            for (double wrong : new double[] {-1, 4, 1e30}) {
                CrossEntropy planned = new CrossEntropy(4, lanes, List.of(OTHER, new Axis("lane", lanes)));
                Memory.fill(planned.x, planned.all, i -> Memory.number(1, i));
                Memory.fill(planned.target, planned.perRow, i -> i == lanes * OTHER.size() - 1 ? wrong : 1);
                assertThatThrownBy(() -> planned.memory.run("wrong target"))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("cross entropy: the index " + (int) wrong + " is not within along 4, at here");
            }
        }
    }

    /// A cross-entropy and its gradient.
    private static final class CrossEntropy {

        private final List<Axis> all;
        private final List<Axis> perRow;
        private final View x;
        private final View target;
        private final View loss;
        private final View g;
        private final View gradient;
        private final Memory memory;

        CrossEntropy(int n, int lanes, List<Axis> targets) {
            Axis along = new Axis("along", n);
            Axis lane = new Axis("lane", lanes);
            all = List.of(along, OTHER, lane);
            perRow = List.of(OTHER, lane);
            x = View.dense(all, "lane");
            target = View.dense(targets, "lane");
            loss = View.dense(perRow, "lane");
            g = View.dense(perRow, "lane");
            gradient = View.dense(all, "lane");
            View exponentials = View.dense(List.of(OTHER, new Axis("along", n + 1), lane), "lane");
            Index index = new Index("cross entropy", along, "here");
            memory = new Memory(
                    List.of(Rows.planCrossEntropy(List.of(x, target), exponentials, loss, index, List.of(OTHER), lane),
                            Rows.plan(new Composites.CrossEntropyGradient("along"), List.of(exponentials, target, g),
                                    gradient, index, List.of(OTHER), lane, Rows.Part.WHOLE)),
                    x, target, exponentials, loss, g, gradient);
        }
    }

    /// Neighbours along the axis differ, so that the variance is never small.
    private static double x(int i, int rows) {
        return Memory.number(1, i) + (i / rows % 2 == 0 ? 2 : -2);
    }

    private static double target(int row, int n) {
        return row * 7 % n;
    }

    private static double[] softmax(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += Math.exp(v);
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.exp(x[i]) / sum;
        }
        return y;
    }

    private static double[] softmaxGradient(double[] y, double[] g) {
        double dot = 0;
        for (int i = 0; i < y.length; i++) {
            dot += y[i] * g[i];
        }
        double[] result = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            result[i] = y[i] * (g[i] - dot);
        }
        return result;
    }

    private static double deviation(double[] x) {
        double mean = mean(x);
        double sum = 0;
        for (double v : x) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / x.length + EPSILON);
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum / x.length;
    }

    private static double[] layerNorm(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean(x)) / deviation(x);
        }
        return y;
    }

    private static double[] layerNormGradient(double[] x, double[] g) {
        double[] y = layerNorm(x);
        double slope = 0;
        for (int i = 0; i < x.length; i++) {
            slope += g[i] * y[i] / x.length;
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = (g[i] - mean(g) - y[i] * slope) / deviation(x);
        }
        return result;
    }
}
