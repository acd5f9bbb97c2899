/// Random streams, vocabularies and everything else that says which data a run sees.
///
/// Randomness is a value: a [Seed][org.intarsia.api.data.Seed] is derived by name from the run's one seed, and what is
/// drawn from it depends on nothing else. Batch *i* of a run depends on (seed, *i*) alone, so a resumed run continues
/// exactly and the arms of an ablation see the same data.
@NullMarked
package org.intarsia.api.data;

import org.jspecify.annotations.NullMarked;
