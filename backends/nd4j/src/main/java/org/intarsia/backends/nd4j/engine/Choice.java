package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;

/// One of two numbers, by a condition.
final class Choice implements Step {

    private final Walk walk;
    private final FloatBuffer out;
    private final FloatBuffer condition;
    private final FloatBuffer whenTrue;
    private final FloatBuffer whenFalse;

    /// @param dims of the result, the condition and the two values
    Choice(Dims dims) {
        walk = new Walk(dims);
        out = dims.view(0).buffer().numbers();
        condition = dims.view(1).buffer().numbers();
        whenTrue = dims.view(2).buffer().numbers();
        whenFalse = dims.view(3).buffer().numbers();
    }

    @Override
    public void run() {
        int to = walk.inner(0);
        int by = walk.inner(1);
        int first = walk.inner(2);
        int second = walk.inner(3);
        for (walk.start(); walk.inside(); walk.step()) {
            int o = walk.offset(0);
            int c = walk.offset(1);
            int x = walk.offset(2);
            int y = walk.offset(3);
            for (int i = 0; i < walk.length(); i++) {
                out.put(o, condition.get(c) != 0 ? whenTrue.get(x) : whenFalse.get(y));
                o += to;
                c += by;
                x += first;
                y += second;
            }
        }
    }
}
