package org.intarsia.backends.cpu.kernel;

import java.util.List;
import java.util.stream.IntStream;

/// A kernel that walks a chain once along loops. Small ones of the same chain can be computed together; see [ChainBatch].
abstract class ChainKernel extends Kernel {

    final Chain.Walk walk;

    ChainKernel(Chain.Walk walk) {
        this.walk = walk;
    }

    final Chain chain() {
        return walk.chain();
    }

    /// Returns the number of elements.
    final int size() {
        return walk.rows() * walk.inner();
    }

    /// Returns whether all of it can be computed from one block, with each input one number everywhere or element by element
    /// like the others.
    boolean isSmall() {
        return 1 < size() && size() <= chain().block() / 2 && walk.isFlat();
    }

    /// Returns whether another kernel is small too, and does the same with other values in the same places.
    final boolean isLike(ChainKernel other) {
        return getClass() == other.getClass() && isSmall() && other.isSmall() && chain().computesLike(other.chain())
                && IntStream.range(0, chain().inputs().size()).allMatch(input -> walk.uniform(input)
                        ? other.walk.uniform(input)
                                && chain().inputs().get(input).startsLike(other.chain().inputs().get(input))
                        : !other.walk.uniform(input));
    }

    /// Writes the results of the chain, computed for all elements.
    ///
    /// @param at where in the registers' blocks the elements begin
    abstract void store(Scratch s, int at);

    @Override
    public final List<Buffer> reads() {
        return chain().inputs().stream().map(View::buffer).toList();
    }

    @Override
    public final long cost() {
        return (long) walk.rows() * walk.inner() * chain().weight() / 8;
    }
}
