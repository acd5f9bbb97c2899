package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;

/// The sum or the maximum of a chain over some axes. A unit is one position of the kept axes; if the innermost axis is
/// kept, it is not among them, and whole rows are added up.
public final class ReductionKernel extends Kernel {

    private final Op.Reduce.Function function;
    private final Chain.Walk walk;
    private final Loops kept;
    private final View out;
    private final boolean keepsInner;
    private final int inputs;

    /// Plans the kernel.
    ///
    /// @param keptAxes what the result has, without `inner`
    /// @param reducedAxes what it lacks, without `inner`
    /// @param inner the axis along which the inputs are walked innermost
    /// @param keepsInner whether the result has that axis
    /// @param lanes the lanes' axis, or the empty string
    public ReductionKernel(Op.Reduce.Function function, Chain chain, List<Axis> keptAxes, List<Axis> reducedAxes,
            List<Axis> inner, boolean keepsInner, String lanes, View out) {
        this.function = function;
        this.out = out;
        this.keepsInner = keepsInner;
        List<View> all = new ArrayList<>(chain.inputs());
        all.add(out);
        this.kept = Loops.over(keptAxes, all, "");
        this.inputs = chain.inputs().size();
        Loops body = keepsInner
                ? Loops.over(reducedAxes, all, "").around(Loops.over(inner, all, lanes))
                : Loops.over(concatenate(reducedAxes, inner), all, "");
        this.walk = new Chain.Walk(chain, body, new View[chain.steps()]);
    }

    private static List<Axis> concatenate(List<Axis> first, List<Axis> second) {
        List<Axis> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    @Override
    public List<Buffer> reads() {
        return walk.chain().inputs().stream().map(View::buffer).toList();
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
        return (long) kept.count() * walk.rows() * walk.inner() * walk.chain().weight() / 8;
    }

    @Override
    public void run(int from, int to, Scratch s) {
        int[] base = s.bases;
        for (int unit = from; unit < to; unit++) {
            for (int v = 0; v < inputs; v++) {
                base[v] = kept.offset(v, unit);
            }
            reduce(s, base, out.start() + kept.offset(inputs, unit));
        }
    }

    private void reduce(Scratch s, int[] base, int at) {
        float[] data = out.buffer().data();
        float start = function == Op.Reduce.Function.SUM ? 0 : Float.NEGATIVE_INFINITY;
        int inner = walk.inner();
        int result = walk.chain().results().getFirst();
        Arrays.fill(keepsInner ? data : s.sums, keepsInner ? at : 0, keepsInner ? at + inner : LENGTH, start);
        walk.begin(s, base);
        int step = walk.rowsPerBlock();
        for (int row = 0; row < walk.rows(); row += step) {
            int count = Math.min(step, walk.rows() - row);
            for (int column = 0; column < inner; column += Scratch.BLOCK) {
                int length = Math.min(Scratch.BLOCK, inner - column);
                walk.block(s, base, row, count, column, length, 0);
                if (keepsInner) {
                    for (int r = 0; r < count; r++) {
                        into(data, at + column, s.arrays[result], s.starts[result] + r * inner, length);
                    }
                } else {
                    fold(s.sums, s.arrays[result], s.starts[result], count * length);
                }
            }
        }
        if (!keepsInner) {
            data[at] = total(s.sums);
        }
    }

    private void into(float[] out, int at, float[] block, int from, int n) {
        switch (function) {
            case SUM -> Elementwise.add(out, at, block, from, block, from, out, at, n);
            case MAXIMUM -> Elementwise.maximum(out, at, block, from, block, from, out, at, n);
        }
    }

    private void fold(float[] sums, float[] x, int at, int n) {
        switch (function) {
            case SUM -> add(sums, x, at, n);
            case MAXIMUM -> maximum(sums, x, at, n);
        }
    }

    /// Makes one number of the lanes, in a fixed order: the Vector API leaves the order of its sums open, and compiled code
    /// takes another than interpreted code.
    private float total(float[] sums) {
        for (int half = LENGTH / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                sums[i] = switch (function) {
                    case SUM -> sums[i] + sums[half + i];
                    case MAXIMUM -> Math.max(sums[i], sums[half + i]);
                };
            }
        }
        return sums[0];
    }

    /// A sum that starts from a loaded vector is one that the compiler makes an object of; one that starts from 0 is not.
    private static void add(float[] sums, float[] x, int at, int n) {
        FloatVector total = FloatVector.zero(SPECIES);
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += LENGTH) {
            total = total.add(FloatVector.fromArray(SPECIES, x, at + i));
        }
        total.add(FloatVector.fromArray(SPECIES, sums, 0)).intoArray(sums, 0);
        for (int i = end; i < n; i++) {
            sums[i - end] += x[at + i];
        }
    }

    private static void maximum(float[] sums, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            sums[i % LENGTH] = Math.max(sums[i % LENGTH], x[at + i]);
        }
    }
}
