package org.intarsia.api.backend;

import org.intarsia.api.graph.Graph;

/// Variables on a device, and the graphs compiled over them. Two graphs of a session that name the same variable share
/// it: training and evaluation run on the same weights.
public interface Session extends AutoCloseable {

    /// Compiles a graph. A variable that the session does not know yet is created with its initial values.
    ///
    /// @throws IllegalArgumentException if a variable is known with other axes
    /// @throws InsufficientMemoryException if the device has not the memory for it
    Executable compile(Graph graph);

    /// Gives a variable new values, in the declared order of its axes.
    ///
    /// @throws IllegalArgumentException if no compiled graph has the variable, or the number of values is another
    void write(String variable, double[] values);

    /// Copies a variable's values, in the declared order of its axes.
    ///
    /// @throws IllegalArgumentException if no compiled graph has the variable, or the number of values is another
    void read(String variable, double[] values);

    /// Frees the device's memory; the session's executables cannot be used afterwards.
    @Override
    void close();
}
