package org.intarsia.backends.nd4j.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.graph.Graph;
import org.intarsia.backends.common.Arena;
import org.intarsia.backends.common.Named;
import org.nd4j.linalg.api.buffer.DataType;

/// A planned graph with its memory: values that do not live at the same time share their places.
final class Nd4jExecutable implements Executable {

    private static final int ALIGNMENT = 16;
    private static final List<DataType> TYPES = List.of(DataType.FLOAT, DataType.BOOL);

    private final Nd4jSession session;
    /// Held here, since what is made of it does not hold it.
    private final List<Memory> memories = new ArrayList<>();
    private final Step[] once;
    private final Step[] steps;
    private final Map<String, Transfer> inputs = new LinkedHashMap<>();
    private final Map<String, Transfer> outputs = new LinkedHashMap<>();
    private boolean begun;

    Nd4jExecutable(Graph graph, Plan plan, Nd4jSession session) {
        this.session = session;
        Program program = plan.program();
        bind(plan, variables(session));
        program.constants().forEach((view, filling) -> new Transfer("a constant", filling.axes(), view)
                .write(filling.values().toArray()));
        once = prepared(program.once());
        steps = prepared(program.steps());
        graph.inputs().forEach((name, input) -> inputs.put(name,
                new Transfer("the input '" + name + "'", input.axes(), Named.find(plan.inputs(), "input", name))));
        graph.outputs().forEach((name, output) -> outputs.put(name,
                new Transfer("the output '" + name + "'", output.order(), Named.find(plan.outputs(), "output", name))));
    }

    @Override
    public void write(String input, double[] values) {
        session.begin();
        Named.find(inputs, "input", input).write(values);
    }

    @Override
    public void run() {
        session.begin();
        if (!begun) {
            execute(once);
            begun = true;
        }
        execute(steps);
    }

    @Override
    public void read(String output, double[] values) {
        session.begin();
        Named.find(outputs, "output", output).read(values);
    }

    private static void execute(Step[] list) {
        for (Step step : list) {
            step.run();
        }
    }

    private static Step[] prepared(List<Program.Instruction> instructions) {
        return instructions.stream().map(instruction -> instruction.step().get()).toArray(Step[]::new);
    }

    private static Set<Buffer> variables(Nd4jSession session) {
        Set<Buffer> variables = new HashSet<>();
        session.variables().values().forEach(view -> variables.add(view.buffer()));
        return variables;
    }

    /// Gives each buffer a place: one that stays to what is written before the first run or read after a run.
    private void bind(Plan plan, Set<Buffer> variables) {
        Program program = plan.program();
        int end = program.steps().size();
        Map<Buffer, Arena.Lifetime> lives = new LinkedHashMap<>();
        program.constants().keySet().forEach(view -> stays(view.buffer(), end, lives));
        plan.inputs().values().forEach(view -> stays(view.buffer(), end, lives));
        plan.outputs().values().forEach(view -> stays(view.buffer(), end, lives));
        program.once().forEach(once -> once.touched().forEach(buffer -> stays(buffer, end, lives)));
        for (int i = 0; i < end; i++) {
            for (Buffer buffer : program.steps().get(i).touched()) {
                int step = i;
                lives.merge(buffer, new Arena.Lifetime(buffer.size(), step, step), (known, _) -> new Arena.Lifetime(
                        known.size(), known.first(), Math.max(known.last(), step)));
            }
        }
        lives.keySet().removeAll(variables);
        for (DataType type : TYPES) {
            List<Buffer> buffers = lives.keySet().stream().filter(buffer -> buffer.type() == type).toList();
            Arena arena = Arena.place(buffers.stream().map(lives::get).toList(), ALIGNMENT);
            Memory memory = session.allocate(type, arena.size());
            memories.add(memory);
            for (int b = 0; b < buffers.size(); b++) {
                buffers.get(b).bind(memory, arena.offset(b));
            }
        }
    }

    private static void stays(Buffer buffer, int end, Map<Buffer, Arena.Lifetime> lives) {
        lives.put(buffer, new Arena.Lifetime(buffer.size(), 0, end));
    }
}
