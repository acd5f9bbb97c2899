package org.intarsia.backends.nd4j.engine;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Room for the numbers of a value; where it is, is known when the whole graph is planned.
final class Buffer {

    private final DataType type;
    private final int size;
    private @Nullable Memory memory;
    private int start;

    Buffer(DataType type, int size) {
        this.type = type;
        this.size = size;
    }

    DataType type() {
        return type;
    }

    int size() {
        return size;
    }

    void bind(Memory where, int from) {
        memory = where;
        start = from;
    }

    /// Returns an array of ND4J over these numbers.
    INDArray array(long[] shape, long[] strides, int offset) {
        return Nd4j.create(memory().data(), shape, strides, start + (long) offset, contiguous(shape, strides) ? 1 : 0,
                'c');
    }

    /// Returns a pointer to the first number.
    FloatPointer pointer() {
        FloatPointer base = new FloatPointer(memory().data().addressPointer());
        return new FloatPointer(base.getPointer(start)).limit(size);
    }

    /// Returns the numbers, to be read and written from Java.
    ///
    /// @throws IllegalArgumentException if there are more than a buffer of Java may have
    FloatBuffer numbers() {
        if (size > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException("a value has " + size + " numbers, and may have "
                    + Integer.MAX_VALUE / Float.BYTES + "; a smaller batch or a shorter sequence needs less");
        }
        return pointer().asBuffer();
    }

    private Memory memory() {
        return Objects.requireNonNull(memory, "a buffer without a place");
    }

    private static boolean contiguous(long[] shape, long[] strides) {
        long expected = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (strides[d] != expected) {
                return false;
            }
            expected *= shape[d];
        }
        return true;
    }
}
