package org.intarsia.backends.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine.
public final class Vectors {

    /// The widest vectors that the machine has.
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /// Elements in a vector.
    public static final int LENGTH = SPECIES.length();

    private Vectors() {}

    /// Returns the width of a vector in bits.
    public static int bits() {
        return SPECIES.vectorBitSize();
    }
}
