package org.intarsia.runner.run;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// How a number stands in a safetensors file.
public enum SafetensorsType {
    /// IEEE 754 binary32.
    F32(4) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }

        @Override
        void put(ByteBuffer bytes, double number) {
            bytes.putFloat((float) number);
        }
    },
    /// IEEE 754 binary64.
    F64(8) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getDouble(at);
        }

        @Override
        void put(ByteBuffer bytes, double number) {
            bytes.putDouble(number);
        }
    },
    /// Two's complement, 32 bits.
    I32(4) {
        @Override
        double get(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }

        @Override
        void put(ByteBuffer bytes, double number) {
            bytes.putInt((int) number);
        }
    };

    private final int size;

    SafetensorsType(int size) {
        this.size = size;
    }

    /// Returns the type of this name.
    static Optional<SafetensorsType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /// Returns how many bytes a number takes.
    int size() {
        return size;
    }

    abstract double get(ByteBuffer bytes, int at);

    abstract void put(ByteBuffer bytes, double number);
}
