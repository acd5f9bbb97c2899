package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;

/// Values looked up along an axis.
public final class GatherKernel extends Kernel {

    private final View x;
    private final View index;
    private final View out;
    private final Index along;
    private final int step;
    private final Loops loops;
    private final int inner;
    private final int xStride;
    private final int indexStride;
    private final int outStride;

    /// Plans the kernel.
    ///
    /// @param x with the axis that is looked up along
    /// @param order the axes of the result, the innermost last
    /// @param along what is looked up along
    public GatherKernel(View x, View index, View out, List<Axis> order, Index along) {
        this.x = x;
        this.index = index;
        this.out = out;
        this.along = along;
        this.step = x.stride(along.axis().name());
        Loops all = Loops.over(order, List.of(x.drop(along.axis().name()), index, out), "");
        this.loops = all.outer();
        this.inner = all.innerSize();
        this.xStride = all.innerStride(0);
        this.indexStride = all.innerStride(1);
        this.outStride = all.innerStride(2);
    }

    @Override
    public List<Buffer> reads() {
        return List.of(x.buffer(), index.buffer());
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
        return (long) loops.count() * inner;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        loops.seek(from, s.cursor, s.offsets, 3);
        for (int unit = from; unit < to; unit++) {
            row(x.buffer().data(), x.start() + s.offsets[0], index.buffer().data(), index.start() + s.offsets[1],
                    out.buffer().data(), out.start() + s.offsets[2]);
            loops.next(s.cursor, s.offsets, 3);
        }
    }

    private void row(float[] x, int xAt, float[] index, int indexAt, float[] out, int outAt) {
        for (int i = 0; i < inner; i++) {
            int at = along.check((int) index[indexAt + i * indexStride]);
            out[outAt + i * outStride] = x[xAt + i * xStride + at * step];
        }
    }
}
