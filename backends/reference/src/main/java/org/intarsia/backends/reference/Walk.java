package org.intarsia.backends.reference;

import java.util.List;
import org.intarsia.api.graph.Axis;

/// Visits every position of some axes, the last one fastest, and knows where each of some tensors has its element there.
/// A tensor that lacks an axis has the same element all along it.
final class Walk {

    private final int[] sizes;
    private final int[][] strides;
    private final int[] position;
    private final int[] offsets;
    private int count;
    private boolean inside = true;

    Walk(List<Axis> axes, Dense... tensors) {
        sizes = axes.stream().mapToInt(Axis::size).toArray();
        position = new int[sizes.length];
        offsets = new int[tensors.length];
        strides = new int[tensors.length][sizes.length];
        for (int t = 0; t < tensors.length; t++) {
            for (int a = 0; a < sizes.length; a++) {
                strides[t][a] = tensors[t].stride(axes.get(a).name());
            }
        }
    }

    /// Returns whether there is a position here; false after the last one.
    boolean inside() {
        return inside;
    }

    /// Returns how many positions came before this one.
    int count() {
        return count;
    }

    /// Returns where a tensor has its element of this position.
    int offset(int tensor) {
        return offsets[tensor];
    }

    /// Moves on to the next position.
    void step() {
        count++;
        for (int a = sizes.length - 1; a >= 0; a--) {
            boolean carry = ++position[a] == sizes[a];
            int moved = carry ? 1 - sizes[a] : 1;
            for (int t = 0; t < offsets.length; t++) {
                offsets[t] += moved * strides[t][a];
            }
            if (!carry) {
                return;
            }
            position[a] = 0;
        }
        inside = false;
    }
}
