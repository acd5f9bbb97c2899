package org.intarsia.backends.opencl.code;

/// Where a value is.
public sealed interface Place {

    /// In the memory of the graph, from an offset on, in the order of its axes.
    record Arena(int offset) implements Place {}

    /// In the memory of the session, from an offset on, in the order of its axes.
    record Variable(int offset) implements Place {}

    /// In the memory of a work-group, from an offset on, as far as it belongs to the group's row.
    record Local(int offset) implements Place {}

    /// In a variable of the code, as it is one number in each row.
    record Register() implements Place {}
}
