package org.intarsia.backends.nd4j.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;

/// Sums and maxima along axes.
final class Reductions {

    private final Program program;

    Reductions(Program program) {
        this.program = program;
    }

    View reduce(Op.Reduce.Function function, View x, List<Axis> axes, Set<String> names) {
        List<Axis> gone = axes.stream().filter(a -> names.contains(a.name()) && a.size() > 1).toList();
        View from = x;
        if (gone.stream().anyMatch(axis -> x.stride(axis.name()) == 0)) {
            from = program.copied(x, axes);
        }
        View out = gone.isEmpty() ? from : reduced(function, from, axes, gone);
        for (String name : names) {
            out = out.drop(name);
        }
        return out;
    }

    private View reduced(Op.Reduce.Function function, View from, List<Axis> axes, List<Axis> gone) {
        List<Axis> order = from.spread(axes);
        View out = program.dense(order.stream().filter(axis -> !gone.contains(axis)).toList());
        Dims dims = Dims.of(List.of(), from, out);
        for (int start = 0, end = 0; start < order.size(); start = end) {
            boolean reduces = gone.contains(order.get(start));
            while (end < order.size() && gone.contains(order.get(end)) == reduces) {
                end++;
            }
            dims = dims.and(Dims.of(order.subList(start, end), from, out));
        }
        Dims all = dims;
        long[] along = IntStream.range(0, all.count()).filter(d -> all.stride(1, d) == 0).asLongStream().toArray();
        String name = switch (function) {
            case SUM -> "reduce_sum";
            case MAXIMUM -> "reduce_max";
        };
        program.add(() -> Natives.custom(name, along, new boolean[] {true}, all.array(1), all.array(0)), from,
                out);
        return out;
    }
}
