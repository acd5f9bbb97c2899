package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;
import org.intarsia.backends.common.Index;

/// Adds updates where an index points to, one after another.
final class ScatterAdd implements Step {

    private final Walk walk;
    private final FloatBuffer out;
    private final FloatBuffer updates;
    private final FloatBuffer index;
    private final int stride;
    private final Index at;

    /// @param dims of the result without the axis, the updates and the index
    /// @param stride of the result along the axis
    ScatterAdd(Dims dims, int stride, Index at) {
        walk = new Walk(dims);
        out = dims.view(0).buffer().numbers();
        updates = dims.view(1).buffer().numbers();
        index = dims.view(2).buffer().numbers();
        this.stride = stride;
        this.at = at;
    }

    @Override
    public void run() {
        for (int i = 0; i < out.limit(); i++) {
            out.put(i, 0);
        }
        for (walk.start(); walk.inside(); walk.step()) {
            int o = walk.offset(0);
            int from = walk.offset(1);
            int by = walk.offset(2);
            for (int i = 0; i < walk.length(); i++) {
                int to = o + at.check((int) index.get(by)) * stride;
                out.put(to, out.get(to) + updates.get(from));
                o += walk.inner(0);
                from += walk.inner(1);
                by += walk.inner(2);
            }
        }
    }
}
