package org.intarsia.backends.cpu.kernel;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;

/// Values looked up along an axis.
public final class GatherKernel extends Kernel {

    private final View x;
    private final View index;
    private final View out;
    private final Lookups lookups;
    private final Loops loops;
    private final int inner;
    private final int xStride;
    private final int lookupStride;
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
        this.lookups = new Lookups(index, order, along, x.stride(along.axis().name()));
        Loops all = Loops.over(order, List.of(x.drop(along.axis().name()), lookups.view(), out), "");
        this.loops = all.outer();
        this.inner = all.innerSize();
        this.xStride = all.innerStride(0);
        this.lookupStride = all.innerStride(1);
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
        int[] places = lookups.read(s);
        loops.seek(from, s.cursor, s.offsets, 3);
        for (int unit = from; unit < to; unit++) {
            row(x.buffer().data(), x.start() + s.offsets[0], places, s.offsets[1], out.buffer().data(),
                    out.start() + s.offsets[2]);
            loops.next(s.cursor, s.offsets, 3);
        }
    }

    private void row(float[] x, int xAt, int[] places, int placesAt, float[] out, int outAt) {
        if (xStride == 0 && lookupStride == 1 && outStride == 1) {
            // Side by side, which the compiler sees only when it is told.
            for (int i = 0; i < inner; i++) {
                out[outAt + i] = x[xAt + places[placesAt + i]];
            }
        } else if (xStride == 1 && lookupStride == 0 && outStride == 1) {
            System.arraycopy(x, xAt + places[placesAt], out, outAt, inner);
        } else {
            for (int i = 0; i < inner; i++) {
                out[outAt + i * outStride] = x[xAt + i * xStride + places[placesAt + i * lookupStride]];
            }
        }
    }
}
