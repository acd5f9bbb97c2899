package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.intarsia.api.backend.Executable;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Op;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;
import org.intarsia.backends.common.Named;
import org.intarsia.backends.opencl.code.Code;
import org.intarsia.backends.opencl.code.Faults;
import org.intarsia.backends.opencl.code.Launch;
import org.intarsia.backends.opencl.code.Memory;
import org.intarsia.backends.opencl.code.Place;
import org.intarsia.backends.opencl.code.TileWriter;
import org.intarsia.backends.opencl.plan.Nodes;
import org.intarsia.backends.opencl.plan.Schedule;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/// A graph as a program with its launches. A run hands all of them to the device and waits for none, unless the device has
/// to say whether an index was out of its axis.
final class OpenClExecutable implements Executable {

    /// More of a work-group's memory than this would leave a GPU with too few groups at a time.
    private static final int LOCAL = 8192;

    private final Queue queue;
    private final Faults faults = new Faults();
    private final Map<cl_mem, Long> memories = new LinkedHashMap<>();
    private final cl_mem memory;
    private final cl_mem reports;
    private final cl_mem description;
    private final cl_program program;
    private final List<Enqueued> steps = new ArrayList<>();
    private final List<Enqueued> all = new ArrayList<>();
    private final Map<String, Tensor> inputs;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();
    private final Map<String, Download> downloads = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private final Map<String, IndexOutOfBoundsException> wrong = new TreeMap<>();
    private final int[] report = new int[2];
    private final Pointer reported = Pointer.to(report);

    /// The last launch of each of two runs in turn: the host is never more than two runs ahead of the device.
    private final cl_event[][] ends = {{new cl_event()}, {new cl_event()}};
    private final boolean[] pending = new boolean[ends.length];
    private int turn;

    /// A launch with all that it takes to enqueue it.
    private static final class Enqueued {

        private final cl_kernel kernel;
        private final long[] global;
        private final long[] group;

        Enqueued(cl_kernel kernel, Launch launch) {
            this.kernel = kernel;
            this.global = new long[] {launch.groups() * launch.items()};
            this.group = new long[] {launch.items()};
        }
    }

    OpenClExecutable(Graph graph, OpenClSession session, Queue queue, int lanes) {
        this.queue = queue;
        this.inputs = graph.inputs();
        Schedule schedule = Schedule.of(graph, lanes == TileWriter.ITEMS);
        int limit = (int) Math.min(LOCAL, queue.device().local() / Float.BYTES);
        Memory places = new Memory(schedule, limit, lanes == 1 ? 0 : lanes, session::offset);
        Code code = new Code(schedule, places, faults, lanes, queue.device().items());
        memory = allocate(places.size());
        reports = allocate(2);
        queue.write(reports, 0, 2, Pointer.to(report));
        int[] numbers = code.description();
        description = allocate(numbers.length);
        queue.write(description, 0, numbers.length, Pointer.to(numbers));
        program = clCreateProgramWithSource(queue.context(), 1, new String[] {code.source()}, null, null);
        clBuildProgram(program, 0, null, "-cl-std=CL1.2", null, null);
        List<Enqueued> once = code.once().stream().map(launch -> prepare(launch, session.memory())).toList();
        code.steps().forEach(launch -> steps.add(prepare(launch, session.memory())));
        all.addAll(once);
        all.addAll(steps);
        transfers(graph, schedule, places);
        once.forEach(this::enqueue);
    }

    private cl_mem allocate(long numbers) {
        cl_mem allocated = queue.allocate(numbers);
        memories.put(allocated, numbers);
        return allocated;
    }

    private Enqueued prepare(Launch launch, cl_mem variables) {
        cl_kernel kernel = clCreateKernel(program, launch.kernel(), null);
        clSetKernelArg(kernel, 0, Sizeof.cl_mem, Pointer.to(variables));
        clSetKernelArg(kernel, 1, Sizeof.cl_mem, Pointer.to(memory));
        clSetKernelArg(kernel, 2, Sizeof.cl_mem, Pointer.to(reports));
        clSetKernelArg(kernel, 3, Sizeof.cl_mem, Pointer.to(description));
        clSetKernelArg(kernel, 4, Sizeof.cl_int, Pointer.to(new int[] {launch.base()}));
        clSetKernelArg(kernel, 5, (long) launch.local() * Float.BYTES, null);
        return new Enqueued(kernel, launch);
    }

