package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;

/// Loops over axes.
final class Loops {

    private final Text text;
    private final Numbers numbers;

    Loops(Text text, Numbers numbers) {
        this.text = text;
        this.numbers = numbers;
    }

    /// Begins a loop and returns its variable.
    String begin(String prefix, String from, String to, String step) {
        String variable = text.fresh(prefix);
        text.open("for (int " + variable + " = " + from + "; " + variable + " < " + to + "; " + variable + " += " + step
                + ")");
        return variable;
    }

    /// Begins a loop over an axis, and says in `at` where it is.
    void over(Axis axis, String prefix, Map<String, String> at) {
        at.put(axis.name(), begin(prefix, "0", numbers.add(axis.size()), "1"));
    }

    void end(int count) {
        for (int i = 0; i < count; i++) {
            text.close();
        }
    }

    /// Takes an index apart into positions along axes, the last one fastest, and says in `at` where they are.
    void place(String index, List<Axis> axes, String prefix, Map<String, String> at) {
        List<String> positions = decomposed(index, axes, prefix);
        for (int i = 0; i < positions.size(); i++) {
            at.put(axes.get(i).name(), positions.get(i));
        }
    }

    /// Takes an index apart into positions along axes, the last one fastest.
    List<String> decomposed(String index, List<Axis> axes, String prefix) {
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

    /// Returns the axes over which a node sums.
    static List<Axis> summed(Tensor node) {
        return switch (node.op()) {
            case Op.Reduce(_, Tensor x, Set<String> names) -> names.stream().map(x::axis).toList();
            case Op.Contract(Tensor x, _, Set<String> names) -> names.stream().map(x::axis).toList();
            case Op.ScatterAdd(_, _, Tensor index, Set<String> matched) ->
                index.axes().stream().filter(axis -> !matched.contains(axis.name())).toList();
            default -> throw new IllegalStateException("not a sum: " + node);
        };
    }
}
