package org.intarsia.api.component;

import java.util.Map;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;

/// Where the tokens stand: the position of each as an integer, along the sequence and along both sides of attention.
///
/// @param time {time}
/// @param query {query}
/// @param key {key}
/// @param coordinates where the tokens stand besides, in the same form: a row, a column, a digit, or [Coordinate#NONE]
public record Positions(Tensor time, Tensor query, Tensor key, Map<Coordinate, Positions> coordinates) {

    /// Copies the map.
    public Positions {
        coordinates = Map.copyOf(coordinates);
    }

    /// Creates positions of tokens that stand nowhere besides.
    public Positions(Tensor time, Tensor query, Tensor key) {
        this(time, query, key, Map.of());
    }

    /// Returns the positions that are `time` along the sequence and along both sides of attention.
    public static Positions along(Tensor time) {
        return new Positions(time, time.rename(Axes.TIME, Axes.QUERY), time.rename(Axes.TIME, Axes.KEY));
    }

    /// Which side of attention a tensor stands on.
    public enum Role {
        /// It attends: {head, query, channel}.
        QUERY,
        /// It is attended to: {head, key, channel}.
        KEY
    }

    /// Returns the positions 0, 1, …, length − 1 of whole sequences.
    public static Positions first(Graph graph, int length) {
        return new Positions(graph.index(new Axis(Axes.TIME, length)), graph.index(new Axis(Axes.QUERY, length)),
                graph.index(new Axis(Axes.KEY, length)));
    }

    /// Returns a coordinate of the tokens, which the model's shape must have ([ModelShape#extent]).
    ///
    /// @throws IllegalArgumentException if they do not have it
    public Positions coordinate(Coordinate coordinate) {
        Positions found = coordinates.get(coordinate);
        if (found == null) {
            throw new IllegalArgumentException("the tokens have no " + coordinate + ", only " + coordinates.keySet());
        }
        return found;
    }

    /// Returns the positions on one side of attention.
    public Tensor of(Role role) {
        return switch (role) {
            case QUERY -> query;
            case KEY -> key;
        };
    }

    /// Returns how far each query is behind each key, query − key: {query, key}.
    public Tensor distance() {
        return query.like(key).sub(key);
    }
}
