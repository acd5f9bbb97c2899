package org.intarsia.backends.nd4j.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/// Products of matrices, one for each position of some dimensions.
///
/// @param batch which products there are
/// @param rows of the left matrices and the results, at most one dimension
/// @param columns of the right matrices and the results, at most one dimension
/// @param inner columns of the left and rows of the right matrices, one dimension
record Matrices(Dims batch, Dims rows, Dims columns, Dims inner) {

    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int OUT = 2;

    /// Prepares the calls of the BLAS.
    Step multiply() {
        int m = size(rows);
        int n = size(columns);
        int k = size(inner);
        boolean straight = inner.stride(LEFT, 0) == 1;
        boolean across = n == 1 || columns.stride(RIGHT, 0) == 1;
        int left = straight ? Math.max(k, stride(rows, LEFT)) : Math.max(m, inner.stride(LEFT, 0));
        int right = across ? Math.max(n, inner.stride(RIGHT, 0)) : Math.max(k, stride(columns, RIGHT));
        int out = Math.max(n, stride(rows, OUT));
        FloatPointer[] bases = new FloatPointer[3];
        int[][] offsets = new int[3][];
        for (int v = LEFT; v <= OUT; v++) {
            bases[v] = new FloatPointer(batch.view(v).buffer().pointer());
            offsets[v] = offsets(v);
        }
        int count = offsets[OUT].length;
        return () -> {
            for (int p = 0; p < count; p++) {
                openblas_nolapack.cblas_sgemm(CblasRowMajor, straight ? CblasNoTrans : CblasTrans,
                        across ? CblasNoTrans : CblasTrans, m, n, k, 1, bases[LEFT].position(offsets[LEFT][p]), left,
                        bases[RIGHT].position(offsets[RIGHT][p]), right, 0, bases[OUT].position(offsets[OUT][p]), out);
            }
        };
    }

    private int[] offsets(int view) {
        int[] offsets = {batch.view(view).offset()};
        for (int d = 0; d < batch.count(); d++) {
            int stride = batch.stride(view, d);
            int size = batch.size(d);
            offsets = IntStream.of(offsets).flatMap(o -> IntStream.range(0, size).map(i -> o + i * stride)).toArray();
        }
        return offsets;
    }

    private static int size(Dims dims) {
        return dims.count() == 0 ? 1 : dims.size(0);
    }

    private static int stride(Dims dims, int view) {
        return dims.count() == 0 ? 0 : dims.stride(view, 0);
    }
}
