package org.intarsia.backends.reference;

import static java.util.stream.Collectors.joining;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// Sees every value of every run, in the order of computation.
@FunctionalInterface
public interface Trace {

    /// Is told what a node has computed.
    ///
    /// @param node the node, with its op, its axes and the path of the scope in which it was written
    /// @param values in the order of the node's axes
    void computed(Tensor node, Values values);

    /// Returns a trace that sees nothing.
    static Trace none() {
        return (_, _) -> {
        };
    }

    /// Returns a trace that prints a line for each node: its number, op, axes and path, its first values, and for longer
    /// ones the smallest, the largest and how many are not finite.
    static Trace to(PrintStream out) {
        return (node, values) -> out.println(node + ": " + summary(values.toArray()));
    }

    private static String summary(double[] values) {
        int shown = 8;
        String first = Arrays.stream(values).limit(shown).mapToObj(v -> String.format(Locale.ROOT, "%.6g", v))
                .collect(joining(" "));
        if (values.length <= shown) {
            return first;
        }
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        String range = Arrays.stream(finite).min().stream()
                .mapToObj(low -> String.format(Locale.ROOT, ", %.6g to %.6g", low,
                        Arrays.stream(finite).max().orElse(low)))
                .collect(joining());
        int strange = values.length - finite.length;
        return first + " … (" + values.length + " values" + range + (strange == 0 ? "" : ", " + strange + " not finite")
                + ")";
    }
}
