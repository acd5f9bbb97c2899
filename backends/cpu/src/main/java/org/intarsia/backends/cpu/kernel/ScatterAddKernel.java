package org.intarsia.backends.cpu.kernel;

import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Index;

/// Values added up where an index points to. A unit is one position of the axes that stay, and its updates are added in
/// their order, so the result is always the same. Where what stays ends with an axis that lies side by side and shares its
/// index, such as the batch, a unit is a whole row of it, added up in vectors.
public final class ScatterAddKernel extends Kernel {

    private final View updates;
    private final View index;
    private final View out;
    private final Lookups lookups;
    private final Loops kept;
    private final boolean wide;
    private final int width;
    private final Loops summed;
    private final int inner;
    private final int updatesStride;
    private final int lookupStride;
    private final int depth;

    /// Plans the kernel.
    ///
    /// @param out filled with zeros by a step before
    /// @param keptAxes the axes of the updates that the result has
    /// @param summedAxes those that it lacks
    /// @param along the new axis
    public ScatterAddKernel(View updates, View index, View out, List<Axis> keptAxes, List<Axis> summedAxes,
            Index along) {
        this.updates = updates;
        this.index = index;
        this.out = out;
        List<Axis> all = Stream.concat(keptAxes.stream(), summedAxes.stream()).toList();
        this.lookups = new Lookups(index, all, along, out.stride(along.axis().name()));
        List<View> views = List.of(updates, lookups.view(), out.drop(along.axis().name()));
        Loops staying = Loops.over(keptAxes, views, "");
        this.wide = staying.innerStride(0) == 1 && staying.innerStride(1) == 0 && staying.innerStride(2) == 1;
        this.kept = wide ? staying.outer() : staying;
        this.width = wide ? staying.innerSize() : 1;
        Loops body = Loops.over(summedAxes, views, "");
        this.summed = body.outer();
        this.inner = body.innerSize();
        this.updatesStride = body.innerStride(0);
        this.lookupStride = body.innerStride(1);
        this.depth = summed.count();
    }

    @Override
    public List<Buffer> reads() {
        return List.of(updates.buffer(), index.buffer());
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    @Override
    public int units() {
        return kept.count();
    }

    @Override
    public long cost() {
        return (long) kept.count() * width * depth * inner;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int[] places = lookups.read(s);
        for (int unit = from; unit < to; unit++) {
            int updatesAt = updates.start() + kept.offset(0, unit);
            int placesAt = kept.offset(1, unit);
            int outAt = out.start() + kept.offset(2, unit);
            summed.seek(0, s.cursor, s.offsets, 2);
            for (int turn = 0; turn < depth; turn++) {
                row(updates.buffer().data(), updatesAt + s.offsets[0], places, placesAt + s.offsets[1],
                        out.buffer().data(), outAt);
                summed.next(s.cursor, s.offsets, 2);
            }
        }
    }

    private void row(float[] x, int xAt, int[] places, int placesAt, float[] out, int outAt) {
        if (wide) {
            for (int i = 0; i < inner; i++) {
                add(x, xAt + i * updatesStride, out, outAt + places[placesAt + i * lookupStride], width);
            }
        } else if (lookupStride == 1 && updatesStride == 1) {
            // Side by side, which the compiler sees only when it is told.
            for (int i = 0; i < inner; i++) {
                out[outAt + places[placesAt + i]] += x[xAt + i];
            }
        } else {
            for (int i = 0; i < inner; i++) {
                out[outAt + places[placesAt + i * lookupStride]] += x[xAt + i * updatesStride];
            }
        }
    }

    private static void add(float[] x, int xAt, float[] out, int outAt, int width) {
        int i = 0;
        for (; i + Vectors.LENGTH <= width; i += Vectors.LENGTH) {
            FloatVector.fromArray(Vectors.SPECIES, out, outAt + i)
                    .add(FloatVector.fromArray(Vectors.SPECIES, x, xAt + i))
                    .intoArray(out, outAt + i);
        }
        for (; i < width; i++) {
            out[outAt + i] += x[xAt + i];
        }
    }
}
