package org.intarsia.testkit.component;

import java.util.Arrays;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// What a tensor is, computed in double precision on the reference backend, for tests of a component's numbers:
///
/// ```java
/// Tensor tokens = graph.constant(DataType.INTEGER, Values.of(5), new Axis(Axes.TIME, 1));
/// double[] vector = Computed.values(embedding.embed(tokens, Positions.first(graph, 1), scope), Axes.TIME, Axes.WIDTH);
/// ```
public final class Computed {

    private Computed() {}

    /// Returns the values of a tensor that depends on constants and variables alone.
    ///
    /// @param order the names of its axes, in the order in which the values are returned
    public static double[] values(Tensor tensor, String... order) {
        String name = "computed " + tensor.graph().outputs().size();
        tensor.graph().output(name, tensor, Arrays.stream(order).map(tensor::axis).toArray(Axis[]::new));
        try (Session session = new ReferenceBackend().open()) {
            Executable executable = session.compile(tensor.graph());
            executable.run();
            double[] values = new double[tensor.count()];
            executable.read(name, values);
            return values;
        }
    }
}
