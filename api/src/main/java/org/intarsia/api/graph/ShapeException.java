package org.intarsia.api.graph;

/// Says that an op does not fit the axes or types of its operands; the message names the op, the axes and the place.
public final class ShapeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /// Creates the error.
    public ShapeException(String message) {
        super(message);
    }
}
