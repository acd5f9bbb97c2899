package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;
import org.intarsia.backends.common.Index;

/// Looks values up along an axis.
final class Gather implements Step {

    private final Walk walk;
    private final FloatBuffer out;
    private final FloatBuffer x;
    private final FloatBuffer index;
    private final int stride;
    private final Index at;

    /// @param dims of the result, the operand without the axis, and the index
    /// @param stride of the operand along the axis
    Gather(Dims dims, int stride, Index at) {
        walk = new Walk(dims);
        out = dims.view(0).buffer().numbers();
        x = dims.view(1).buffer().numbers();
        index = dims.view(2).buffer().numbers();
        this.stride = stride;
        this.at = at;
    }

    @Override
    public void run() {
        for (walk.start(); walk.inside(); walk.step()) {
            if (walk.inner(2) == 0) {
                row(at.check((int) index.get(walk.offset(2))));
            } else {
                each();
            }
        }
    }

    private void row(int position) {
        int o = walk.offset(0);
        int from = walk.offset(1) + position * stride;
        if (walk.inner(0) == 1 && walk.inner(1) == 1) {
            out.put(o, x, from, walk.length());
            return;
        }
        for (int i = 0; i < walk.length(); i++) {
            out.put(o, x.get(from));
            o += walk.inner(0);
            from += walk.inner(1);
        }
    }

    private void each() {
        int o = walk.offset(0);
        int from = walk.offset(1);
        int by = walk.offset(2);
        for (int i = 0; i < walk.length(); i++) {
            out.put(o, x.get(from + at.check((int) index.get(by)) * stride));
            o += walk.inner(0);
            from += walk.inner(1);
            by += walk.inner(2);
        }
    }
}
