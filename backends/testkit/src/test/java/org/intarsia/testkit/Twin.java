package org.intarsia.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.DeviceInfo;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.backends.reference.ReferenceBackend;

/// The reference backend with a fault. Overriding a method puts the fault in.
abstract class Twin implements Backend {

    private final Backend sound = new ReferenceBackend();

    /// Returns the tensor that stands in for a node in the graph that is really compiled.
    ///
    /// @param op the node's op, on operands that were themselves replaced
    Tensor replace(Graph graph, Op op) {
        return graph.add(op);
    }

    /// Returns whether an assignment is carried out.
    boolean keeps(Tensor assignment) {
        return true;
    }

    /// Returns what is really assigned to a variable.
    Tensor assigned(Tensor variable, Tensor value) {
        return value;
    }

    /// Returns the order in which an output is really read.
    List<Axis> order(Graph.Output output) {
        return output.order();
    }

    /// Compiles a graph.
    Executable compile(Session session, Graph graph) {
        return session.compile(graph);
    }

    /// Wraps a compiled graph.
    Executable wrap(Session session, Graph graph, Executable executable) {
        return executable;
    }

    /// Opens the session that does the work.
    Session openSound() {
        return sound.open();
    }

    /// Reads a variable.
    void read(Session session, String variable, double[] values) {
        session.read(variable, values);
    }

    /// Writes a variable.
    void write(Session session, String variable, double[] values) {
        session.write(variable, values);
    }

    @Override
    public DeviceInfo device() {
        return new DeviceInfo("broken", DeviceInfo.Precision.SINGLE, 1);
    }

    @Override
    public Session open() {
        Session session = openSound();
        return new Session() {
            @Override
            public Executable compile(Graph graph) {
                Graph copy = copied(graph);
                return wrap(session, copy, Twin.this.compile(session, copy));
            }

            @Override
            public void write(String variable, double[] values) {
                Twin.this.write(session, variable, values);
            }

            @Override
            public void read(String variable, double[] values) {
                Twin.this.read(session, variable, values);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    Graph copied(Graph graph) {
        Graph copy = new Graph();
        Map<Tensor, Tensor> copies = new LinkedHashMap<>();
        for (Tensor node : List.copyOf(graph.nodes())) {
            List<Tensor> operands = node.op().operands().stream().map(o -> known(copies, o)).toList();
            copies.put(node, switch (node.op()) {
                case Op.Input input -> copy.input(input.name(), input.type(), input.axes().toArray(Axis[]::new));
                case Op.Variable v -> copy.variable(v.name(), v.start(), v.seed(), v.axes().toArray(Axis[]::new));
                case Op.Assign _ when !keeps(node) -> operands.get(1);
                case Op.Assign _ -> {
                    copy.assign(operands.get(0), assigned(operands.get(0), operands.get(1)));
                    yield replace(copy, copy.assignments().getLast().op());
                }
                case Op op -> replace(copy, op.withOperands(operands));
            });
        }
        graph.outputs().forEach((name, output) -> {
            Tensor tensor = known(copies, output.tensor());
            copy.output(name, tensor, order(output).toArray(Axis[]::new));
        });
        return copy;
    }

    private static Tensor known(Map<Tensor, Tensor> copies, Tensor original) {
        Tensor copy = copies.get(original);
        if (copy == null) {
            throw new IllegalStateException("not copied: " + original);
        }
        return copy;
    }
}
