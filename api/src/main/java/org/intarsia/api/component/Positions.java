package org.intarsia.api.component;

import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;

/// Where the tokens stand: the position of each as an integer, along the sequence and along both sides of attention.
///
/// @param time {time}
/// @param query {query}
/// @param key {key}
public record Positions(Tensor time, Tensor query, Tensor key) {

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
