package org.intarsia.runner.bench;

import java.util.List;

/// Something to measure.
///
/// @param name what sets it apart from the others that it is measured with
/// @param shape its sizes
/// @param assignments its components, as on the command line: `position=rope`
public record Variant(String name, Shape shape, List<String> assignments) {

    /// Copies the assignments.
    public Variant {
        assignments = List.copyOf(assignments);
    }

    /// Returns a shape with the components that are chosen anyway.
    public static Variant of(Shape shape) {
        return new Variant(shape.name(), shape, List.of());
    }
}
