package org.intarsia.backends.nd4j.engine;

/// A part of a run, with all that it needs prepared.
@FunctionalInterface
interface Step {

    /// Computes.
    void run();
}
