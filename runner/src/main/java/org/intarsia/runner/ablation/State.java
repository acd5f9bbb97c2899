package org.intarsia.runner.ablation;

import java.util.Locale;

/// Where a run of a sweep stands.
enum State {
    /// It took all its steps.
    FINISHED,
    /// A loss was no longer a finite number.
    DIVERGED,
    /// It ended with an error; it is tried again when the sweep is run again.
    FAILED,
    /// It was begun and has not ended.
    STOPPED,
    /// It was not begun.
    OPEN;

    boolean ended() {
        return this == FINISHED || this == DIVERGED || this == FAILED;
    }

    /// Returns the word in tables.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
