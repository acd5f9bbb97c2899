package org.intarsia.backends.cpu.kernel;

import static org.intarsia.backends.cpu.kernel.Vectors.LENGTH;
import static org.intarsia.backends.cpu.kernel.Vectors.SPECIES;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// A chain of functions, computed block by block: values in between live in the thread's scratch memory and never reach the
/// arena. Register *i* is the *i*-th input, and after the inputs the *i*-th step's result.
public final class Chain {

    /// One function of up to three registers.
    sealed interface Step {

        /// Returns whether the function reads a register.
        boolean reads(int register);

        /// Returns how many elements can only be computed together.
        int together();

        /// Computes a block of the register `out` from the same of others; they stand where `s` says.
        void compute(Scratch s, int out, int count);
    }

    /// A function of each element.
    record Each(Elementwise.Function function, int x, int y, int z) implements Step {

        @Override
        public boolean reads(int register) {
            return x == register || y == register || z == register;
        }

        @Override
        public int together() {
            return 1;
        }

        @Override
        public void compute(Scratch s, int out, int count) {
            function.apply(s.arrays[x], s.starts[x], s.arrays[y], s.starts[y], s.arrays[z], s.starts[z],
                    s.arrays[out], s.starts[out], count);
        }
    }

    /// A function along an axis, in every lane: rows of `n` times `lanes` elements are computed together.
    record Along(Rowwise.Function function, int n, int lanes, int x, int y) implements Step {

        @Override
        public boolean reads(int register) {
            return x == register || y == register;
        }

        @Override
        public int together() {
            return n * lanes;
        }

        @Override
        public void compute(Scratch s, int out, int count) {
            for (int row = 0; row < count; row += n * lanes) {
                for (int at = row; at < row + lanes; at += LENGTH) {
                    function.apply(s.arrays[x], s.starts[x] + at, lanes, s.arrays[y], s.starts[y] + at, lanes,
                            s.arrays[x], s.starts[x], s.arrays[out], s.starts[out] + at, lanes, n, s.tile);
                }
            }
        }
    }

    private final List<View> inputs;
    private final List<Step> steps;
    private final List<Integer> results;
    private final int block;

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
        int together = steps.stream().mapToInt(Step::together).max().orElse(1);
        this.block = Scratch.block(inputs.size() + steps.size(), together);
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

    /// Returns how many elements are computed at a time.
    int block() {
        return block;
    }

    /// Returns where a register's block stands in scratch memory.
    int at(int register) {
        return Vectors.FIRST + register * block;
    }

