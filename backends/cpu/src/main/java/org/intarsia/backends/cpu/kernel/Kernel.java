package org.intarsia.backends.cpu.kernel;

import java.util.List;

/// One step of a plan. Its work falls into units that do not depend on each other, and the result of a unit does not
/// depend on which other units run beside it: so the number of threads changes no bit.
public abstract class Kernel {

    /// Returns the buffers that the step reads.
    public abstract List<Buffer> reads();

    /// Returns the buffers that the step writes.
    public abstract List<Buffer> writes();

    /// Returns whether the step reads what another writes.
    final boolean readsFrom(Kernel other) {
        return other.writes().stream().anyMatch(reads()::contains);
    }

    /// Returns those of the buffers read that the first buffer written may share memory with, if nothing reads them later: each
    /// element is read before the element in its place is written.
    public List<Buffer> replaceable() {
        return List.of();
    }

    /// Returns the number of units.
    public abstract int units();

    /// Returns about how many multiply-adds or element operations the whole step costs.
    public abstract long cost();

    /// Does the units `from … to−1`.
    public abstract void run(int from, int to, Scratch scratch);
}
