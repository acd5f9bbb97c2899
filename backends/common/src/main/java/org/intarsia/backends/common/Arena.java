package org.intarsia.backends.common;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.intarsia.api.backend.InsufficientMemoryException;

/// Places values in one array so that two that live at the same time never overlap: the largest first, each at the lowest
/// free offset (the greedy order by size of Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference",
/// arXiv 2001.03288, section 5.2).
public final class Arena {

    /// A value that needs room.
    ///
    /// @param size in elements
    /// @param first the step that writes it
    /// @param last the last step that reads it
    public record Lifetime(int size, int first, int last) {}

    /// The longest array that every virtual machine has.
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final int[] offsets;
    private final int size;

    private Arena(int[] offsets, int size) {
        this.offsets = offsets;
        this.size = size;
    }

    /// Places all values.
    ///
    /// @param alignment every offset is a multiple of it, in elements
    /// @throws InsufficientMemoryException if they do not fit one array
    public static Arena place(List<Lifetime> lifetimes, int alignment) {
        int[] offsets = new int[lifetimes.size()];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < lifetimes.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt((Integer i) -> -lifetimes.get(i).size()).thenComparingInt(i -> i));
        List<Integer> placed = new ArrayList<>();
        int end = 0;
        for (int i : order) {
            Lifetime value = lifetimes.get(i);
            long room = (long) Math.ceilDiv(value.size, alignment) * alignment;
            int offset = 0;
            for (int other : placed) {
                Lifetime neighbour = lifetimes.get(other);
                boolean together = value.first <= neighbour.last && neighbour.first <= value.last;
                if (together && offset + room > offsets[other]
                        && offset < offsets[other] + Math.ceilDiv(neighbour.size, alignment) * alignment) {
                    offset = offsets[other] + Math.ceilDiv(neighbour.size, alignment) * alignment;
                }
            }
            offsets[i] = offset;
            if (offset + room > LARGEST) {
                throw new InsufficientMemoryException("the values of one run need more than " + LARGEST
                        + " numbers at a time, the most that one array can have");
            }
            end = Math.max(end, (int) (offset + room));
            int at = 0;
            while (at < placed.size() && offsets[placed.get(at)] <= offset) {
                at++;
            }
            placed.add(at, i);
        }
        return new Arena(offsets, end);
    }

    /// Returns where a value lies.
    public int offset(int value) {
        return offsets[value];
    }

    /// Returns the number of elements of the array.
    public int size() {
        return size;
    }
}
