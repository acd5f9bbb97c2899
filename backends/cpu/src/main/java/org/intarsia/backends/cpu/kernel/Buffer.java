package org.intarsia.backends.cpu.kernel;

/// Room for values: a part of an array that is known once the plan is complete. Real numbers, integers and truth values
/// are all kept as `float`.
public final class Buffer {

    private final int size;
    private float[] data = new float[0];
    private int start;

    /// Creates a buffer without an array.
    ///
    /// @param size in elements
    public Buffer(int size) {
        this.size = size;
    }

    /// Gives the buffer its place.
    public void bind(float[] array, int offset) {
        data = array;
        start = offset;
    }

    /// Returns the number of elements.
    public int size() {
        return size;
    }

    /// Returns the array.
    public float[] data() {
        return data;
    }

    /// Returns where in the array the buffer starts.
    public int start() {
        return start;
    }
}
