package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.common.Index;

/// The indices of a graph that may lie outside their axes: those that are an input are checked when it is written, the
/// others by the device. Most are neither, as [Bounds] can tell that they lie within.
public final class Faults {

    private final Bounds bounds = new Bounds();
    private final List<Index> onDevice = new ArrayList<>();
    private final Map<String, List<Index>> onWrite = new TreeMap<>();

    /// Returns the number under which the device reports an index, or 0 if it need not check it.
    int number(Tensor node, Tensor index, Axis axis) {
        if (bounds.within(index, axis)) {
            return 0;
        }
        Index fault = Index.of(node, axis);
        Optional<String> input = Bounds.input(index);
        if (input.isPresent()) {
            List<Index> of = onWrite.computeIfAbsent(input.get(), _ -> new ArrayList<>());
            if (!of.contains(fault)) {
                of.add(fault);
            }
            return 0;
        }
        if (!onDevice.contains(fault)) {
            onDevice.add(fault);
        }
        return onDevice.indexOf(fault) + 1;
    }

    /// Returns what the device reports under a number.
    public Index reported(int number) {
        return onDevice.get(number - 1);
    }

    /// Returns whether the device checks anything.
    public boolean onDevice() {
        return !onDevice.isEmpty();
    }

    /// Returns the first error that an input's numbers lead to, if any does.
    public Optional<IndexOutOfBoundsException> of(String input, double[] values) {
        for (Index fault : onWrite.getOrDefault(input, List.of())) {
            for (double value : values) {
                if (!(value >= 0 && value < fault.axis().size())) {
                    return Optional.of(fault.outside((long) value));
                }
            }
        }
        return Optional.empty();
    }
}
