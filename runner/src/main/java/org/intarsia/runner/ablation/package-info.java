/// Ablations: many runs that differ in a few settings, and the table that compares them.
///
/// A [Sweep][org.intarsia.runner.ablation.Sweep] is a base configuration, factors with levels, and seeds. Each
/// combination of levels is a cell, each cell with each seed is a run of its own folder, and the results are derived from
/// these folders alone:
///
/// ```java
/// Sweep sweep = new SweepReader(Registry.load(), Examples.bundled()).read(Path.of("sweep.json"), List.of());
/// new Ablation(sweep, Path.of("runs/sweep"), 2).run(out, false, StopSignal.never());
/// ```
///
/// Runs share nothing, so how many train side by side changes no number.
@NullMarked
package org.intarsia.runner.ablation;

import org.jspecify.annotations.NullMarked;
