package org.intarsia.backends.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine.
///
/// What was just read or computed is asked to work with what went round a loop, `read.add(sum)` and not `sum.add(read)`.
/// The compiler always knows the class of the former. That of the latter it only knows if it happened to see it before;
/// where it did not, vectors become objects, and the loop takes many times as long.
public final class Vectors {

    /// The widest vectors that the machine has.
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /// Elements in a vector.
    public static final int LENGTH = SPECIES.length();

    private Vectors() {}

    /// Returns what went round a loop as a vector whose class the compiler knows. −0 becomes 0.
    static FloatVector known(FloatVector vector) {
        return FloatVector.zero(SPECIES).add(vector);
    }

    /// Returns the width of a vector in bits.
    public static int bits() {
        return SPECIES.vectorBitSize();
    }
}
