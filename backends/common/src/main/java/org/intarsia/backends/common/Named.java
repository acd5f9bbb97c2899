package org.intarsia.backends.common;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.intarsia.api.graph.Axis;

/// Errors of callers who name what is not there, or give it other axes or another number of values.
public final class Named {

    private Named() {}

    /// Returns what has a name.
    ///
    /// @param kind what is looked for, such as `input`
    /// @throws IllegalArgumentException if nothing has it; it says what there is
    public static <T> T find(Map<String, T> all, String kind, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind + " '" + name + "'; there is " + new TreeSet<>(all.keySet()));
        }
        return found;
    }

    /// Checks that a graph declares a variable as the session knows it.
    ///
    /// @throws IllegalArgumentException if it has other axes
    public static void checkAxes(String variable, List<Axis> known, List<Axis> declared) {
        if (!known.equals(declared)) {
            throw new IllegalArgumentException("the variable '" + variable + "' has the axes " + Axis.describe(known)
                    + " in this session, not " + Axis.describe(declared));
        }
    }

    /// Checks how many values are given or asked for.
    ///
    /// @param what such as `the input 'x'`
    /// @throws IllegalArgumentException if it is another number
    public static void checkCount(String what, int count, double[] values) {
        if (values.length != count) {
            throw new IllegalArgumentException(what + " has " + count + " values, not " + values.length);
        }
    }
}
