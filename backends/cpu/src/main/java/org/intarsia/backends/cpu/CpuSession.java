package org.intarsia.backends.cpu;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.backends.common.Named;
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.Vectors;
import org.intarsia.backends.cpu.kernel.View;

/// The variables, each in an array of its own, in the declared order of axes.
final class CpuSession implements Session {

    final Threads threads;
    private final Map<String, List<Axis>> axes = new HashMap<>();
    private final Map<String, View> views = new HashMap<>();
    private final Map<String, Transfer> transfers = new HashMap<>();

    CpuSession(int threads) {
        this.threads = new Threads(threads);
    }

    @Override
    public Executable compile(Graph graph) {
        graph.variables().values().forEach(variable -> declare((Op.Variable) variable.op()));
        Set<Buffer> buffers = new HashSet<>();
        views.values().forEach(view -> buffers.add(view.buffer()));
        return new CpuExecutable(graph, Planner.plan(graph, views), buffers, threads);
    }

    private void declare(Op.Variable variable) {
        List<Axis> known = axes.putIfAbsent(variable.name(), variable.axes());
        if (known == null) {
            View view = View.dense(variable.axes(), Lanes.NONE);
            view.buffer().bind(Vectors.room(view.buffer().size()), Vectors.FIRST);
            views.put(variable.name(), view);
            Transfer transfer = new Transfer("the variable '" + variable.name() + "'", variable.axes(), view);
            transfers.put(variable.name(), transfer);
            transfer.write(variable.initialValues());
        } else {
            Named.checkAxes(variable.name(), known, variable.axes());
        }
    }

    @Override
    public void write(String variable, double[] values) {
        transfer(variable).write(values);
    }

    @Override
    public void read(String variable, double[] values) {
        transfer(variable).read(values);
    }

    @Override
    public void close() {
        threads.close();
    }

    private Transfer transfer(String variable) {
        return Named.find(transfers, "variable", variable);
    }
}
