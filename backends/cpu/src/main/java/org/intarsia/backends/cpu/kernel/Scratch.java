package org.intarsia.backends.cpu.kernel;

import java.util.stream.IntStream;

/// A thread's own working memory, shared by all kernels that it runs one after another.
public final class Scratch {

    /// The most elements in a block of a chain.
    static final int LONGEST_BLOCK = 4096;
    /// The fewest elements that a block may have: enough for the way from step to step not to count.
    static final int SHORTEST_BLOCK = 512;
    /// The most values that a chain may hold at a time.
    static final int REGISTERS = 64;
    /// Numbers that a first-level cache holds.
    private static final int CACHE = 3 * LONGEST_BLOCK;

    private float[] blocks = Vectors.room(Math.max(CACHE, REGISTERS * SHORTEST_BLOCK));
    final float[][] arrays = new float[REGISTERS][];
    final int[] starts = new int[REGISTERS];
    final int[] cursor = new int[16];
    final int[] offsets = new int[REGISTERS];
    final float[] sums = Vectors.room(LONGEST_BLOCK);
    final float[] tile = new float[Math.max(Tiles.ROWS * 2, Lanewise.COUNT) * Vectors.LENGTH];
    private float[] panel = Vectors.room(0);
    private int[] lookups = new int[0];
    final int[] tileRows = IntStream.range(0, Tiles.ROWS).map(r -> r * 2 * Vectors.LENGTH).toArray();

    /// Returns how many elements a chain computes at a time: as many as let its values stay in the first-level cache.
    ///
    /// @param together how many can only be computed together; the result is a multiple, and else a power of two
    static int block(int registers, int together) {
        int block = Math.clamp(Integer.highestOneBit(CACHE / registers), SHORTEST_BLOCK, LONGEST_BLOCK);
        return Math.max(1, block / together) * together;
    }

    /// Returns room for the blocks of a chain from [Vectors#FIRST] on, whatever it holds.
    float[] blocks(int size) {
        if (blocks.length < Vectors.FIRST + size) {
            blocks = Vectors.room(size);
        }
        return blocks;
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
