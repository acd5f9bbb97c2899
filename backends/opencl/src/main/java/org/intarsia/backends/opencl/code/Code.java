package org.intarsia.backends.opencl.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.intarsia.backends.opencl.plan.Region;
import org.intarsia.backends.opencl.plan.Schedule;

/// The code of a graph and its launches. A launch has a description, which tells each work-group what it has to do: the first
/// group of its region, the function that computes it, and where the region's numbers are. Regions with the same code share a function, launches
/// with the same functions a kernel.
public final class Code {

    private final int lanes;
    private final int rows;
    private final Memory memory;
    private final Faults faults;
    private final List<Integer> description = new ArrayList<>();
    private final Map<String, String> functions = new LinkedHashMap<>();
    private final Map<List<String>, String> kernels = new LinkedHashMap<>();
    private final List<Launch> once;
    private final List<Launch> steps;

    /// Writes the code.
    ///
    /// @param lanes how many work-items share a row that is more than single numbers
    /// @param rows how many rows a work-group computes if each work-item has a row of its own
    public Code(Schedule schedule, Memory memory, Faults faults, int lanes, int rows) {
        this.lanes = lanes;
        this.rows = rows;
        this.memory = memory;
        this.faults = faults;
        once = launches(schedule.once());
        steps = launches(schedule.steps());
    }

    /// Returns what is launched when the graph is compiled.
    public List<Launch> once() {
        return once;
    }

    /// Returns what is launched in every run.
    public List<Launch> steps() {
        return steps;
    }

    /// Returns the descriptions of all launches.
    public int[] description() {
        return description.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Returns the program.
    public String source() {
        StringBuilder source = new StringBuilder(Prelude.SOURCE);
        functions.forEach((body, name) -> source.append(Prelude.FUNCTION.formatted(name, body)));
        kernels.forEach((names, kernel) -> {
            StringBuilder calls = new StringBuilder();
            for (int i = 0; i < names.size(); i++) {
                calls.append("    ").append(i == 0 ? "" : "else ")
                        .append(i == names.size() - 1 ? "" : "if (job[1] == " + i + ") ")
                        .append(names.get(i)).append("(V, A, E, d, S, g, l, L);\n");
            }
            source.append(Prelude.KERNEL.formatted(kernel, calls));
        });
        return source.toString();
    }

    private List<Launch> launches(List<List<Region>> levels) {
        List<Launch> launches = new ArrayList<>();
        for (List<Region> level : levels) {
            List<Body> bodies = level.stream().map(region -> BodyWriter.write(region, memory, faults, lanes)).toList();
            launch(bodies.stream().filter(body -> !body.perItem()).toList(), lanes, launches);
            launch(bodies.stream().filter(Body::perItem).toList(), rows, launches);
        }
        return launches;
    }

    private void launch(List<Body> bodies, int items, List<Launch> launches) {
        if (bodies.isEmpty()) {
            return;
        }
        List<String> names = bodies.stream().map(body -> functions.computeIfAbsent(body.source(),
                _ -> "f" + functions.size())).distinct().toList();
        String kernel = kernels.computeIfAbsent(names, _ -> "k" + kernels.size());
        List<Integer> jobs = new ArrayList<>();
        int local = 1;
        for (Body body : bodies) {
            int numbers = description.size();
            description.addAll(body.numbers());
            int job = description.size();
            description.addAll(List.of(jobs.size(), names.indexOf(functions.get(body.source())), numbers));
            jobs.addAll(Collections.nCopies(body.perItem() ? Math.ceilDiv(body.rows(), rows) : body.rows(), job));
            local = Math.max(local, body.local());
        }
        launches.add(new Launch(kernel, description.size(), jobs.size(), items, local));
        description.addAll(jobs);
    }
}
