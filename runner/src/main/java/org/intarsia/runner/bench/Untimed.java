package org.intarsia.runner.bench;

/// A shape that was not measured.
///
/// @param reason in a few words
public record Untimed(Shape shape, String reason) implements Outcome {}
