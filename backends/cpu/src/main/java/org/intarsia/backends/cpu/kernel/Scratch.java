package org.intarsia.backends.cpu.kernel;

import java.util.stream.IntStream;

/// A thread's own working memory, shared by all kernels that it runs one after another.
public final class Scratch {

    /// Elements in a block: few enough for the values of a short chain to stay in the first-level cache and those of a long
    /// one in the second, and enough for the way from step to step not to count.
    static final int BLOCK = 1024;
    /// The most values that a chain may hold at a time.
    static final int REGISTERS = 64;

    final float[] blocks = Vectors.room(REGISTERS * BLOCK);
    final float[][] arrays = new float[REGISTERS][];
    final int[] starts = new int[REGISTERS];
    final int[] cursor = new int[16];
    final int[] offsets = new int[REGISTERS];
    final float[] sums = Vectors.room(BLOCK);
    final float[] tile = new float[Math.max(Tiles.ROWS * 2, Lanewise.COUNT) * Vectors.LENGTH];
    private float[] panel = Vectors.room(0);
    private int[] lookups = new int[0];
    final int[] tileRows = IntStream.range(0, Tiles.ROWS).map(r -> r * 2 * Vectors.LENGTH).toArray();

    /// Returns where a register's block stands in [#blocks].
    static int block(int register) {
        return Vectors.FIRST + register * BLOCK;
    }

    /// Returns room for so many integers, whatever it holds.
    int[] lookups(int size) {
        if (lookups.length < size) {
            lookups = new int[size];
        }
        return lookups;
    }

    /// Returns room for so many numbers from [Vectors#FIRST] on, whatever it holds.
    float[] panel(int size) {
        if (panel.length < Vectors.FIRST + size) {
            panel = Vectors.room(size);
        }
        return panel;
    }
}
