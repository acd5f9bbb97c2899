package org.intarsia.backends.opencl;

import static org.jocl.CL.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jocl.Pointer;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/// The way of an input's numbers to their place on the device: through one of two buffers of the device in turn, by a queue
/// of its own, so that they can be written while the device still computes with what came before.
final class Upload {

    private final Queue queue;
    private final cl_mem memory;
    private final long offset;
    private final int count;
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
    /// @param offset where the numbers begin in the memory
    Upload(Queue queue, cl_mem memory, int offset, int count) {
        this.queue = queue;
        this.memory = memory;
        this.offset = offset;
        this.count = count;
        numbers = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        pointer = Pointer.to(numbers);
        staging = new Staging[] {new Staging(queue.allocate(count)), new Staging(queue.allocate(count))};
    }

    /// Returns how many bytes go over the bus.
    long bytes() {
        return (long) count * Float.BYTES;
    }

    void write(double[] values) {
        Staging next = staging[turn];
        turn = 1 - turn;
        next.await();
        for (int i = 0; i < count; i++) {
            numbers.put(i, (float) values[i]);
        }
        queue.send(next.memory, count, pointer);
        clEnqueueCopyBuffer(queue.commands(), next.memory, memory, 0, offset * Float.BYTES, bytes(), 0, null,
                next.taken[0]);
        next.pending = true;
    }

    void close() {
        for (Staging each : staging) {
            each.await();
            queue.release(each.memory, count);
        }
    }
}
