package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;

/// Copies values from one layout to another.
public final class CopyKernel extends Kernel {

    private final View x;
    private final View out;
    private final Loops loops;
    private final int inner;
    private final int xStride;
    private final int outStride;

    /// Plans the kernel.
    ///
    /// @param order the axes that are copied, the innermost last
    public CopyKernel(View x, View out, List<Axis> order) {
        this.x = x;
        this.out = out;
        Loops all = Loops.over(order, List.of(x, out), "");
        this.loops = all.outer();
        this.inner = all.innerSize();
        this.xStride = all.innerStride(0);
        this.outStride = all.innerStride(1);
    }

    @Override
    public List<Buffer> reads() {
        return List.of(x.buffer());
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
        return (long) loops.count() * inner / 4;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        loops.seek(from, s.cursor, s.offsets, 2);
        for (int unit = from; unit < to; unit++) {
            row(x.buffer().data(), x.start() + s.offsets[0], out.buffer().data(), out.start() + s.offsets[1]);
            loops.next(s.cursor, s.offsets, 2);
        }
    }

    private void row(float[] x, int xAt, float[] out, int outAt) {
        if (xStride == 1 && outStride == 1) {
            System.arraycopy(x, xAt, out, outAt, inner);
        } else {
            for (int i = 0; i < inner; i++) {
                out[outAt + i * outStride] = x[xAt + i * xStride];
            }
        }
    }
}
