package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_mem;

/// A device at work: what is handed to it is done in order.
final class Queue implements AutoCloseable {

    /// One for each device, for as long as the process lives: a driver may start a compiler for each, which takes PoCL longer
    /// than compiling a graph.
    private static final Map<cl_device_id, cl_context> CONTEXTS = new ConcurrentHashMap<>();

    private final Device device;
    private final cl_context context;
    private final cl_command_queue commands;
    private final cl_command_queue transfers;
    private long allocated;

    Queue(Device device) {
        this.device = device;
        context = CONTEXTS.computeIfAbsent(device.id(), _ -> context(device));
        commands = queue();
        transfers = queue();
    }

    private static cl_context context(Device device) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL_CONTEXT_PLATFORM, device.platformId());
        return clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, null);
    }

    /// OpenCL 2 has another way, which drivers of version 1.2 lack; this one all have.
    @SuppressWarnings("deprecation")
    private cl_command_queue queue() {
        return clCreateCommandQueue(context, device.id(), 0, null);
    }

    Device device() {
        return device;
    }

    cl_context context() {
        return context;
    }

    cl_command_queue commands() {
        return commands;
    }

    /// Returns memory for some numbers of four bytes.
    ///
    /// @throws InsufficientMemoryException if the device has not so much
    cl_mem allocate(long numbers) {
        long bytes = Math.max(1, numbers) * Float.BYTES;
        if (bytes > device.largest()) {
            throw missing(bytes, "gives at most " + gibibytes(device.largest()) + " at once");
        } else if (allocated + bytes > device.memory()) {
            throw missing(bytes,
                    "has " + gibibytes(device.memory()) + ", of which " + gibibytes(allocated) + " are taken");
        }
        try {
            cl_mem memory = clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, null, null);
            allocated += bytes;
            return memory;
        } catch (CLException e) {
            throw missing(bytes, "refused them: " + e.getMessage());
        }
    }

    private InsufficientMemoryException missing(long bytes, String why) {
        return new InsufficientMemoryException(gibibytes(bytes) + " of memory are needed at once, and the device "
                + device.name() + " " + why);
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / 0x1p30);
    }

    /// Gives memory back.
    void release(cl_mem memory, long numbers) {
        clReleaseMemObject(memory);
        allocated -= Math.max(1, numbers) * Float.BYTES;
    }

    /// Copies to the device and waits for it.
    void write(cl_mem memory, long offset, int count, Pointer from) {
        clEnqueueWriteBuffer(commands, memory, true, offset * Float.BYTES, (long) count * Float.BYTES, from, 0, null,
                null);
    }

    /// Copies to the device and waits for that alone, whatever else the device has to do.
    void send(cl_mem memory, int count, Pointer from) {
        clEnqueueWriteBuffer(transfers, memory, true, 0, (long) count * Float.BYTES, from, 0, null, null);
    }

    /// Copies from the device and waits for it.
    void read(cl_mem memory, long offset, int count, Pointer to) {
        clEnqueueReadBuffer(commands, memory, true, offset * Float.BYTES, (long) count * Float.BYTES, to, 0, null,
                null);
    }

    @Override
    public void close() {
        clFinish(commands);
        clReleaseCommandQueue(commands);
        clReleaseCommandQueue(transfers);
    }
}
