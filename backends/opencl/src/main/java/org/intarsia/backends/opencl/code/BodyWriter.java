package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        return new BodyWriter(region, memory, faults, lanes).write();
    }

    private Body write() {
        String rows = numbers.add(Axis.count(region.axes()));
        if (perItem) {
            text.line("const int row = g * L + l;");
            text.open("if (row < " + rows + ")");
        } else {
            text.line("const int row = g;");
        }
        List<String> positions = decomposed("row", region.axes(), "o");
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
            for (Axis axis : inner) {
                inside.put(axis.name(), loop("i", "0", numbers.add(axis.size()), "1"));
            }
        } else {
            String element = loop("e", "l", numbers.add(Axis.count(inner)), "L");
            List<String> positions = decomposed(element, inner, "i");
            for (int i = 0; i < positions.size(); i++) {
                inside.put(inner.get(i).name(), positions.get(i));
            }
        }
        store(stage, inside, alone(stage, inside), "");
        for (int i = 0; i < (lanes == 1 ? inner.size() : 1); i++) {
            text.close();
        }
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
        for (Axis axis : inner.subList(0, inner.size() - 1)) {
            inside.put(axis.name(), loop("i", "0", numbers.add(axis.size()), "1"));
        }
        inside.put(last.name(), loop("i", "0", numbers.add(last.size()), "1"));
        store(stage, inside, "0.0f", "");
        text.close();
        List<Axis> summed = summed(stage);
        for (Axis axis : summed) {
            inside.put(axis.name(), loop("r", "0", numbers.add(axis.size()), "1"));
        }
        inside.put(last.name(), loop("i", "0", numbers.add(last.size()), "1"));
        accumulate(stage, expressions.element(stage, memory.place(stage), inside), inside, inside);
        for (int i = 0; i < inner.size() + summed.size(); i++) {
            text.close();
        }
    }

    /// A value that one work-item computes by itself.
    private String alone(Tensor stage, Map<String, String> at) {
        if (!Nodes.isReduction(stage)) {
            return expressions.compute(stage, at);
        }
        String sum = text.fresh("a");
        text.line("float " + sum + " = " + start(stage) + ";");
        Map<String, String> inside = new HashMap<>(at);
        List<Axis> summed = summed(stage);
        for (Axis axis : summed) {
            inside.put(axis.name(), loop("r", "0", numbers.add(axis.size()), "1"));
        }
        accumulate(stage, sum, inside, at);
        summed.forEach(_ -> text.close());
        return sum;
    }

    /// A sum that the work-items of a group share, each a part: the parts are added up in order, so that the result is
    /// always the same.
    private String together(Tensor stage, Map<String, String> at) {
        List<Axis> summed = summed(stage);
        String part = text.fresh("a");
        text.line("float " + part + " = " + start(stage) + ";");
        Map<String, String> inside = new HashMap<>(at);
        String element = loop("e", "l", numbers.add(Axis.count(summed)), "L");
        List<String> positions = decomposed(element, summed, "r");
        for (int i = 0; i < positions.size(); i++) {
            inside.put(summed.get(i).name(), positions.get(i));
        }
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

    private static List<Axis> summed(Tensor stage) {
        return switch (stage.op()) {
            case Op.Reduce(_, Tensor x, Set<String> names) -> names.stream().map(x::axis).toList();
            case Op.Contract(Tensor x, _, Set<String> names) -> names.stream().map(x::axis).toList();
            case Op.ScatterAdd(_, _, Tensor index, Set<String> matched) ->
                index.axes().stream().filter(axis -> !matched.contains(axis.name())).toList();
            default -> throw new IllegalStateException("not a sum: " + stage);
        };
    }

    private static boolean isMaximum(Tensor stage) {
        return stage.op() instanceof Op.Reduce(Op.Reduce.Function f, _, _) && f == Op.Reduce.Function.MAXIMUM;
    }

    private static String start(Tensor stage) {
        return isMaximum(stage) ? "-INFINITY" : "0.0f";
    }

    private String loop(String prefix, String from, String to, String step) {
        String variable = text.fresh(prefix);
        text.open("for (int " + variable + " = " + from + "; " + variable + " < " + to + "; " + variable + " += "
                + step + ")");
        return variable;
    }

    /// Takes an index apart into positions along axes, the last one fastest.
    private List<String> decomposed(String index, List<Axis> axes, String prefix) {
        List<String> positions = new ArrayList<>();
        String rest = index;
        for (int i = axes.size() - 1; i >= 0; i--) {
            if (i == 0) {
                positions.addFirst(rest);
            } else {
                String size = numbers.add(axes.get(i).size());
                String position = text.fresh(prefix);
                text.line("const int " + position + " = " + rest + " % " + size + ";");
                positions.addFirst(position);
                String quotient = text.fresh("q");
                text.line("const int " + quotient + " = " + rest + " / " + size + ";");
                rest = quotient;
            }
        }
        return positions;
    }

    private void store(Tensor stage, Map<String, String> at, String value, String condition) {
        String target = expressions.element(stage, memory.place(stage), at);
        if (stage.op() instanceof Op.Assign) {
            text.line("if (E[0] == 0) " + target + " = " + value + ";");
        } else {
            text.line(condition + target + " = " + value + ";");
        }
    }

    /// The numbers that the code reads, in the order in which it first needs them.
    static final class Numbers {

        private final List<Integer> values = new ArrayList<>();
        private final Map<String, String> names = new HashMap<>();

        /// Returns the name of a number that nothing else stands for.
        String add(int value) {
            values.add(value);
            return "n" + (values.size() - 1);
        }

        /// Returns the name of a number that is needed again and again.
        String add(String key, int value) {
            return names.computeIfAbsent(key, _ -> add(value));
        }

        List<Integer> values() {
            return List.copyOf(values);
        }

        private String declarations() {
            return IntStream.range(0, values.size()).mapToObj(i -> "    const int n" + i + " = d[" + i + "];\n")
                    .collect(Collectors.joining());
        }
    }
}
