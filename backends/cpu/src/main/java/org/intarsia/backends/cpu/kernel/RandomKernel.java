package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.data.Philox;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;

/// Uniform numbers from a counter.
public final class RandomKernel extends Kernel {

    private final Seed seed;
    private final View counter;
    private final View out;
    private final Loops loops;

    /// Plans the kernel.
    ///
    /// @param order the axes in the order in which the numbers are counted
    public RandomKernel(Seed seed, View counter, View out, List<Axis> order) {
        this.seed = seed;
        this.counter = counter;
        this.out = out;
        this.loops = Loops.over(order, List.of(out), "");
    }

    @Override
    public List<Buffer> reads() {
        return List.of(counter.buffer());
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    @Override
    public int units() {
        return loops.count();
    }

    @Override
    public long cost() {
        return loops.count() * 16L;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        long count = (long) counter.buffer().data()[counter.start()];
        loops.seek(from, s.cursor, s.offsets, 1);
        for (int i = from; i < to; i++) {
            out.buffer().data()[out.start() + s.offsets[0]] = (float) Philox.uniform(seed.key(), i, count);
            loops.next(s.cursor, s.offsets, 1);
        }
    }
}