    /// Returns the register of the last step that reads a register.
    int lastRead(int register) {
        int last = -1;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).reads(register)) {
                last = inputs.size() + i;
            }
        }
        return last;
    }

    /// Returns about how many element operations one element costs.
    int weight() {
        return 1 + inputs.size() + 2 * steps.size();
    }

    /// Returns whether another chain computes the same of its inputs.
    boolean computesLike(Chain other) {
        return inputs.size() == other.inputs.size() && steps.equals(other.steps) && results.equals(other.results);
    }

    /// Returns room for a block of each register.
    float[] room(Scratch s) {
        return s.blocks((inputs.size() + steps.size()) * block);
    }

    /// Computes all steps of inputs that stand in the registers' blocks of scratch memory; so does then each step.
    void compute(Scratch s, int count) {
        float[] room = room(s);
        for (int register = 0; register < inputs.size() + steps.size(); register++) {
            s.arrays[register] = room;
            s.starts[register] = at(register);
        }
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).compute(s, inputs.size() + i, count);
        }
    }

    /// A chain walked along loops, row by row of the innermost: how each input is read.
    static final class Walk {

        private final Chain chain;
        private final int rows;
        private final int inner;
        private final int period;
        private final Input[] inputs;
        private final Step[] steps;
        private final @Nullable View[] direct;

        /// How an input is read: the offset of a row is the sum of one number of each table.
        private static final class Input {

            private final View view;
            private final boolean uniform;
            private boolean repeats;
            private final boolean dense;
            private final int stride;
            private final int[] high;
            private final int[] low;

            Input(View view, int index, Loops loops, Loops leading, Loops trailing) {
                this.view = view;
                this.uniform = loops.uniform(index);
                this.dense = loops.dense(index);
                this.stride = loops.innerStride(index);
                this.high = leading.table(index);
                this.low = trailing.table(index);
            }

            private int offset(int row) {
                return high[row / low.length] + low[row % low.length];
            }
        }

        /// Plans a walk in blocks that may begin at any row.
        ///
        /// @param loops over the chain's inputs, in their order
        static Walk anywhere(Chain chain, Loops loops) {
            return new Walk(chain, loops, new View[chain.steps()]);
        }

        /// Plans a walk in blocks one after another: what an input has in one block, it may have in all.
        ///
        /// @param loops over the chain's inputs, in their order
        /// @param direct where the result of each step is written as it is computed, densely; null for one that stays in
        ///     scratch memory
        static Walk inOrder(Chain chain, Loops loops, @Nullable View[] direct) {
            Walk walk = new Walk(chain, loops, direct);
            int step = walk.rowsPerBlock();
            for (Input input : walk.inputs) {
                input.repeats = walk.blocksPerRow() == 1 && step < walk.rows
                        && IntStream.range(step, walk.rows).allMatch(r -> input.offset(r) == input.offset(r - step));
            }
            return walk;
        }

        private Walk(Chain chain, Loops loops, @Nullable View[] direct) {
            this.chain = chain;
            Loops outer = loops.outer();
            this.rows = outer.count();
            this.inner = loops.innerSize();
            Loops low = outer.trailing();
            Loops high = outer.leading();
            this.period = low.count();
            this.steps = chain.steps.toArray(Step[]::new);
            this.direct = direct;
            this.inputs = new Input[chain.inputs.size()];
            for (int v = 0; v < inputs.length; v++) {
                inputs[v] = new Input(chain.inputs.get(v), v, loops, high, low);
            }
        }

        int rows() {
            return rows;
        }

        /// Returns where a row of an input begins, counted from the first.
        int offset(int input, int row) {
            return inputs[input].offset(row);
        }

        /// Returns the distance of two neighbours in a row of an input.
        int stride(int input) {
            return inputs[input].stride;
        }

        /// Returns whether an input is one number everywhere.
        boolean uniform(int input) {
            return inputs[input].uniform;
        }

        /// Returns whether each input is one number everywhere or lies element by element like the result.
        boolean isFlat() {
            return Arrays.stream(inputs).allMatch(input -> input.uniform || input.dense);
        }

        int inner() {
            return inner;
        }

        /// Returns how many rows fit a block.
        int rowsPerBlock() {
            return Math.max(1, chain.block / inner);
        }

        /// Returns how many blocks a row takes.
        int blocksPerRow() {
            return Math.ceilDiv(inner, chain.block);
        }

        /// Loads the inputs that are the same in every block.
        void begin(Scratch s) {
            float[] room = chain.room(s);
            int count = Math.min(rows, rowsPerBlock());
            for (int v = 0; v < inputs.length; v++) {
                if (inputs[v].uniform) {
                    View view = inputs[v].view;
                    s.arrays[v] = room;
                    s.starts[v] = chain.at(v);
                    Arrays.fill(room, s.starts[v], s.starts[v] + Math.min(chain.block, count * inner),
                            view.buffer().data()[view.start()]);
                } else if (inputs[v].repeats) {
                    load(s, room, v, 0, 0, count, 0, inner);
                }
            }
        }

        /// Loads a block and computes the chain. Each register then stands in `s.arrays` from `s.starts` on.
        ///
        /// @param count how many rows; more than one only if a row is no longer than a block
        /// @param column where in the row the block begins
        /// @param length elements of a row in the block
        /// @param at where the block begins in the dense results
        void block(Scratch s, int row, int count, int column, int length, int at) {
            float[] room = chain.room(s);
            for (int v = 0; v < inputs.length; v++) {
                if (!inputs[v].uniform && !inputs[v].repeats) {
                    load(s, room, v, row / period, row % period, count, column, length);
                }
            }
            int register = inputs.length;
            for (int i = 0; i < steps.length; i++, register++) {
                View out = direct[i];
                s.arrays[register] = out == null ? room : out.buffer().data();
                s.starts[register] = out == null ? chain.at(register) : out.start() + at;
                steps[i].compute(s, register, count * length);
            }
        }

        /// Finds an input's block, side by side.
        private void load(Scratch s, float[] room, int v, int q, int p, int count, int column, int length) {
            Input input = inputs[v];
            float[] data = input.view.buffer().data();
            int start = input.view.start() + column * input.stride;
            if (input.stride == 1 && (count == 1 || input.dense)) {
                s.arrays[v] = data;
                s.starts[v] = start + input.high[q] + input.low[p];
                return;
            }
            s.arrays[v] = room;
            s.starts[v] = chain.at(v);
            if (input.stride == 0 && length % LENGTH == 0) {
                repeat(data, start, input.high, q, input.low, p, count, length, room, s.starts[v]);
            } else if (input.stride == 1 && length % LENGTH == 0) {
                copy(data, start, input.high, q, input.low, p, count, length, room, s.starts[v]);
            } else {
                fetch(data, start, input, q, p, count, length, room, s.starts[v]);
            }
        }

        /// Rows of one number each.
        private static void repeat(float[] data, int start, int[] high, int q, int[] low, int p, int count, int length,
                float[] out, int at) {
            int to = at;
            for (int row = 0; row < count; row++) {
                FloatVector value = FloatVector.broadcast(SPECIES, data[start + high[q] + low[p]]);
                for (int end = to + length; to < end; to += LENGTH) {
                    value.intoArray(out, to);
                }
                if (++p == low.length) {
                    p = 0;
                    q++;
                }
            }
        }

        /// Rows that lie anywhere.
        private static void copy(float[] data, int start, int[] high, int q, int[] low, int p, int count, int length,
                float[] out, int at) {
            int to = at;
            for (int row = 0; row < count; row++) {
                int from = start + high[q] + low[p] - to;
                for (int end = to + length; to < end; to += LENGTH) {
                    FloatVector.fromArray(SPECIES, data, from + to).intoArray(out, to);
                }
                if (++p == low.length) {
                    p = 0;
                    q++;
                }
            }
        }

        private static void fetch(float[] data, int start, Input input, int q, int p, int count, int length,
                float[] out,
                int at) {
            for (int row = 0; row < count; row++) {
                int from = start + input.high[q] + input.low[p];
                int to = at + row * length;
                switch (input.stride) {
                    case 1 -> System.arraycopy(data, from, out, to, length);
                    case 0 -> Arrays.fill(out, to, to + length, data[from]);
                    default -> {
                        for (int i = 0; i < length; i++) {
                            out[to + i] = data[from + i * input.stride];
                        }
                    }
                }
                if (++p == input.low.length) {
                    p = 0;
                    q++;
                }
            }
        }

        Chain chain() {
            return chain;
        }
    }
}
