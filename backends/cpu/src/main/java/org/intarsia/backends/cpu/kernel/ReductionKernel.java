package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.FIRST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Op;

/// The sum or the maximum of a chain over some axes. The kept positions that fit a block are reduced together: what is one
/// row of all of them is read in one go, and added to a block of sums. A unit is such a block.
public final class ReductionKernel extends ChainKernel {

    private final Op.Reduce.Function function;
    private final int kept;
    private final int together;
    private final View out;
    private final boolean keepsInner;

    /// Plans the kernel.
    ///
    /// @param keptAxes what the result has, without `inner`
    /// @param reducedAxes what it lacks, without `inner`
    /// @param inner the axis along which the inputs are walked innermost, longer than 1; none only if there are no axes
    /// @param keepsInner whether the result has that axis
    /// @param lanes the lanes' axis, or the empty string
    /// @param out dense over the kept axes, and the inner one if it is kept
    public ReductionKernel(Op.Reduce.Function function, Chain chain, List<Axis> keptAxes, List<Axis> reducedAxes,
            List<Axis> inner, boolean keepsInner, String lanes, View out) {
        super(Chain.Walk.anywhere(chain, loops(chain.inputs(), keptAxes, reducedAxes, inner, keepsInner, lanes)));
        this.function = function;
        this.out = out;
        this.keepsInner = keepsInner;
        this.kept = Axis.count(keptAxes);
        this.together = Math.min(kept, walk.rowsPerBlock());
    }

    private static Loops loops(List<View> views, List<Axis> kept, List<Axis> reduced, List<Axis> inner,
            boolean keepsInner, String lanes) {
        if (kept.isEmpty() && !keepsInner) {
            List<Axis> all = new ArrayList<>(reduced);
            all.addAll(inner);
            return Loops.over(all, views, "");
        }
        return Loops.over(reduced, views, "").around(Loops.over(kept, views, ""))
                .around(Loops.over(inner, views, keepsInner ? lanes : ""));
    }

    @Override
    boolean isSmall() {
        return function == Op.Reduce.Function.SUM && kept == 1 && !keepsInner && super.isSmall();
    }

    @Override
    void store(Scratch s, int at) {
        int result = chain().results().getFirst();
        Lanewise.sum(s.arrays[result], s.starts[result] + at, size(), 1, out.buffer().data(), out.start(), s.tile);
    }

    /// Returns whether all it does is to add up the rows of a matrix.
    ///
    /// @param rows the offset of each row, in the order of the result
    /// @param columns the offset of each column
    boolean sums(View matrix, int[] rows, int[] columns) {
        return function == Op.Reduce.Function.SUM && chain().steps() == 0 && !keepsInner
                && chain().inputs().getFirst().startsLike(matrix)
                && Arrays.equals(rows, IntStream.range(0, kept).map(row -> walk.offset(0, row)).toArray())
                && Arrays.equals(IntStream.of(columns).sorted().toArray(),
                        IntStream.iterate(0, row -> row < walk.rows(), row -> row + kept)
                                .flatMap(row -> IntStream.range(0, walk.inner())
                                        .map(i -> walk.offset(0, row) + i * walk.stride(0)))
                                .sorted().toArray());
    }

    View out() {
        return out;
    }

    @Override
    public List<Buffer> writes() {
        return List.of(out.buffer());
    }

    @Override
    public int units() {
        return Math.ceilDiv(kept, together);
    }

    @Override
    public void run(int from, int to, Scratch s) {
        walk.begin(s);
        for (int unit = from; unit < to; unit++) {
            int first = unit * together;
            int count = Math.min(together, kept - first);
            if (keepsInner) {
                keep(s, first, count);
            } else {
                fold(s, first, count);
            }
        }
    }

    /// Adds up rows: the result has their elements.
    private void keep(Scratch s, int first, int count) {
        float[] data = out.buffer().data();
        int inner = walk.inner();
        int block = chain().block();
        int at = out.start() + first * inner;
        int result = walk.chain().results().getFirst();
        Arrays.fill(data, at, at + count * inner, (float) function.start());
        for (int row = first; row < walk.rows(); row += kept) {
            for (int column = 0; column < inner; column += block) {
                int length = Math.min(block, inner - column);
                walk.block(s, row, count, column, length, 0);
                into(data, at + column, s.arrays[result], s.starts[result], count * length);
            }
        }
    }

    /// Adds up rows and then each row's elements. If a block has room for all kept positions several times, it takes them
    /// several times.
    private void fold(Scratch s, int first, int count) {
        int inner = walk.inner();
        int block = chain().block();
        int width = Math.min(inner, block);
        int times = count == kept ? Math.max(1, walk.rowsPerBlock() / kept) : 1;
        int result = walk.chain().results().getFirst();
        Arrays.fill(s.sums, FIRST, FIRST + count * width, (float) function.start());
        for (int row = first; row < walk.rows(); row += times * kept) {
            int turns = Math.min(times, Math.ceilDiv(walk.rows() - row, kept));
            for (int column = 0; column < inner; column += block) {
                int length = Math.min(block, inner - column);
                walk.block(s, row, turns * count, column, length, 0);
                for (int turn = 0; turn < turns; turn++) {
                    into(s.sums, FIRST, s.arrays[result], s.starts[result] + turn * count * length, count * length);
                }
            }
        }
        switch (function) {
            case SUM -> Lanewise.sum(s.sums, FIRST, width, count, out.buffer().data(), out.start() + first, s.tile);
            case MAXIMUM -> {
                for (int i = 0; i < count; i++) {
                    out.buffer().data()[out.start() + first + i] = maximum(s.sums, FIRST + i * width, width);
                }
            }
        }
    }

    private void into(float[] out, int at, float[] block, int from, int n) {
        switch (function) {
            case SUM -> Elementwise.add(out, at, block, from, block, from, out, at, n);
            case MAXIMUM -> Elementwise.maximum(out, at, block, from, block, from, out, at, n);
        }
    }

    private static float maximum(float[] x, int at, int width) {
        float maximum = x[at];
        for (int i = 1; i < width; i++) {
            maximum = Math.max(maximum, x[at + i]);
        }
        return maximum;
    }
}
