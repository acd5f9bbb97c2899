package org.intarsia.backends.opencl;

import java.util.List;
import org.intarsia.api.graph.Axis;
import org.jocl.Pointer;
import org.jocl.cl_mem;

/// The way of an output's numbers from their place on the device to the caller.
final class Download {

    private final Queue queue;
    private final cl_mem memory;
    private final int offset;
    private final int[] places;
    private final float[] numbers;
    private final Pointer pointer;

    /// Plans the way.
    ///
    /// @param offset where the numbers begin in the memory
    /// @param order the caller's order of the axes
    /// @param kept the device's
    Download(Queue queue, cl_mem memory, int offset, List<Axis> order, List<Axis> kept) {
        this.queue = queue;
        this.memory = memory;
        this.offset = offset;
        places = places(order, kept);
        numbers = new float[places.length];
        pointer = Pointer.to(numbers);
    }

    /// Returns where each of the caller's numbers is among the device's.
    private static int[] places(List<Axis> order, List<Axis> kept) {
        int[] strides = new int[order.size()];
        for (int i = 0; i < strides.length; i++) {
            int stride = 1;
            for (int j = kept.size() - 1; !kept.get(j).name().equals(order.get(i).name()); j--) {
                stride *= kept.get(j).size();
            }
            strides[i] = stride;
        }
        int[] places = new int[Axis.count(order)];
        for (int i = 0; i < places.length; i++) {
            int rest = i;
            for (int a = strides.length - 1; a >= 0; a--) {
                places[i] += rest % order.get(a).size() * strides[a];
                rest /= order.get(a).size();
            }
        }
        return places;
    }

    int count() {
        return places.length;
    }

    void read(double[] values) {
        queue.read(memory, offset, numbers.length, pointer);
        for (int i = 0; i < places.length; i++) {
            values[i] = numbers[places[i]];
        }
    }
}
