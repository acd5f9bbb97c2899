package org.intarsia.testkit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Initializer;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Makes axes smaller wherever they come into a graph, or takes away those of size 1; what is derived from them follows.
///
/// @param chosen which axes
/// @param size how large they are then; 0 takes them away
/// @param last whether the last positions stay, and not the first
record Resizing(Predicate<Axis> chosen, int size, boolean last) implements Written.Change {

    /// Returns what can be tried with a graph's axes: those of a name and a size, or all of a size, since renamed axes have
    /// to change together.
    static Stream<Written.Change> all(Graph graph) {
        SequencedSet<Axis> axes = new LinkedHashSet<>();
        graph.nodes().forEach(node -> axes.addAll(node.axes()));
        return axes.stream().flatMap(axis -> sizes(axis.size()).flatMap(size -> Stream.of(false, true)
                .flatMap(last -> Stream.of(new Resizing(axis::equals, size, last),
                        new Resizing(other -> other.size() == axis.size(), size, last)))));
    }

    private static Stream<Integer> sizes(int size) {
        return size == 1 ? Stream.of(0) : Stream.of(1, 2, size / 2, size - 1).filter(s -> s < size).distinct();
    }

    @Override
    public Tensor node(Written.Copy copy, Tensor node, List<Tensor> o) {
        return switch (node.op()) {
            case Op.Input(String name, DataType type, List<Axis> axes) -> {
                double[] numbers = numbers(type, axes, copy.inputs().getOrDefault(name, new double[0]));
                copy.inputs().put(name, numbers);
                yield copy.graph().input(name, type, array(axes));
            }
            case Op.Variable v -> copy.graph().variable(v.name(),
                    new Initializer.Given(Values.of(numbers(DataType.FLOAT, v.axes(), v.initialValues()))), v.seed(),
                    array(v.axes()));
            case Op.Constant(Values values, DataType type, List<Axis> axes) ->
                copy.graph().constant(type, Values.of(numbers(type, axes, values.toArray())), array(axes));
            case Op.Index(Axis axis) when stays(axis) -> copy.graph().index(resized(axis));
            case Op.Random random -> copy.graph().random(random.seed(), o.getFirst(), array(random.axes()));
            case Op.Expand(_, Axis axis) -> stays(axis) ? o.getFirst().expand(resized(axis)) : o.getFirst();
            case Op.ScatterAdd(_, Axis axis, _, SequencedSet<String> matched) when stays(axis) ->
                copy.graph().add(new Op.ScatterAdd(o.get(0), resized(axis), o.get(1), matched));
            case Op.Split split -> split(split, o.getFirst());
            case Op.Slice slice -> slice(slice, o.getFirst());
            case Op.Reduce(Op.Reduce.Function f, _, SequencedSet<String> names) -> {
                SequencedSet<String> left = left(names, o);
                yield left.isEmpty() ? o.getFirst() : copy.graph().add(new Op.Reduce(f, o.getFirst(), left));
            }
            case Op.Contract(_, _, SequencedSet<String> names) ->
                copy.graph().add(new Op.Contract(o.get(0), o.get(1), left(names, o)));
            case Op other -> copy.same(other, o);
        };
    }

    private boolean stays(Axis axis) {
        return size > 0 || !chosen.test(axis);
    }

    private Axis resized(Axis axis) {
        return chosen.test(axis) ? axis.sized(size) : axis;
    }

    private Axis[] array(List<Axis> axes) {
        return axes.stream().filter(this::stays).map(this::resized).toArray(Axis[]::new);
    }

    private static SequencedSet<String> left(Set<String> names, List<Tensor> operands) {
        SequencedSet<String> left = new LinkedHashSet<>(names);
        left.removeIf(name -> operands.stream().noneMatch(operand -> operand.has(name)));
        return left;
    }

    /// Splits what is there, so that the outer or the inner size is kept.
    private Tensor split(Op.Split split, Tensor x) {
        if (!x.has(split.axis())) {
            return x;
        }
        Axis outer = split.outer();
        Axis inner = split.inner();
        if (!stays(outer)) {
            return x.rename(split.axis(), inner.name());
        }
        if (!stays(inner)) {
            return x.rename(split.axis(), outer.name());
        }
        int whole = x.axis(split.axis()).size();
        Axis first = resized(outer);
        Axis second = resized(inner);
        if (first.size() * second.size() != whole) {
            first = whole % second.size() == 0 ? first.sized(whole / second.size()) : first;
            second = whole % first.size() == 0 ? second.sized(whole / first.size()) : second;
        }
        return x.split(split.axis(), first, second);
    }

    private static Tensor slice(Op.Slice slice, Tensor x) {
        if (!x.has(slice.axis())) {
            return x;
        }
        int whole = x.axis(slice.axis()).size();
        int start = Math.min(slice.start(), Math.max(0, whole - slice.size()));
        return x.slice(slice.axis(), start, Math.min(slice.size(), whole - start));
    }

    /// Returns the numbers that stay. Integers, which may be indices, become small enough for the new size.
    private double[] numbers(DataType type, List<Axis> axes, double[] all) {
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (stays(axes, i)) {
                kept.add(type == DataType.INTEGER ? Math.min(all[i], Math.max(0, size - 1)) : all[i]);
            }
        }
        return kept.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private boolean stays(List<Axis> axes, int index) {
        int rest = index;
        for (Axis axis : axes.reversed()) {
            int position = rest % axis.size();
            rest /= axis.size();
            int kept = Math.max(1, size);
            if (chosen.test(axis) && (last ? position < axis.size() - kept : position >= kept)) {
                return false;
            }
        }
        return true;
    }
}
