package org.intarsia.backends.nd4j.engine;

import java.util.Arrays;

/// Visits the rows of some views together. A row lies along the innermost dimension.
final class Walk {

    private final int[] sizes;
    private final int[][] strides;
    private final int[] starts;
    private final int[] inner;
    private final int length;
    private final int[] position;
    private final int[] offsets;
    private boolean inside;

    Walk(Dims dims) {
        int outer = Math.max(0, dims.count() - 1);
        sizes = new int[outer];
        Arrays.setAll(sizes, dims::size);
        length = dims.count() == 0 ? 1 : dims.size(outer);
        int views = dims.views().size();
        strides = new int[views][outer];
        inner = new int[views];
        starts = new int[views];
        for (int v = 0; v < views; v++) {
            int view = v;
            Arrays.setAll(strides[v], d -> dims.stride(view, d));
            inner[v] = dims.count() == 0 ? 0 : dims.stride(v, outer);
            starts[v] = dims.view(v).offset();
        }
        position = new int[outer];
        offsets = new int[views];
    }

    /// Goes to the first row.
    void start() {
        System.arraycopy(starts, 0, offsets, 0, offsets.length);
        Arrays.fill(position, 0);
        inside = true;
    }

    /// Returns whether there is a row here; false after the last one.
    boolean inside() {
        return inside;
    }

    /// Returns where a view's row begins.
    int offset(int view) {
        return offsets[view];
    }

    /// Returns how far apart the numbers of a view's rows are.
    int inner(int view) {
        return inner[view];
    }

    /// Returns the number of numbers in a row.
    int length() {
        return length;
    }

    /// Goes to the next row.
    void step() {
        for (int d = sizes.length - 1; d >= 0; d--) {
            boolean carry = ++position[d] == sizes[d];
            int moved = carry ? 1 - sizes[d] : 1;
            for (int v = 0; v < offsets.length; v++) {
                offsets[v] += moved * strides[v][d];
            }
            if (!carry) {
                return;
            }
            position[d] = 0;
        }
        inside = false;
    }
}
