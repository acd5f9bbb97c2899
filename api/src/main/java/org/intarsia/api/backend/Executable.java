package org.intarsia.api.backend;

/// A compiled graph. A step is [#write] for each input, one [#run], [#read] of what is of interest; none of the three
/// allocates. Numbers travel as `double`, which holds every value of every backend exactly.
public interface Executable {

    /// Sets an input, in the declared order of its axes; it stays until it is set again.
    ///
    /// @throws IllegalArgumentException if there is no such input, or the number of values is another
    void write(String input, double[] values);

    /// Computes the outputs, then carries out the assignments. A device may still be at work when this returns; [#read] and
    /// the session's reads wait for it.
    ///
    /// @throws IndexOutOfBoundsException if a gather or a scatter-add meets an index outside its axis
    void run();

    /// Says in a few words what a run is made of, such as `launches: 26, bytes to the device: 6144`; nothing by default.
    default String plan() {
        return "";
    }

    /// Copies an output of the last run, in its declared order of axes.
    ///
    /// @throws IllegalArgumentException if there is no such output, or the number of values is another
    void read(String output, double[] values);
}
