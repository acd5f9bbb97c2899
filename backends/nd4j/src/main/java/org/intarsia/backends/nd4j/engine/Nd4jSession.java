package org.intarsia.backends.nd4j.engine;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.backends.common.Named;
import org.nd4j.linalg.api.buffer.DataType;

/// The variables, each in memory of its own, in the declared order of axes.
final class Nd4jSession implements Session {

    private final Engine engine;
    private final int threads;
    private final Map<String, List<Axis>> axes = new HashMap<>();
    private final Map<String, View> views = new LinkedHashMap<>();
    private final Map<String, Transfer> transfers = new HashMap<>();
    /// Weakly: an executable that nobody has any more takes its memory along.
    private final List<WeakReference<Memory>> memories = new ArrayList<>();
    private boolean closed;

    Nd4jSession(Engine engine, int threads) {
        this.engine = engine;
        this.threads = threads;
    }

    @Override
    public Executable compile(Graph graph) {
        begin();
        graph.variables().values().forEach(variable -> declare((Op.Variable) variable.op()));
        return new Nd4jExecutable(graph, Planner.plan(graph, views), this);
    }

    private void declare(Op.Variable variable) {
        List<Axis> known = axes.putIfAbsent(variable.name(), variable.axes());
        if (known == null) {
            View view = View.dense(DataType.FLOAT, variable.axes());
            view.buffer().bind(allocate(DataType.FLOAT, view.buffer().size()), 0);
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
        closed = true;
        live().forEach(Memory::close);
        memories.clear();
    }

    /// Returns memory that lives as long as the session does and somebody has it.
    Memory allocate(DataType type, int size) {
        Memory memory = new Memory(type, size);
        memories.removeIf(reference -> reference.get() == null);
        memories.add(new WeakReference<>(memory));
        return memory;
    }

    private Stream<Memory> live() {
        return memories.stream().map(WeakReference::get).filter(Objects::nonNull);
    }

    /// Returns how many numbers of its memory there are.
    long allocated() {
        return live().mapToLong(Memory::size).sum();
    }

    /// Makes sure that there is memory to work on, which native code would not notice, and takes the session's number of
    /// threads.
    void begin() {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        engine.useThreads(threads);
    }

    /// Returns the view of each variable.
    Map<String, View> variables() {
        return views;
    }

    private Transfer transfer(String variable) {
        begin();
        return Named.find(transfers, "variable", variable);
    }
}
