package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Tensor;

/// Contractions of every kind that a backend may tell apart: an axis `batch` on one operand, on both (kept or summed) or on
/// none; matched axes; one or two summed axes; several outer axes; a variable or an input; sizes around the edges of
/// register tiles; operands and results in shuffled orders of axes.
final class ContractChecks {

    private static final List<Integer> EDGES =
            List.of(1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 24, 25, 32, 33, 48, 49, 64, 65);
    private static final List<Integer> EVERY = IntStream.rangeClosed(1, 70).boxed().toList();

    /// How many orders of axes there are for each placement. More would cost a compiler's time and show little: backends
    /// that compile do so for each order, not for each size.
    private static final int ORDERS = 20;

    private ContractChecks() {}

    /// Where the axis `batch` is.
    private enum Placement {
        ABSENT, LEFT, RIGHT, KEPT, SUMMED;

        boolean left() {
            return this == LEFT || this == KEPT || this == SUMMED;
        }

        boolean right() {
            return this == RIGHT || this == KEPT || this == SUMMED;
        }
    }

    static List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Placement placement : Placement.values()) {
            for (int batch : placement == Placement.ABSENT ? List.of(1) : List.of(1, 3, 8, 16, 32, 33)) {
                String name = "batch " + batch + " " + placement.name().toLowerCase(Locale.ROOT);
                checks.add(new Check(name, backend -> check(backend, placement, new Axis("batch", batch))));
            }
        }
        return checks;
    }

    private static void check(Backend backend, Placement placement, Axis batch) {
        int variant = 0;
        for (int size : batch.size() == 16 || placement == Placement.ABSENT ? EVERY : EDGES) {
            agree(backend, placement, batch, size, 5, 9, variant++);
            agree(backend, placement, batch, 6, size, 7, variant++);
            agree(backend, placement, batch, 4, 8, size, variant++);
        }
        if (batch.size() <= 3) {
            for (int size : EDGES) {
                agree(backend, placement, batch, size, size, size, variant++);
            }
        }
    }

    /// Compares Σ x·y with x {rows, inner} and y {inner, columns}, and what the placement and the variant add.
    private static void agree(Backend backend, Placement placement, Axis batch, int rows, int inner, int columns,
            int variant) {
        Random order = new Random(variant % ORDERS);
        Axis matched = new Axis("head", 2);
        List<Axis> left = new ArrayList<>(List.of(new Axis("row", rows)));
        List<Axis> right = new ArrayList<>(List.of(new Axis("column", columns)));
        List<Axis> summed = new ArrayList<>(List.of(new Axis("inner", inner)));
        if (variant % 5 == 1 || variant % 5 == 4) {
            left.add(matched);
            right.add(matched);
        }
        if (variant % 5 == 2 || variant % 5 == 4) {
            summed.add(new Axis("time", 3));
        }
        if (variant % 5 == 3) {
            left.add(new Axis("plane", 2));
            right.add(new Axis("page", 3));
        }
        if (placement == Placement.SUMMED) {
            summed.add(batch);
        } else {
            if (placement.left()) {
                left.add(batch);
            }
            if (placement.right()) {
                right.add(batch);
            }
        }
        left.addAll(summed);
        right.addAll(summed);
        Collections.shuffle(left, order);
        Collections.shuffle(right, order);
        trial(left, right, summed, variant % 2 == 0, order.nextLong())
                .agree(backend, Tolerance.sum(Axis.count(summed)));
    }

    private static Trial trial(List<Axis> left, List<Axis> right, List<Axis> summed, boolean weights, long shuffle) {
        Seed draws = Seed.of(40).stream("contractions");
        return graph -> {
            Map<String, double[]> inputs = new LinkedHashMap<>();
            Axis[] leftAxes = left.toArray(Axis[]::new);
            Axis[] rightAxes = right.toArray(Axis[]::new);
            Tensor x = graph.input("x", DataType.FLOAT, leftAxes);
            inputs.put("x", Sample.real(leftAxes).values(draws.stream("x")).toArray());
            Tensor y;
            if (weights) {
                y = graph.variable("y", new Initializer.Uniform(-2, 2), draws.stream("y"), rightAxes);
            } else {
                y = graph.input("y", DataType.FLOAT, rightAxes);
                inputs.put("y", Sample.real(rightAxes).values(draws.stream("y")).toArray());
            }
            Tensor result = x.contract(summed, y);
            List<Axis> order = new ArrayList<>(result.axes());
            Collections.shuffle(order, new Random(shuffle));
            graph.output("result", result, order.toArray(Axis[]::new));
            return inputs;
        };
    }
}