    /// Fills in what is constant, and plans the ways of the inputs that are needed and of the outputs.
    private void transfers(Graph graph, Schedule schedule, Memory places) {
        for (Tensor node : schedule.live()) {
            if (!Nodes.isGiven(node) || !(places.place(node) instanceof Place.Arena(int offset))) {
                continue;
            }
            if (node.op() instanceof Op.Input(String name, _, _)) {
                uploads.put(name, new Upload(queue, memory, offset, node.count()));
                missing.add(name);
            } else if (node.op() instanceof Op.Constant(Values values, _, _)) {
                float[] numbers = new float[values.count()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) values.get(i);
                }
                queue.write(memory, offset, numbers.length, Pointer.to(numbers));
            }
        }
        graph.outputs().forEach((name, output) -> {
            Tensor node = Named.find(schedule.outputs(), "output", name);
            if (places.place(node) instanceof Place.Arena(int offset)) {
                downloads.put(name, new Download(queue, memory, offset, output.order(), node.axes()));
            }
        });
    }

    /// An input that nothing needs takes values, too; they stay here.
    @Override
    public void write(String input, double[] values) {
        Named.checkCount("the input '" + input + "'", Named.find(inputs, "input", input).count(), values);
        Upload upload = uploads.get(input);
        if (upload == null) {
            return;
        }
        upload.write(values);
        missing.remove(input);
        Optional<IndexOutOfBoundsException> error = faults.of(input, values);
        if (error.isPresent()) {
            wrong.put(input, error.get());
        } else {
            wrong.remove(input);
        }
    }

    @Override
    public void run() {
        if (!missing.isEmpty()) {
            throw new IllegalStateException("these inputs were never written: " + missing);
        }
        if (!wrong.isEmpty()) {
            throw wrong.values().iterator().next();
        }
        await(turn);
        for (Enqueued step : steps) {
            enqueue(step);
        }
        clEnqueueMarkerWithWaitList(queue.commands(), 0, null, ends[turn][0]);
        pending[turn] = true;
        turn = 1 - turn;
        clFlush(queue.commands());
        if (faults.onDevice()) {
            check();
        }
    }

    private void await(int run) {
        if (pending[run]) {
            clWaitForEvents(1, ends[run]);
            clReleaseEvent(ends[run][0]);
            pending[run] = false;
        }
    }

    private void enqueue(Enqueued launch) {
        clEnqueueNDRangeKernel(queue.commands(), launch.kernel, 1, null, launch.global, launch.group, 0, null,
                null);
    }

    private void check() {
        queue.read(reports, 0, 2, reported);
        if (report[0] != 0) {
            IndexOutOfBoundsException error = faults.reported(report[0]).outside(report[1]);
            report[0] = 0;
            queue.write(reports, 0, 2, reported);
            throw error;
        }
    }

    @Override
    public String plan() {
        return String.format(Locale.ROOT, "launches: %d, bytes to the device: %d, from it: %d", steps.size(),
                uploads.values().stream().mapToLong(Upload::bytes).sum(),
                faults.onDevice() ? (long) report.length * Float.BYTES : 0);
    }

    @Override
    public void read(String output, double[] values) {
        Download download = Named.find(downloads, "output", output);
        Named.checkCount("the output '" + output + "'", download.count(), values);
        download.read(values);
    }

    /// Takes another array for the variables.
    void bind(cl_mem variables) {
        all.forEach(launch -> clSetKernelArg(launch.kernel, 0, Sizeof.cl_mem, Pointer.to(variables)));
    }

    void close() {
        await(0);
        await(1);
        clFinish(queue.commands());
        uploads.values().forEach(Upload::close);
        all.forEach(launch -> clReleaseKernel(launch.kernel));
        clReleaseProgram(program);
        memories.forEach(queue::release);
    }
}
