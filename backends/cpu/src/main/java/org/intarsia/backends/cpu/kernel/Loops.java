package org.intarsia.backends.cpu.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.intarsia.api.graph.Axis;

/// Nested loops over some axes, and how far each of several views moves in each: neighbouring loops that all views walk
/// through evenly are one. The innermost loop is apart, because kernels vectorise it.
final class Loops {

    private static final int MOST_TRAILING = 4096;

    private final int[] sizes;
    private final int[][] strides;
    private final int rows;

    private Loops(int[] sizes, int[][] strides) {
        this.sizes = sizes;
        this.strides = strides;
        int count = 1;
        for (int size : sizes) {
            count = Math.multiplyExact(count, size);
        }
        this.rows = count;
    }

    /// Plans loops over axes, the outermost first.
    ///
    /// @param lanes the name of an axis whose size is rounded up to whole vectors, or the empty string
    static Loops over(List<Axis> order, List<View> views, String lanes) {
        List<int[]> kept = new ArrayList<>();
        for (Axis axis : order) {
            int size = View.padded(axis, lanes);
            if (size == 1) {
                continue;
            }
            int[] loop = new int[views.size() + 1];
            loop[0] = size;
            for (int v = 0; v < views.size(); v++) {
                loop[v + 1] = views.get(v).stride(axis.name());
            }
            if (!kept.isEmpty() && even(kept.getLast(), loop)) {
                int[] outer = kept.removeLast();
                loop[0] = Math.multiplyExact(loop[0], outer[0]);
            }
            kept.add(loop);
        }
        int[] sizes = new int[kept.size()];
        int[][] strides = new int[views.size()][kept.size()];
        for (int d = 0; d < sizes.length; d++) {
            sizes[d] = kept.get(d)[0];
            for (int v = 0; v < views.size(); v++) {
                strides[v][d] = kept.get(d)[v + 1];
            }
        }
        return new Loops(sizes, strides);
    }

    private static boolean even(int[] outer, int[] inner) {
        for (int v = 1; v < outer.length; v++) {
            if (outer[v] != inner[v] * inner[0]) {
                return false;
            }
        }
        return true;
    }

    /// Returns the size of the innermost loop, which [#outer()] lacks.
    int innerSize() {
        return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    }

    /// Returns how far a view moves in the innermost loop.
    int innerStride(int view) {
        return sizes.length == 0 ? 0 : strides[view][sizes.length - 1];
    }

    /// Returns whether a view stays where it is.
    boolean uniform(int view) {
        return Arrays.stream(strides[view]).allMatch(stride -> stride == 0);
    }

    /// Returns whether a view walks through its values one after another.
    boolean dense(int view) {
        int stride = 1;
        for (int d = sizes.length - 1; d >= 0; d--) {
            if (strides[view][d] != stride) {
                return false;
            }
            stride *= sizes[d];
        }
        return true;
    }

    /// Returns all loops but the innermost.
    Loops outer() {
        return part(0, Math.max(0, sizes.length - 1));
    }

    /// Returns the innermost of these loops: the last, and those around it up to a few thousand turns.
    Loops trailing() {
        return part(split(), sizes.length);
    }

    /// Returns the loops around [#trailing()].
    Loops leading() {
        return part(0, split());
    }

    private int split() {
        int split = Math.max(0, sizes.length - 1);
        long turns = split < sizes.length ? sizes[split] : 1;
        while (split > 0 && turns * sizes[split - 1] <= MOST_TRAILING) {
            turns *= sizes[--split];
        }
        return split;
    }

    private Loops part(int from, int to) {
        int[][] part = new int[strides.length][];
        for (int v = 0; v < strides.length; v++) {
            part[v] = Arrays.copyOfRange(strides[v], from, to);
        }
        return new Loops(Arrays.copyOfRange(sizes, from, to), part);
    }

    /// Returns these loops with others inside.
    Loops around(Loops others) {
        int[] all = concatenate(sizes, others.sizes);
        int[][] moves = new int[strides.length][];
        for (int v = 0; v < strides.length; v++) {
            moves[v] = concatenate(strides[v], others.strides[v]);
        }
        return new Loops(all, moves);
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Returns the number of turns of all loops.
    int count() {
        return rows;
    }

    /// Returns the offset of a view at each turn.
    int[] table(int view) {
        int[] table = new int[rows];
        for (int turn = 0; turn < rows; turn++) {
            table[turn] = offset(view, turn);
        }
        return table;
    }

    /// Returns the offset of a view at a turn.
    int offset(int view, int turn) {
        int offset = 0;
        int rest = turn;
        for (int d = sizes.length - 1; d >= 0; d--) {
            offset += rest % sizes[d] * strides[view][d];
            rest /= sizes[d];
        }
        return offset;
    }

    /// Moves the cursor to a turn and sets the offsets of the first `views` views.
    void seek(int turn, int[] cursor, int[] offsets, int views) {
        int rest = turn;
        for (int d = sizes.length - 1; d >= 0; d--) {
            cursor[d] = rest % sizes[d];
            rest /= sizes[d];
        }
        for (int v = 0; v < views; v++) {
            int offset = 0;
            for (int d = 0; d < sizes.length; d++) {
                offset += cursor[d] * strides[v][d];
            }
            offsets[v] = offset;
        }
    }

    /// Moves the cursor and the offsets to the next turn.
    void next(int[] cursor, int[] offsets, int views) {
        for (int d = sizes.length - 1; d >= 0; d--) {
            if (++cursor[d] < sizes[d]) {
                for (int v = 0; v < views; v++) {
                    offsets[v] += strides[v][d];
                }
                return;
            }
            cursor[d] = 0;
            for (int v = 0; v < views; v++) {
                offsets[v] -= (sizes[d] - 1) * strides[v][d];
            }
        }
    }
}
