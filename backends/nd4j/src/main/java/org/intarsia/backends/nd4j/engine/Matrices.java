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

    /// Returns how many multiplications a product has.
    long multiplications() {
        return (long) size(rows) * size(columns) * size(inner);
    }

    /// Returns whether no operand repeats from product to product.
    boolean areArrays() {
        return IntStream.of(LEFT, RIGHT, OUT)
                .allMatch(v -> IntStream.range(0, batch.count()).allMatch(d -> batch.stride(v, d) != 0));
    }

    /// Prepares all products as one call of ND4J.
    Step multiplyByOneCall() {
        Dims left = batch.and(whole(rows)).and(inner);
        Dims right = batch.and(inner).and(whole(columns));
        Dims out = batch.and(whole(rows)).and(whole(columns));
        return Natives.custom("matmul", new long[3], out.array(OUT), left.array(LEFT), right.array(RIGHT));
    }

    /// Prepares each product as a call of the BLAS that ND4J brings.
    Step multiplyOneByOne() {
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

    /// A dimension that is not there has one position.
    private static Dims whole(Dims dims) {
        return dims.count() > 0 ? dims : Dims.one(dims.views());
    }

    private static int size(Dims dims) {
        return dims.count() == 0 ? 1 : dims.size(0);
    }

    private static int stride(Dims dims, int view) {
        return dims.count() == 0 ? 0 : dims.stride(view, 0);
    }
}
