package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.FIRST;
import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/// The sums of a matrix' rows, taken while a block of rows is packed: the gradient of a bias comes with that of the weights.
public final class RowSums {

    private final View out;
    private final int size;
    private final int width;

    /// Plans the sums.
    ///
    /// @param size rows in a block
    RowSums(View out, int size) {
        this.out = out;
        this.size = size;
        this.width = width(size);
    }

    /// Lets packing take over sums of rows, in a list of kernels that run one after another.
    public static List<Kernel> fuse(List<Kernel> kernels) {
        List<Kernel> result = new ArrayList<>(kernels);
        for (Kernel kernel : kernels) {
            if (kernel instanceof ReductionKernel reduction) {
                result.stream().filter(other -> other instanceof PackKernel pack && pack.canSum(reduction)).findFirst()
                        .ifPresent(pack -> join(result, reduction, (PackKernel) pack));
            }
        }
        return result;
    }

    /// Puts both where the earlier of them is, if nothing in between changes what they read.
    private static void join(List<Kernel> kernels, ReductionKernel reduction, PackKernel pack) {
        int first = Math.min(kernels.indexOf(reduction), kernels.indexOf(pack));
        int last = Math.max(kernels.indexOf(reduction), kernels.indexOf(pack));
        if (kernels.subList(first + 1, last).stream().noneMatch(pack::readsFrom)) {
            pack.sum(reduction.out());
            kernels.remove(last);
            kernels.set(first, pack);
        }
    }

    /// Returns whether so many steps of a block fill vectors again and again in the same way.
    static boolean fits(int size, int steps) {
        return steps * size % width(size) == 0;
    }

    /// The least common multiple of a block's rows and a vector's length.
    private static int width(int size) {
        return IntStream.iterate(size, width -> width + size).filter(width -> width % LENGTH == 0).findFirst()
                .orElseThrow();
    }

    Buffer buffer() {
        return out.buffer();
    }

    void begin(Scratch s) {
        Arrays.fill(s.sums, FIRST, FIRST + width, 0);
    }

    /// Adds some packed steps, which the first-level cache still holds: first among themselves, as few numbers added up lose
    /// less than many.
    void add(float[] packed, int at, int n, Scratch s) {
        for (int j = 0; j < width; j += LENGTH) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = j; i < n; i += width) {
                sum = FloatVector.fromArray(SPECIES, packed, at + i).add(sum);
            }
            FloatVector.fromArray(SPECIES, s.sums, FIRST + j).add(sum).intoArray(s.sums, FIRST + j);
        }
    }

    /// Writes the sums of a block's rows.
    void end(Scratch s, int row, int count) {
        for (int r = 0; r < count; r++) {
            float sum = 0;
            for (int i = r; i < width; i += size) {
                sum += s.sums[FIRST + i];
            }
            out.buffer().data()[out.start() + row + r] = sum;
        }
    }
}
