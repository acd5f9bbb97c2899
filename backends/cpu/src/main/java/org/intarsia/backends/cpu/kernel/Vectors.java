package org.intarsia.backends.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors of this machine.
///
/// What went round a loop is only ever given to other vectors, as in `read.add(sum)` or `ZERO.add(sum)`, and never asked itself,
/// as in `sum.add(read)`. The compiler always knows the class of the former; that of the latter it only knows if it happened
/// to see it before. Where it did not, vectors become objects, and a kernel keeps a tenth of its speed.
public final class Vectors {

    /// The widest vectors that the machine has.
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /// Elements in a vector.
    public static final int LENGTH = SPECIES.length();

    /// Where in an array a vector lies within one line of the cache, with `-XX:ObjectAlignmentInBytes=64`: each array then
    /// starts a line, and its header takes 16 bytes. To read a vector that lies across two lines takes as long as to read two.
    public static final int FIRST = 12;

    /// Makes of what went round a loop a vector that can be asked. It makes 0 of −0, too.
    static final FloatVector ZERO = FloatVector.zero(SPECIES);

    private Vectors() {}

    /// Returns an array with room for so many numbers from [#FIRST] on, in whole vectors: a masked vector that reaches past the
    /// end of an array takes several times as long.
    public static float[] room(int size) {
        return new float[FIRST + Math.ceilDiv(size, LENGTH) * LENGTH];
    }

    /// Returns the width of a vector in bits.
    public static int bits() {
        return SPECIES.vectorBitSize();
    }
}
