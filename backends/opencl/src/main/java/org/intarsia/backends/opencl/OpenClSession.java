package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.backends.common.Named;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/// The variables, one after another in one array on the device, which grows when a graph brings new ones.
final class OpenClSession implements Session {

    private final Queue queue;
    private final int lanes;
    private final Map<String, Held> variables = new LinkedHashMap<>();
    private final List<OpenClExecutable> executables = new ArrayList<>();
    private cl_mem memory;
    private int size;

    /// Where a variable is, and its axes.
    private record Held(List<Axis> axes, int offset) {}

    OpenClSession(Device device, int lanes) {
        this.queue = new Queue(device);
        this.lanes = lanes;
        this.memory = queue.allocate(1);
    }

    @Override
    public Executable compile(Graph graph) {
        List<Op.Variable> added = new ArrayList<>();
        graph.variables().values().forEach(variable -> declare((Op.Variable) variable.op(), added));
        grow(added);
        OpenClExecutable executable = new OpenClExecutable(graph, this, queue, lanes);
        executables.add(executable);
        return executable;
    }

    private void declare(Op.Variable variable, List<Op.Variable> added) {
        Held known = variables.get(variable.name());
        if (known == null) {
            added.add(variable);
        } else {
            Named.checkAxes(variable.name(), known.axes(), variable.axes());
        }
    }

    private void grow(List<Op.Variable> added) {
        if (added.isEmpty()) {
            return;
        }
        int before = size;
        for (Op.Variable variable : added) {
            variables.put(variable.name(), new Held(variable.axes(), size));
            size = Math.addExact(size, Axis.count(variable.axes()));
        }
        cl_mem larger = queue.allocate(size);
        if (before > 0) {
            clEnqueueCopyBuffer(queue.commands(), memory, larger, 0, 0, (long) before * Float.BYTES, 0, null, null);
            clFinish(queue.commands());
        }
        queue.release(memory, before);
        memory = larger;
        added.forEach(variable -> write(variable.name(), variable.initialValues()));
        executables.forEach(executable -> executable.bind(memory));
    }

    /// Returns the array of the variables.
    cl_mem memory() {
        return memory;
    }

    /// Returns where a variable begins.
    int offset(String variable) {
        return Named.find(variables, "variable", variable).offset();
    }

    @Override
    public void write(String variable, double[] values) {
        Held held = checked(variable, values);
        float[] numbers = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (float) values[i];
        }
        queue.write(memory, held.offset(), numbers.length, Pointer.to(numbers));
    }

    @Override
    public void read(String variable, double[] values) {
        Held held = checked(variable, values);
        float[] numbers = new float[values.length];
        queue.read(memory, held.offset(), numbers.length, Pointer.to(numbers));
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i];
        }
    }

    private Held checked(String variable, double[] values) {
        Held held = Named.find(variables, "variable", variable);
        Named.checkCount("the variable '" + variable + "'", Axis.count(held.axes()), values);
        return held;
    }

    @Override
    public void close() {
        executables.forEach(OpenClExecutable::close);
        queue.release(memory, size);
        queue.close();
    }
}
