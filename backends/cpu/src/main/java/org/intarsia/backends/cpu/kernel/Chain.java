package org.intarsia.backends.cpu.kernel;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chain of element-wise functions, computed block by block: values in between live in the thread's scratch memory and
/// never reach the arena. Register *i* is the *i*-th input, and after the inputs the *i*-th step's result.
public final class Chain {

    /// One function of up to three registers.
    record Step(Elementwise.Function function, int x, int y, int z) {}

    private final List<View> inputs;
    private final List<Step> steps;
    private final List<Integer> results;

    /// Writes a chain.
    ///
    /// @param results the registers that are kept
    Chain(List<View> inputs, List<Step> steps, List<Integer> results) {
        if (inputs.size() + steps.size() > Scratch.REGISTERS) {
            throw new IllegalArgumentException("a chain of " + (inputs.size() + steps.size()) + " values is too long");
        }
        this.inputs = List.copyOf(inputs);
        this.steps = List.copyOf(steps);
        this.results = List.copyOf(results);
    }

    /// Returns where the inputs stand.
    public List<View> inputs() {
        return inputs;
    }

    /// Returns the number of steps.
    int steps() {
        return steps.size();
    }

    /// Returns the registers that are kept.
    List<Integer> results() {
        return results;
    }

    /// Returns about how many element operations one element costs.
    int weight() {
        return 1 + inputs.size() + 2 * steps.size();
    }

    /// A chain walked along loops: how each input is read.
    static final class Walk {

        private final Chain chain;
        private final Loops outer;
        private final int views;
        private final int inner;
        private final int[] innerStrides;
        private final boolean[] dense;
        private final boolean[] uniform;
        private final View[] inputs;
        private final Step[] steps;
        private final @Nullable View[] direct;

        /// Plans a walk.
        ///
        /// @param loops over the chain's inputs, in their order, and possibly further views
        /// @param views how many views the loops move
        /// @param direct where the result of each step is written as it is computed, densely; null for one that stays in
        ///     scratch memory
        Walk(Chain chain, Loops loops, int views, @Nullable View[] direct) {
            this.chain = chain;
            this.outer = loops.outer();
            this.views = views;
            this.inner = loops.innerSize();
            this.inputs = chain.inputs.toArray(View[]::new);
            this.steps = chain.steps.toArray(Step[]::new);
            this.direct = direct;
            this.innerStrides = new int[inputs.length];
            this.dense = new boolean[inputs.length];
            this.uniform = new boolean[inputs.length];
            for (int v = 0; v < inputs.length; v++) {
                innerStrides[v] = loops.innerStride(v);
                dense[v] = loops.dense(v);
                uniform[v] = loops.uniform(v);
            }
        }

        int rows() {
            return outer.count();
        }

        int inner() {
            return inner;
        }

        /// Returns how many rows fit a block.
        int rowsPerBlock() {
            return Math.max(1, Scratch.BLOCK / inner);
        }

        /// Returns how many blocks a row takes.
        int blocksPerRow() {
            return Math.ceilDiv(inner, Scratch.BLOCK);
        }

        /// Moves to a row, and loads the inputs that are one number everywhere.
        ///
        /// @param base what is added to the offset of each input, or null
        void seek(int row, Scratch s, int @Nullable [] base) {
            outer.seek(row, s.cursor, s.offsets, views);
            for (int v = 0; v < inputs.length; v++) {
                if (uniform[v]) {
                    int start = inputs[v].start() + (base == null ? 0 : base[v]);
                    s.arrays[v] = s.blocks;
                    s.starts[v] = v * Scratch.BLOCK;
                    Arrays.fill(s.blocks, s.starts[v], s.starts[v] + Math.min(Scratch.BLOCK, rowsPerBlock() * inner),
                            inputs[v].buffer().data()[start]);
                }
            }
        }

        /// Loads the block at the cursor and computes the chain; the cursor moves on when the block ends its rows. Each
        /// register then stands in `s.arrays` from `s.starts` on.
        ///
        /// @param base what is added to the offset of each input, or null
        /// @param rows how many rows; more than one only if a row is no longer than a block
        /// @param column where in the row the block begins
        /// @param length elements of a row in the block
        /// @param at where the block begins in the dense results
        void block(Scratch s, int @Nullable [] base, int rows, int column, int length, int at) {
            for (int v = 0; v < inputs.length; v++) {
                if (uniform[v]) {
                    continue;
                }
                int start = inputs[v].start() + s.offsets[v] + column * innerStrides[v] + (base == null ? 0 : base[v]);
                float[] data = inputs[v].buffer().data();
                if (innerStrides[v] == 1 && (rows == 1 || dense[v])) {
                    s.arrays[v] = data;
                    s.starts[v] = start;
                } else {
                    s.arrays[v] = s.blocks;
                    s.starts[v] = v * Scratch.BLOCK;
                    fetch(data, start, innerStrides[v], s.blocks, v * Scratch.BLOCK, length);
                }
            }
            for (int row = 1; row < rows; row++) {
                outer.next(s.cursor, s.offsets, views);
                for (int v = 0; v < inputs.length; v++) {
                    if (!uniform[v] && (innerStrides[v] != 1 || !dense[v])) {
                        int start = inputs[v].start() + s.offsets[v] + (base == null ? 0 : base[v]);
                        fetch(inputs[v].buffer().data(), start, innerStrides[v], s.blocks,
                                v * Scratch.BLOCK + row * inner, inner);
                    }
                }
            }
            if (column + length == inner) {
                outer.next(s.cursor, s.offsets, views);
            }
            compute(s, rows * length, at);
        }

        private void compute(Scratch s, int count, int at) {
            int register = inputs.length;
            for (int i = 0; i < steps.length; i++, register++) {
                View out = direct[i];
                s.arrays[register] = out == null ? s.blocks : out.buffer().data();
                s.starts[register] = out == null ? register * Scratch.BLOCK : out.start() + at;
                Step step = steps[i];
                step.function.apply(s.arrays[step.x], s.starts[step.x], s.arrays[step.y], s.starts[step.y],
                        s.arrays[step.z], s.starts[step.z], s.arrays[register], s.starts[register], count);
            }
        }

        private static void fetch(float[] data, int start, int stride, float[] out, int at, int length) {
            switch (stride) {
                case 1 -> System.arraycopy(data, start, out, at, length);
                case 0 -> Arrays.fill(out, at, at + length, data[start]);
                default -> {
                    for (int i = 0; i < length; i++) {
                        out[at + i] = data[start + i * stride];
                    }
                }
            }
        }

        Chain chain() {
            return chain;
        }
    }
}
