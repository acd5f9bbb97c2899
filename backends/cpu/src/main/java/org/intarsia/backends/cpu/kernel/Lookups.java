package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;

/// Where an index points to: read and checked once, for a kernel that uses each number of it often.
final class Lookups {

    private final View index;
    private final Index along;
    private final int step;
    private final Loops loops;
    private final View view;

    /// Plans the lookups.
    ///
    /// @param order axes that contain the index's
    /// @param step how far apart two neighbours stand along the axis that is looked up along
    Lookups(View index, List<Axis> order, Index along, int step) {
        List<Axis> own = order.stream().filter(axis -> index.stride(axis.name()) != 0).toList();
        this.index = index;
        this.along = along;
        this.step = step;
        this.view = View.dense(own, "");
        this.loops = Loops.over(own, List.of(index, view), "");
    }

    /// Returns how the lookups of [#read] are laid out.
    View view() {
        return view;
    }

    /// Reads the index: for each of its numbers the distance to what it points to.
    ///
    /// @throws IndexOutOfBoundsException if a number is not within the axis
    int[] read(Scratch s) {
        int[] lookups = s.lookups(view.buffer().size());
        float[] data = index.buffer().data();
        loops.seek(0, s.cursor, s.offsets, 2);
        for (int i = 0; i < loops.count(); i++) {
            lookups[s.offsets[1]] = along.check((int) data[index.start() + s.offsets[0]]) * step;
            loops.next(s.cursor, s.offsets, 2);
        }
        return lookups;
    }
}
