package org.intarsia.backends.nd4j.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.api.graph.Axis;
import org.nd4j.linalg.api.ndarray.INDArray;

/// The axes that some views share, as few dimensions as they can be: none of size 1, and neighbours that lie densely in every
/// view as one. ND4J's loops are fast over few dimensions.
final class Dims {

    private final List<View> views;
    private final int[] sizes;
    private final int[][] strides;

    private Dims(List<View> views, int[] sizes, int[][] strides) {
        this.views = views;
        this.sizes = sizes;
        this.strides = strides;
    }

    /// Finds the dimensions of some axes in this order.
    static Dims of(List<Axis> order, View... views) {
        int[] sizes = new int[order.size()];
        int[][] strides = new int[views.length][order.size()];
        int count = 0;
        for (Axis axis : order.reversed()) {
            if (axis.size() == 1) {
                continue;
            }
            boolean merges = count > 0;
            for (int v = 0; v < views.length && merges; v++) {
                merges = views[v].stride(axis.name()) == strides[v][count - 1] * sizes[count - 1];
            }
            if (merges) {
                sizes[count - 1] *= axis.size();
            } else {
                for (int v = 0; v < views.length; v++) {
                    strides[v][count] = views[v].stride(axis.name());
                }
                sizes[count++] = axis.size();
            }
        }
        int dimensions = count;
        return new Dims(List.of(views), reversed(sizes, dimensions),
                Arrays.stream(strides).map(s -> reversed(s, dimensions)).toArray(int[][]::new));
    }

    /// Returns these dimensions followed by others of the same views.
    Dims and(Dims inner) {
        int[][] joined = new int[strides.length][];
        for (int v = 0; v < joined.length; v++) {
            joined[v] = concatenated(strides[v], inner.strides[v]);
        }
        return new Dims(views, concatenated(sizes, inner.sizes), joined);
    }

    /// Returns a view.
    View view(int view) {
        return views.get(view);
    }

    /// Returns the views.
    List<View> views() {
        return views;
    }

    /// Returns the size of a dimension.
    int size(int dimension) {
        return sizes[dimension];
    }

    /// Returns how far apart neighbours along a dimension are in a view; 0 if it repeats there.
    int stride(int view, int dimension) {
        return strides[view][dimension];
    }

    /// Returns how many dimensions there are.
    int count() {
        return sizes.length;
    }

    /// Returns a view as an array of ND4J with these dimensions, those along which it repeats of size 1. A scalar has one
    /// dimension.
    INDArray array(int view) {
        int rank = Math.max(1, count());
        long[] shape = new long[rank];
        long[] steps = new long[rank];
        Arrays.fill(shape, 1);
        Arrays.fill(steps, 1);
        long natural = 1;
        for (int d = count() - 1; d >= 0; d--) {
            shape[d] = strides[view][d] == 0 ? 1 : sizes[d];
            steps[d] = shape[d] == 1 ? natural : strides[view][d];
            natural = shape[d] * steps[d];
        }
        return views.get(view).buffer().array(shape, steps, views.get(view).offset());
    }

    private static int[] reversed(int[] numbers, int count) {
        return IntStream.range(0, count).map(i -> numbers[count - 1 - i]).toArray();
    }

    private static int[] concatenated(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
