package org.intarsia.backends.cpu;

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
import org.intarsia.backends.cpu.kernel.Buffer;
import org.intarsia.backends.cpu.kernel.Kernel;
import org.intarsia.backends.cpu.kernel.Vectors;

/// A planned graph with its memory: one array for what lives within a step, placed by lifetimes, and one for what stays.
final class CpuExecutable implements Executable {

    private static final int ALIGNMENT = 16;

    final Kernel[] steps;
    private final Threads threads;
    private final Map<String, Transfer> inputs = new LinkedHashMap<>();
    private final Map<String, Transfer> outputs = new LinkedHashMap<>();

    CpuExecutable(Graph graph, Plan plan, Set<Buffer> variables, Threads threads) {
        this.steps = plan.steps().toArray(Kernel[]::new);
        this.threads = threads;
        Set<Buffer> lasting = new HashSet<>();
        plan.inputs().values().forEach(view -> lasting.add(view.buffer()));
        plan.outputs().values().forEach(view -> lasting.add(view.buffer()));
        plan.constants().keySet().forEach(view -> lasting.add(view.buffer()));
        plan.once().forEach(kernel -> lasting.addAll(kernel.writes()));
        lasting.removeAll(variables);
        bind(lasting, variables);
        plan.constants().forEach((view, filling) -> new Transfer("a constant", filling.axes(), view)
                .write(filling.values().toArray()));
        plan.once().forEach(threads::run);
        graph.inputs().forEach((name, input) -> inputs.put(name,
                new Transfer("the input '" + name + "'", input.axes(), Named.find(plan.inputs(), "input", name))));
        graph.outputs().forEach((name, output) -> outputs.put(name,
                new Transfer("the output '" + name + "'", output.order(), Named.find(plan.outputs(), "output", name))));
    }

    @Override
    public void write(String input, double[] values) {
        Named.find(inputs, "input", input).write(values);
    }

    @Override
    public void run() {
        for (Kernel step : steps) {
            threads.run(step);
        }
    }

    @Override
    public void read(String output, double[] values) {
        Named.find(outputs, "output", output).read(values);
    }

    private void bind(Set<Buffer> lasting, Set<Buffer> variables) {
        Map<Buffer, int[]> lives = new LinkedHashMap<>();
        for (int step = 0; step < steps.length; step++) {
            List<Buffer> touched = new ArrayList<>(steps[step].writes());
            touched.addAll(steps[step].reads());
            for (Buffer buffer : touched) {
                if (!variables.contains(buffer) && !lasting.contains(buffer)) {
                    lives.computeIfAbsent(buffer, _ -> new int[] {Integer.MAX_VALUE, 0});
                    int[] life = lives.getOrDefault(buffer, new int[2]);
                    life[0] = Math.min(life[0], step);
                    life[1] = step;
                }
            }
        }
        Map<Buffer, Buffer> replaced = replace(lives);
        List<Arena.Lifetime> passing = new ArrayList<>();
        lives.forEach((buffer, life) -> passing.add(new Arena.Lifetime(buffer.size(), life[0], life[1])));
        place(List.copyOf(lives.keySet()), passing);
        replaced.forEach((buffer, old) -> buffer.bind(old.data(), old.start()));
        List<Arena.Lifetime> staying = new ArrayList<>();
        lasting.forEach(buffer -> staying.add(new Arena.Lifetime(buffer.size(), 0, 0)));
        place(List.copyOf(lasting), staying);
    }

    /// Lets results take the place of operands that nothing reads later: their lives become one.
    ///
    /// @return the buffer of each result that does, and the one whose place it takes, each after those that it depends on
    private Map<Buffer, Buffer> replace(Map<Buffer, int[]> lives) {
        Map<Buffer, Buffer> replaced = new LinkedHashMap<>();
        for (int step = 0; step < steps.length; step++) {
            for (Buffer operand : steps[step].replaceable()) {
                Buffer result = steps[step].writes().getFirst();
                Buffer place = replaced.getOrDefault(operand, operand);
                int[] old = lives.get(place);
                int[] life = lives.get(result);
                if (old != null && life != null && old[1] == step && life[0] == step) {
                    old[1] = life[1];
                    lives.remove(result);
                    replaced.put(result, place);
                }
            }
        }
        return replaced;
    }

    private static void place(List<Buffer> buffers, List<Arena.Lifetime> lifetimes) {
        Arena arena = Arena.place(lifetimes, ALIGNMENT);
        float[] array = Vectors.room(arena.size());
        for (int i = 0; i < buffers.size(); i++) {
            buffers.get(i).bind(array, Vectors.FIRST + arena.offset(i));
        }
    }
}
