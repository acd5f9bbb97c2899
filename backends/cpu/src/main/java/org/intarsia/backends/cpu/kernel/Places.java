package org.intarsia.backends.cpu.kernel;

/// Where the rows or columns of some matrices stand: the offset of each matrix, and of each position within one.
final class Places {

    final int[] batches;
    final int[] positions;

    Places(int[] batches, int[] positions) {
        this.batches = batches;
        this.positions = positions;
    }
}
