package com.example.plain;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.intarsia.api.graph.Axis;
import org.intarsia.backends.common.Named;
import org.intarsia.backends.common.Strides;

/// Numbers, and where among them each position is. Along an axis without a stride the same numbers repeat.
record Block(float[] numbers, Strides strides) {

    /// Returns a block of its own, in the order of these axes.
    static Block of(List<Axis> axes) {
        return new Block(new float[Axis.count(axes)], Strides.dense(axes));
    }

    /// Returns the same numbers, seen in another way.
    Block seen(UnaryOperator<Strides> how) {
        return new Block(numbers, how.apply(strides));
    }

    /// Takes values in the order of the block's own axes.
    void write(String name, double[] values) {
        Named.checkCount("'" + name + "'", numbers.length, values);
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (float) values[i];
        }
    }

    void read(String name, double[] values) {
        Named.checkCount("'" + name + "'", numbers.length, values);
        Arrays.setAll(values, i -> numbers[i]);
    }

    /// Returns what visits every position of some axes, the last one fastest.
    ///
    /// @param body what it does there, given the numbers of each block, and where among them is the one of this position
    static Runnable loop(List<Axis> axes, BiConsumer<float[][], int[]> body, Block... blocks) {
        float[][] v = Arrays.stream(blocks).map(Block::numbers).toArray(float[][]::new);
        int[] start = Arrays.stream(blocks).mapToInt(block -> block.strides.offset()).toArray();
        int[] at = new int[blocks.length];
        Runnable inner = () -> body.accept(v, at);
        for (Axis axis : axes.reversed()) {
            int[] strides = Arrays.stream(blocks).mapToInt(block -> block.strides.stride(axis.name())).toArray();
            Runnable within = inner;
            inner = () -> {
                for (int i = 0; i < axis.size(); i++) {
                    within.run();
                    move(at, strides, 1);
                }
                move(at, strides, -axis.size());
            };
        }
        Runnable outer = inner;
        return () -> {
            System.arraycopy(start, 0, at, 0, at.length); // an error may have ended the run before in the middle
            outer.run();
        };
    }

    private static void move(int[] at, int[] strides, int steps) {
        for (int b = 0; b < at.length; b++) {
            at[b] += steps * strides[b];
        }
    }
}
