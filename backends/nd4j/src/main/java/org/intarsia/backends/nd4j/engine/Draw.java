package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;
import org.intarsia.api.data.Philox;

/// Draws random numbers, which are a formula of Intarsia's and not ND4J's.
final class Draw implements Step {

    private final long key;
    private final FloatBuffer counter;
    private final int at;
    private final FloatBuffer out;

    /// @param out dense, in the declared order of the axes
    Draw(long key, View counter, View out) {
        this.key = key;
        this.counter = counter.buffer().numbers();
        this.at = counter.offset();
        this.out = out.buffer().numbers();
    }

    @Override
    public void run() {
        long high = (long) counter.get(at);
        for (int i = 0; i < out.limit(); i++) {
            out.put(i, (float) Philox.uniform(key, i, high));
        }
    }
}
