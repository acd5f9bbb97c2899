package com.example.plain;

import java.util.Arrays;
import java.util.List;
import org.intarsia.api.graph.Axis;

/// Numbers in the order of their axes, the last axis fastest.
record Block(List<Axis> axes, float[] numbers) {

    static Block of(List<Axis> axes) {
        return new Block(axes, new float[Axis.count(axes)]);
    }

    /// Returns how far apart two neighbours along an axis are; 0 without the axis, which repeats the numbers along it.
    int stride(String axis) {
        int stride = 1;
        for (Axis inner : axes.reversed()) {
            if (inner.name().equals(axis)) {
                return stride;
            }
            stride *= inner.size();
        }
        return 0;
    }

    void write(String name, double[] values) {
        check(name, values);
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (float) values[i];
        }
    }

    void read(String name, double[] values) {
        check(name, values);
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i];
        }
    }

    private void check(String name, double[] values) {
        if (values.length != numbers.length) {
            throw new IllegalArgumentException("'" + name + "' " + Axis.describe(axes) + " has " + numbers.length
                    + " values, not " + values.length);
        }
    }

    /// What is done at a position.
    interface Body {

        /// @param v the numbers of each block
        /// @param at where among them is the one of this position
        void at(float[][] v, int[] at);
    }

    /// Returns what visits every position of some axes, the last one fastest.
    static Runnable loop(List<Axis> axes, Body body, Block... blocks) {
        float[][] v = Arrays.stream(blocks).map(Block::numbers).toArray(float[][]::new);
        int[] at = new int[blocks.length];
        Runnable inner = () -> body.at(v, at);
        for (Axis axis : axes.reversed()) {
            int[] strides = Arrays.stream(blocks).mapToInt(block -> block.stride(axis.name())).toArray();
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
            Arrays.fill(at, 0); // an error may have ended the run before in the middle
            outer.run();
        };
    }

    private static void move(int[] at, int[] strides, int steps) {
        for (int b = 0; b < at.length; b++) {
            at[b] += steps * strides[b];
        }
    }
}
