package org.intarsia.backends.opencl.code;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.opencl.plan.Nodes;
import org.intarsia.backends.opencl.plan.Region;

/// Writes the code of a region: its values one after another, each in loops over what a row has of it.
///
/// Names in the code: `V` and `A` are the variables and the values of the graph, `S` is the memory of a work-group, `d`
/// the numbers of this region; `o…` are positions of the row, `i…` within it, `r…` of what is summed.
final class BodyWriter {

    private final Region region;
    private final Memory memory;
    private final Expressions expressions;
    private final Numbers numbers = new Numbers();
    private final Text text = new Text();
    private final Loops loops = new Loops(text, numbers);
    private final boolean perItem;
    private final int lanes;

    private BodyWriter(Region region, Memory memory, Faults faults, int lanes) {
        this.region = region;
        this.memory = memory;
        this.lanes = lanes;
        this.perItem = region.isScalar();
        this.expressions = new Expressions(region, memory, faults, numbers, text);
    }

    /// Writes a region.
    ///
    /// @param lanes how many work-items share a row, where a row is more than single numbers
    static Body write(Region region, Memory memory, Faults faults, int lanes) {
        return region.isTiled() ? TileWriter.write(region, memory, faults)
                : new BodyWriter(region, memory, faults, lanes).write();
    }

    private Body write() {
        String rows = numbers.add(Axis.count(region.axes()));
        if (perItem) {
            text.line("const int row = g * L + l;");
            text.open("if (row < " + rows + ")");
        } else {
            text.line("const int row = g;");
        }
        List<String> positions = loops.decomposed("row", region.axes(), "o");
        for (Tensor stage : region.stages()) {
            Map<String, String> at = new HashMap<>();
            for (int i = 0; i < positions.size(); i++) {
                at.put(region.rows(stage).get(i), positions.get(i));
            }
            compute(stage, at);
        }
        if (perItem) {
            text.close();
        }
        return new Body(numbers.declarations() + text, numbers.values(), Axis.count(region.axes()), perItem,
                memory.local(region));
    }

    private void compute(Tensor stage, Map<String, String> at) {
        List<Axis> inner = region.inner(stage);
        if (inner.isEmpty()) {
            String value = Nodes.isReduction(stage) && !perItem && lanes > 1 ? together(stage, at)
                    : alone(stage, at);
            expressions.register(stage, value);
            if (!(memory.place(stage) instanceof Place.Register)) {
                store(stage, at, value, perItem ? "" : "if (l == 0) ");
            }
            return;
        }
        Map<String, String> inside = new HashMap<>(at);
        if (lanes == 1 && addsRows(stage)) {
            addRows(stage, inner, inside);
            return;
        }
        if (lanes == 1) {
            inner.forEach(axis -> loops.over(axis, "i", inside));
        } else {
            loops.place(loops.begin("e", "l", numbers.add(Axis.count(inner)), "L"), inner, "i", inside);
        }
        store(stage, inside, alone(stage, inside), "");
        loops.end(lanes == 1 ? inner.size() : 1);
        if (lanes > 1) {
            text.line("SYNC;");
        }
    }

    /// Returns whether a product reads an operand along the last axis of its result: then its rows are added up, where
    /// otherwise each number would be a sum with large steps through memory.
    private boolean addsRows(Tensor stage) {
        String last = stage.axes().getLast().name();
        return stage.op() instanceof Op.Contract(Tensor x, Tensor y, Set<String> summed) && !summed.isEmpty()
                && !region.rows(stage).contains(last)
                && Stream.of(x, y).anyMatch(operand -> !operand.axes().isEmpty()
                        && operand.axes().getLast().name().equals(last));
    }

    private void addRows(Tensor stage, List<Axis> inner, Map<String, String> inside) {
        Axis last = inner.getLast();
        inner.subList(0, inner.size() - 1).forEach(axis -> loops.over(axis, "i", inside));
        loops.over(last, "i", inside);
        store(stage, inside, "0.0f", "");
        loops.end(1);
        List<Axis> summed = Loops.summed(stage);
        summed.forEach(axis -> loops.over(axis, "r", inside));
        loops.over(last, "i", inside);
        accumulate(stage, expressions.element(stage, memory.place(stage), inside), inside, inside);
        loops.end(inner.size() + summed.size());
    }

    /// A value that one work-item computes by itself.
    private String alone(Tensor stage, Map<String, String> at) {
        if (!Nodes.isReduction(stage)) {
            return expressions.compute(stage, at);
        }
        String sum = text.fresh("a");
        text.line("float " + sum + " = " + start(stage) + ";");
        Map<String, String> inside = new HashMap<>(at);
        List<Axis> summed = Loops.summed(stage);
        summed.forEach(axis -> loops.over(axis, "r", inside));
        accumulate(stage, sum, inside, at);
        loops.end(summed.size());
        return sum;
    }

    /// A sum that the work-items of a group share, each a part: the parts are added up in order, so that the result is
    /// always the same.
    private String together(Tensor stage, Map<String, String> at) {
        List<Axis> summed = Loops.summed(stage);
        String part = text.fresh("a");
        text.line("float " + part + " = " + start(stage) + ";");
        Map<String, String> inside = new HashMap<>(at);
        loops.place(loops.begin("e", "l", numbers.add(Axis.count(summed)), "L"), summed, "r", inside);
        accumulate(stage, part, inside, at);
        text.close();
        text.line("S[l] = " + part + ";");
        text.line("SYNC;");
        String sum = text.fresh("a");
        text.line("float " + sum + " = " + start(stage) + ";");
        text.line("for (int j = 0; j < L; j++) " + sum + " = " + (isMaximum(stage) ? "MAX(" + sum + ", S[j])"
                : sum + " + S[j]") + ";");
        text.line("SYNC;");
        return sum;
    }

    private void accumulate(Tensor stage, String sum, Map<String, String> inside, Map<String, String> at) {
        switch (stage.op()) {
            case Op.Reduce(Op.Reduce.Function f, Tensor x, _) -> {
                String value = expressions.value(x, inside);
                text.line(f == Op.Reduce.Function.SUM ? "ADD(" + sum + ", " + value + ")"
                        : sum + " = MAX(" + sum + ", " + value + ");");
            }
            case Op.Contract(Tensor x, Tensor y, _) -> {
                String left = expressions.value(x, inside);
                text.line("ADD(" + sum + ", " + left + " * " + expressions.value(y, inside) + ")");
            }
            case Op.ScatterAdd(Tensor updates, Axis axis, Tensor index, _) -> {
                String position = expressions.index(stage, index, axis, inside);
                text.open("if (" + position + " == " + at.get(axis.name()) + ")");
                text.line("ADD(" + sum + ", " + expressions.value(updates, inside) + ")");
                text.close();
            }
            default -> throw new IllegalStateException("not a sum: " + stage);
        }
    }

    private static boolean isMaximum(Tensor stage) {
        return stage.op() instanceof Op.Reduce(Op.Reduce.Function f, _, _) && f == Op.Reduce.Function.MAXIMUM;
    }

    private static String start(Tensor stage) {
        return isMaximum(stage) ? "-INFINITY" : "0.0f";
    }

    private void store(Tensor stage, Map<String, String> at, String value, String condition) {
        String target = expressions.element(stage, memory.place(stage), at);
        if (stage.op() instanceof Op.Assign) {
            text.line("if (E[0] == 0) " + target + " = " + value + ";");
        } else {
            text.line(condition + target + " = " + value + ";");
        }
    }
}
