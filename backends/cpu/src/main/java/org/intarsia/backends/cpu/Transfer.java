package org.intarsia.backends.cpu;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Named;
import org.intarsia.backends.cpu.kernel.View;

/// Moves numbers between a caller's array, in the order of some axes, and a view.
final class Transfer {

    private final String what;
    private final View view;
    private final int[] sizes;
    private final int[] strides;
    private final int[] cursor;
    private final int count;

    /// Plans the way.
    ///
    /// @param what named when the number of values is another
    Transfer(String what, List<Axis> order, View view) {
        this.what = what;
        this.view = view;
        this.sizes = order.stream().mapToInt(Axis::size).toArray();
        this.strides = order.stream().mapToInt(a -> view.stride(a.name())).toArray();
        this.cursor = new int[sizes.length];
        this.count = Axis.count(order);
    }

    /// Copies the caller's numbers into the view.
    void write(double[] values) {
        Named.checkCount(what, count, values);
        float[] data = view.buffer().data();
        int at = view.start();
        for (int i = 0; i < count; i++) {
            data[at] = (float) values[i];
            at += next();
        }
    }

    /// Copies the view's numbers to the caller.
    void read(double[] values) {
        Named.checkCount(what, count, values);
        float[] data = view.buffer().data();
        int at = view.start();
        for (int i = 0; i < count; i++) {
            values[i] = data[at];
            at += next();
        }
    }

    /// Moves the cursor and returns how far the view moves; after the last element both are back at the first.
    private int next() {
        int move = 0;
        for (int d = sizes.length - 1; d >= 0; d--) {
            if (++cursor[d] < sizes[d]) {
                return move + strides[d];
            }
            cursor[d] = 0;
            move -= (sizes[d] - 1) * strides[d];
        }
        return move;
    }
}
