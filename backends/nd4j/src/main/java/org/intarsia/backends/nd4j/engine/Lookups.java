package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;

/// Gathers, and their transposes. Both are loops in Java over ND4J's memory: every index has to be checked in any case, and
/// ND4J's `scatter_add` adds up in an order that depends on threads.
final class Lookups {

    private final Program program;

    Lookups(Program program) {
        this.program = program;
    }

    /// @param index the positions, and `at` along which axis
    View gather(View x, List<Axis> axes, View index, List<Axis> indexAxes, Index at) {
        List<Axis> order = new ArrayList<>(index.spread(indexAxes));
        x.spread(axes).stream().filter(a -> !order.contains(a) && !a.equals(at.axis())).forEach(order::add);
        View out = program.dense(order);
        int stride = x.stride(at.axis().name());
        Dims dims = Dims.of(order, out, x.drop(at.axis().name()), index);
        program.add(() -> new Gather(dims, stride, at), x, index, out);
        return out;
    }

    View scatterAdd(View updates, List<Axis> axes, View index, Index at, List<Axis> result) {
        View out = program.dense(result);
        int stride = out.stride(at.axis().name());
        Dims dims = Dims.of(updates.order(axes), out.drop(at.axis().name()), updates, index);
        program.add(() -> new ScatterAdd(dims, stride, at), updates, index, out);
        return out;
    }
}
