/// The run folder: every file that a run leaves behind, and how each is written so that a run can be killed at any
/// instant and goes on bit for bit.
///
/// - `config.json`: the complete configuration.
/// - `run.json`: what ran where, and how it ended ([RunRecord][org.intarsia.runner.run.RunRecord]).
/// - `metrics.jsonl`: one [Measurement][org.intarsia.runner.run.Measurement] a line; equal seeds give equal bytes.
/// - `events.out.tfevents.intarsia`: the same for TensorBoard.
/// - `checkpoint.safetensors`: weights, moments and step, from which a run goes on.
/// - `best.safetensors`: the weights with the lowest validation loss.
///
/// A file is written aside and moved into place; the two logs only grow, and are cut back to the checkpoint when a run
/// goes on.
@NullMarked
package org.intarsia.runner.run;

import org.jspecify.annotations.NullMarked;
