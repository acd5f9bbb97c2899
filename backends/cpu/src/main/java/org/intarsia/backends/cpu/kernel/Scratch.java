package org.intarsia.backends.cpu.kernel;

import java.util.stream.IntStream;

/// A thread's own working memory, shared by all kernels that it runs one after another.
public final class Scratch {

    /// Elements in a block: four kilobytes for four values, so that a chain of a dozen stays in the first-level cache.
    static final int BLOCK = 256;
    /// The most values that a chain may hold at a time.
    static final int REGISTERS = 64;

    final float[] blocks = new float[REGISTERS * BLOCK];
    final float[][] arrays = new float[REGISTERS][];
    final int[] starts = new int[REGISTERS];
    final int[] cursor = new int[16];
    final int[] offsets = new int[REGISTERS];
    final float[] sums = new float[BLOCK];
    final float[] tile = new float[Tiles.ROWS * 2 * Vectors.LENGTH];
    private float[] panel = new float[0];
    final int[] tileRows = IntStream.range(0, Tiles.ROWS).map(r -> r * 2 * Vectors.LENGTH).toArray();

    /// Returns room for so many numbers, whatever it holds.
    float[] panel(int size) {
        if (panel.length < size) {
            panel = new float[size];
        }
        return panel;
    }
}
