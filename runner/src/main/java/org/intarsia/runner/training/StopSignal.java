package org.intarsia.runner.training;

/// Asks runs to stop: each finishes its step, saves itself, and can go on later.
@FunctionalInterface
public interface StopSignal {

    /// Returns whether to stop. Any thread may ask.
    boolean requested();

    /// Returns a signal that is never given.
    static StopSignal never() {
        return () -> false;
    }
}
