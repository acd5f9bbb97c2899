package org.intarsia.backends.cpu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.graph.Graph;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.View;

/// What a graph is planned to be.
final class Planned {

    private Planned() {}

    static Plan of(Graph graph) {
        Map<String, View> variables = new HashMap<>();
        graph.variables().forEach((name, variable) -> variables.put(name, View.dense(variable.axes(), Lanes.NONE)));
        return Planner.plan(graph, variables);
    }

    /// Returns the names of the kernels that run every time.
    static List<String> steps(Graph graph) {
        return names(of(graph).steps());
    }

    static List<String> names(List<Kernel> kernels) {
        return kernels.stream().map(kernel -> kernel.getClass().getSimpleName().replace("Kernel", "")).toList();
    }
}
