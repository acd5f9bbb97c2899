package org.intarsia.api.graph;

/// What the elements of a tensor are.
public enum DataType {
    /// A real number, in the precision of the backend.
    FLOAT,
    /// A token, position or index: a whole number of magnitude at most 2²⁴, so that every backend holds it exactly.
    INTEGER,
    /// A truth value, read and written as 0 or 1.
    BOOLEAN;

    /// Returns a number as this type; see [Op.Convert].
    public double of(double x) {
        return switch (this) {
            case FLOAT -> x;
            case INTEGER -> x < 0 ? Math.ceil(x) : Math.floor(x);
            case BOOLEAN -> x == 0 ? 0 : 1;
        };
    }
}
