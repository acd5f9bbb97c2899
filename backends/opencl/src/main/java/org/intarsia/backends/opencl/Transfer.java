package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.intarsia.api.graph.Axis;
import org.jocl.Pointer;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/// The way of numbers between the caller and a place on the device. What is written goes through one of two buffers of the
/// device in turn, by a queue of its own: it can be written while the device still computes with what came before.
final class Transfer {

    private final String what;
    private final Queue queue;
    private final cl_mem memory;
    private final long offset;
    private final int count;
    private final int[] order;
    private final FloatBuffer numbers;
    private final Pointer pointer;
    private final Staging[] staging;
    private int turn;

    /// One of the buffers.
    private static final class Staging {

        private final cl_mem memory;
        private final cl_event[] taken = {new cl_event()};
        private boolean pending;

        Staging(cl_mem memory) {
            this.memory = memory;
        }

        /// Waits until the device has taken what was written last.
        void await() {
            if (pending) {
                clWaitForEvents(1, taken);
                clReleaseEvent(taken[0]);
                pending = false;
            }
        }
    }

    /// Plans the way.
    ///
    /// @param what named when the number of values is another
    /// @param order the caller's order of the axes
    /// @param kept the device's
    Transfer(String what, List<Axis> order, List<Axis> kept, Queue queue, cl_mem memory, int offset) {
        this.what = what;
        this.queue = queue;
        this.memory = memory;
        this.offset = offset;
        this.count = Axis.count(order);
        this.order = indices(order, kept);
        this.numbers = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        this.pointer = Pointer.to(numbers);
        this.staging = new Staging[] {new Staging(queue.allocate(count)), new Staging(queue.allocate(count))};
    }

    /// Returns where each of the caller's numbers is among the device's.
    private static int[] indices(List<Axis> order, List<Axis> kept) {
        int[] strides = new int[order.size()];
        for (int i = 0; i < strides.length; i++) {
            int stride = 1;
            for (int j = kept.size() - 1; !kept.get(j).name().equals(order.get(i).name()); j--) {
                stride *= kept.get(j).size();
            }
            strides[i] = stride;
        }
        int[] indices = new int[Axis.count(order)];
        for (int i = 0; i < indices.length; i++) {
            int rest = i;
            for (int a = strides.length - 1; a >= 0; a--) {
                indices[i] += rest % order.get(a).size() * strides[a];
                rest /= order.get(a).size();
            }
        }
        return indices;
    }

    void write(double[] values) {
        check(values);
        Staging next = staging[turn];
        turn = 1 - turn;
        next.await();
        for (int i = 0; i < count; i++) {
            numbers.put(order[i], (float) values[i]);
        }
        queue.send(next.memory, count, pointer);
        clEnqueueCopyBuffer(queue.commands(), next.memory, memory, 0, offset * Float.BYTES, (long) count * Float.BYTES,
                0,
                null, next.taken[0]);
        next.pending = true;
    }

    void read(double[] values) {
        check(values);
        queue.read(memory, offset, count, pointer);
        for (int i = 0; i < count; i++) {
            values[i] = numbers.get(order[i]);
        }
    }

    void close() {
        for (Staging each : staging) {
            each.await();
            queue.release(each.memory, count);
        }
    }

    private void check(double[] values) {
        if (values.length != count) {
            throw new IllegalArgumentException(what + " has " + count + " values, not " + values.length);
        }
    }
}
