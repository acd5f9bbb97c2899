package org.intarsia.backends.cpu.kernel;

import java.util.List;
import java.util.Set;
import org.intarsia.api.graph.Axis;

/// The part of a tensor that matters: at position i of one axis, the first `counts(i)` positions of another. Under a causal
/// mask that is half of all queries and keys.
///
/// A tensor that is 0 elsewhere is kept as 0 up to a multiple of [LaneProduct#TILE] rows and columns, so that products may
/// read whole tiles; what lies further out is never read, and may be anything.
///
/// @param by the name of the axis on which the number depends
/// @param along the name of the axis that it counts
/// @param size how long that axis is
/// @param counts never decreasing
public record Triangle(String by, String along, int size, List<Integer> counts) {

    /// Where an operand of a product that is 0 outside a triangle stands in it.
    public enum Place {
        /// It has a row for each position of `by`, and `along` is summed.
        ROWS,
        /// It has a row for each position of `along`, and `by` is summed.
        STEPS,
        /// The product does not see the triangle.
        NONE
    }

    /// Returns where an operand stands in a product.
    ///
    /// @param axes of the operand
    /// @param others the axes of the other operand
    /// @param summed what the product sums over
    /// @param lanes the lanes' axis
    public Place place(List<Axis> axes, List<Axis> others, Set<String> summed, String lanes) {
        List<String> other = others.stream().map(Axis::name).toList();
        List<String> rows = axes.stream().map(Axis::name).filter(name -> !other.contains(name)).toList();
        if (summed.contains(lanes) || !other.contains(lanes) || axes.stream().noneMatch(a -> a.name().equals(lanes))) {
            return Place.NONE;
        } else if (rows.equals(List.of(by)) && summed.equals(Set.of(along))) {
            return Place.ROWS;
        } else if (rows.equals(List.of(along)) && summed.equals(Set.of(by))) {
            return Place.STEPS;
        }
        return Place.NONE;
    }

    /// Returns how many positions of `along` are kept as 0 or computed at a position of `by`: whole tiles.
    int reach(int position) {
        int last = Math.min(counts.size(), (position / LaneProduct.TILE + 1) * LaneProduct.TILE) - 1;
        return Math.min(size, Math.ceilDiv(counts.get(last), LaneProduct.TILE) * LaneProduct.TILE);
    }

    /// Returns the first position of `by` to which a position of `along` matters.
    int first(int position) {
        int first = 0;
        while (first < counts.size() && counts.get(first) <= position) {
            first++;
        }
        return first;
    }
}
