package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Values;
import org.nd4j.linalg.api.buffer.DataType;

/// What a run does, as it is being written: instructions over views whose buffers have no places yet.
final class Program {

    /// Something to do once the buffers have their places.
    ///
    /// @param touched the buffers that it reads and writes
    /// @param step prepares it
    record Instruction(List<Buffer> touched, Supplier<Step> step) {}

    /// Fixed values and the order of their axes.
    record Filling(List<Axis> axes, Values values) {}

    private final List<Instruction> once = new ArrayList<>();
    private final List<Instruction> steps = new ArrayList<>();
    private final Map<View, Filling> constants = new LinkedHashMap<>();
    private final Map<Set<Axis>, List<Axis>> orders = new HashMap<>();
    private boolean fixed;

    /// Says whether what is written from now on depends on constants alone, and runs once.
    void fixed(boolean depends) {
        fixed = depends;
    }

    /// Returns what runs once, before the first run.
    List<Instruction> once() {
        return once;
    }

    /// Returns what runs every time.
    List<Instruction> steps() {
        return steps;
    }

    /// Returns what is filled in before anything runs.
    Map<View, Filling> constants() {
        return constants;
    }

    /// Adds an instruction.
    void add(Supplier<Step> step, View... touched) {
        (fixed ? once : steps)
                .add(new Instruction(Stream.of(touched).map(View::buffer).distinct().toList(), step));
    }

    /// Returns room for numbers in this order of axes.
    View dense(List<Axis> order) {
        orders.putIfAbsent(Set.copyOf(order), order);
        return View.dense(DataType.FLOAT, order);
    }

    /// Returns the order in which a value of the same axes lies already, so that one meets the other side by side; else these.
    List<Axis> known(List<Axis> axes) {
        return orders.getOrDefault(Set.copyOf(axes), axes);
    }

    /// Returns fixed values.
    View constant(List<Axis> axes, Values values) {
        View view = dense(axes);
        constants.put(view, new Filling(axes, values));
        return view;
    }

    /// Copies numbers; where the source repeats, so does the copy.
    void copy(View from, View to, List<Axis> axes) {
        List<Axis> order = to.order(axes);
        Dims dims = Dims.of(order, from, to);
        boolean repeats = order.stream().anyMatch(axis -> axis.size() > 1 && from.stride(axis.name()) == 0);
        if (repeats) {
            add(() -> Natives.custom("assign", dims.array(1), dims.array(1), dims.array(0)), from, to);
        } else {
            add(() -> Natives.copy(dims.array(0), dims.array(1)), from, to);
        }
    }

    /// Returns a dense copy.
    View copied(View from, List<Axis> order) {
        View to = dense(order);
        copy(from, to, order);
        return to;
    }
}
