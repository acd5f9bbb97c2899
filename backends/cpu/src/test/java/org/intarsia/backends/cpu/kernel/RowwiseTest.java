package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
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

    /// A composite, its other operands, and its definition along an axis.
    record Case(Composite composite, boolean upstream, boolean targets, Definition definition) {

        @Override
        public String toString() {
            return composite.name();
        }
    }

    /// A function of a row x, of a row g or one number g₀, and of a target.
    interface Definition {

        double[] of(double[] x, double[] g, int target);
    }

    private static Stream<Case> cases() {
        return Stream.of(new Case(new Composites.Softmax("along"), false, false, (x, _, _) -> softmax(x)),
                new Case(new Composites.SoftmaxGradient("along"), true, false, RowwiseTest::softmaxGradient),
                new Case(new Composites.LayerNorm("along", EPSILON), false, false, (x, _, _) -> layerNorm(x)),
                new Case(new Composites.LayerNormGradient("along", EPSILON), true, false,
                        RowwiseTest::layerNormGradient),
                new Case(new Composites.CrossEntropy("along"), false, true,
                        (x, _, target) -> new double[] {-Math.log(softmax(x)[target])}),
                new Case(new Composites.CrossEntropyGradient("along"), true, true, RowwiseTest::crossEntropyGradient));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyLaneIsARowOfItsOwn(Case tested) {
        for (int n : new int[] {1, 2, 3, 7, 16, 17, 33, 64}) {
            for (int lanes : LANES) {
                check(tested, n, lanes, false);
            }
        }
        for (int n : new int[] {100, 127, 128, 257}) {
            check(tested, n, 17, false);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void operandsMayLackAnAxis(Case tested) {
        for (int lanes : LANES) {
            check(tested, 5, lanes, true);
        }
    }

    @Test
    void aCrossEntropyMayLeaveTheSoftmaxForItsGradient() {
        for (int n : new int[] {1, 2, 17, 256}) {
            for (int lanes : LANES) {
                checkWithSoftmax(n, lanes);
            }
        }
    }

    private static void checkWithSoftmax(int n, int lanes) {
        Axis along = new Axis("along", n);
        Axis lane = new Axis("lane", lanes);
        int rows = OTHER.size() * lanes;
        View x = View.dense(List.of(along, OTHER, lane), "lane");
        View target = View.dense(List.of(OTHER, lane), "lane");
        View softmax = View.dense(List.of(OTHER, along, lane), "lane");
        View out = View.dense(List.of(OTHER, lane), "lane");
        Kernel kernel = Rows.planWithSoftmax(x, target, softmax, out, new Index("cross entropy", along, "here"),
                List.of(OTHER), lane);
        Memory memory = new Memory(List.of(kernel), x, target, softmax, out);
        Memory.fill(x, List.of(along, OTHER, lane), i -> x(i, rows));
        Memory.fill(target, List.of(OTHER, lane), i -> target(i, n));
        double[] losses = new double[rows];
        double[] softmaxes = new double[n * rows];
        for (int row = 0; row < rows; row++) {
            int at = row;
            double[] expected = softmax(IntStream.range(0, n).mapToDouble(i -> x(i * rows + at, rows)).toArray());
            losses[row] = -Math.log(expected[(int) target(row, n)]);
            double most = Arrays.stream(expected).max().orElseThrow();
            for (int i = 0; i < n; i++) {
                softmaxes[i * rows + row] = expected[i] / most;
            }
        }
        String what = "along " + n + " in " + lanes + " lanes";
        memory.run(what);
        Memory.close(what, Memory.read(out, List.of(OTHER, lane)), losses, BOUND);
        Memory.close(what, Memory.read(softmax, List.of(along, OTHER, lane)), softmaxes, BOUND);
    }

    @Test
    void aTargetOutsideTheAxisIsAnErrorAndOneInThePaddingIsNone() {
        Case tested = new Case(new Composites.CrossEntropy("along"), false, true, (x, _, _) -> x);
        for (int lanes : LANES) {
            for (double wrong : new double[] {-1, 4, 1e30}) {
                Planned planned = plan(tested, 4, lanes, false);
                Memory.fill(planned.x, planned.axes, i -> Memory.number(1, i));
                Memory.fill(planned.target, planned.rows, i -> i == lanes * OTHER.size() - 1 ? wrong : 1);
                assertThatThrownBy(() -> planned.memory.run("wrong target"))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessage("cross entropy: the index " + (int) wrong + " is not within along 4, at here");
            }
        }
    }

    /// What was planned: x and the result by `axes`, one number for each of `rows`.
    record Planned(Memory memory, List<Axis> axes, List<Axis> rows, View x, View g, View target, View out) {}

    private static Planned plan(Case tested, int n, int lanes, boolean few) {
        Axis along = new Axis("along", n);
        Axis lane = new Axis("lane", lanes);
        boolean whole = !(tested.composite instanceof Composites.CrossEntropy);
        boolean rowwise = tested.composite instanceof Composites.CrossEntropyGradient;
        List<Axis> axes = List.of(along, OTHER, lane);
        List<Axis> rows = few ? List.of(lane) : List.of(OTHER, lane);
        View x = View.dense(axes, "lane");
        View g = View.dense(rowwise ? List.of(OTHER, lane) : List.of(OTHER, along, lane), "lane");
        View target = View.dense(rows, "lane");
        View out = View.dense(whole ? List.of(OTHER, along, lane) : List.of(OTHER, lane), "lane");
        List<View> operands = new ArrayList<>(List.of(x));
        if (tested.targets) {
            operands.add(target);
        }
        if (tested.upstream) {
            operands.add(g);
        }
        Kernel kernel = Rows.plan(tested.composite, operands, out, new Index(tested.composite.name(), along, "here"),
                List.of(OTHER), lane, Rows.Part.WHOLE);
        return new Planned(new Memory(List.of(kernel), x, g, target, out), axes, rows, x, g, target, out);
    }

    private static void check(Case tested, int n, int lanes, boolean few) {
        Planned planned = plan(tested, n, lanes, few);
        boolean rowwise = tested.composite instanceof Composites.CrossEntropyGradient;
        List<Axis> upstream = rowwise ? List.of(OTHER, new Axis("lane", lanes)) : planned.axes;
        int rows = OTHER.size() * lanes;
        double[] first = new double[n * rows];
        for (int row = 0; row < rows; row++) {
            double[] x = new double[n];
            for (int i = 0; i < n; i++) {
                x[i] = x(i * rows + row, rows);
            }
            double[] operand = rowwise ? softmax(x) : x;
            for (int i = 0; i < n; i++) {
                first[i * rows + row] = operand[i];
            }
        }
        Memory.fill(planned.x, planned.axes, i -> first[i]);
        Memory.fill(planned.g, upstream, i -> Memory.number(2, i));
        Memory.fill(planned.target, planned.rows, i -> target(i, n));
        String what = tested + " along " + n + " in " + lanes + " lanes";
        planned.memory.run(what);
        boolean whole = !(tested.composite instanceof Composites.CrossEntropy);
        double[] expected = new double[whole ? n * rows : rows];
        for (int row = 0; row < rows; row++) {
            double[] x = new double[n];
            double[] g = new double[rowwise ? 1 : n];
            for (int i = 0; i < n; i++) {
                x[i] = x(i * rows + row, rows);
                g[rowwise ? 0 : i] = Memory.number(2, rowwise ? row : i * rows + row);
            }
            double[] result = tested.definition.of(x, g, (int) target(few ? row % lanes : row, n));
            for (int i = 0; i < result.length; i++) {
                expected[i * rows + row] = result[i];
            }
        }
        List<Axis> order = whole ? planned.axes : planned.axes.subList(1, 3);
        Memory.close(what, Memory.read(planned.out, order), expected, BOUND);
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

    private static double[] softmaxGradient(double[] y, double[] g, int target) {
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

    private static double[] layerNormGradient(double[] x, double[] g, int target) {
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

    private static double[] crossEntropyGradient(double[] x, double[] g, int target) {
        double[] result = softmax(x);
        result[target] -= 1;
        for (int i = 0; i < x.length; i++) {
            result[i] *= g[0];
        }
        return result;
    }
}
