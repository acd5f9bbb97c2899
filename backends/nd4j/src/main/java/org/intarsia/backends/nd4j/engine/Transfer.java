package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;
import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Named;

/// Moves numbers between a caller's array, in the order of some axes, and a view.
final class Transfer {

    private final String what;
    private final Walk walk;
    private final FloatBuffer numbers;
    private final int count;

    /// Plans the way.
    ///
    /// @param what named when the number of values is another
    Transfer(String what, List<Axis> order, View view) {
        this.what = what;
        this.walk = new Walk(Dims.of(order, view));
        this.numbers = view.buffer().numbers();
        this.count = Axis.count(order);
    }

    /// Copies the caller's numbers into the view.
    void write(double[] values) {
        Named.checkCount(what, count, values);
        int at = 0;
        for (walk.start(); walk.inside(); walk.step()) {
            int to = walk.offset(0);
            for (int i = 0; i < walk.length(); i++) {
                numbers.put(to, (float) values[at++]);
                to += walk.inner(0);
            }
        }
    }

    /// Copies the view's numbers to the caller.
    void read(double[] values) {
        Named.checkCount(what, count, values);
        int at = 0;
        for (walk.start(); walk.inside(); walk.step()) {
            int from = walk.offset(0);
            for (int i = 0; i < walk.length(); i++) {
                values[at++] = numbers.get(from);
                from += walk.inner(0);
            }
        }
    }
}
