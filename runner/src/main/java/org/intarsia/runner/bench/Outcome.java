package org.intarsia.runner.bench;

/// What came of measuring a shape: its time, or why it has none.
public sealed interface Outcome permits Timing, Untimed {

    /// Returns what was to be measured.
    Shape shape();
}
