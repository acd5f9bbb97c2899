package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.random.RandomGenerator;

/// A family of integer sequences: a row of a catalogue such as [Recurrences].
///
/// @param name by which settings select it: lower-case kebab, stable
/// @param rule what its sequences obey
/// @param attempt draws the parameters of a sequence and writes its terms
record Family(String name, String rule, Attempt attempt) {

    private static final int PATIENCE = 10_000;

    /// One try at drawing a sequence.
    interface Attempt {

        /// Fills the terms with a sequence of random parameters.
        ///
        /// @return false if the sequence is rejected: it leaves `0 … maximum`, or belongs to a simpler family; the terms
        /// are then worth nothing
        boolean fill(int[] terms, int maximum, RandomGenerator random);
    }

    /// Fills the terms with a sequence within `0 … maximum`, trying until one is not rejected.
    ///
    /// @return how many were
    /// @throws org.intarsia.api.component.InvalidSettingException if 10,000 in a row are
    int draw(int[] terms, int maximum, RandomGenerator random) {
        int rejected = 0;
        while (!attempt.fill(terms, maximum, random)) {
            rejected++;
            check(rejected < PATIENCE, "families",
                    "has '" + name + "', of which 10,000 sequences of " + terms.length + " terms in a row left 0.."
                            + maximum + ": leave the family out, lower the length or raise the maximum");
        }
        return rejected;
    }
}
