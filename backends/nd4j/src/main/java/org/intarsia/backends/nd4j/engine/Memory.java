package org.intarsia.backends.nd4j.engine;

import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/// Numbers side by side outside the Java heap, zeros at first.
final class Memory implements AutoCloseable {

    private final DataBuffer data;

    Memory(DataType type, int size) {
        data = Nd4j.createBuffer(type, Math.max(1, size), true);
    }

    DataBuffer data() {
        return data;
    }

    long size() {
        return data.length();
    }

    @Override
    public void close() {
        data.close();
    }
}
