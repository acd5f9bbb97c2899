package org.intarsia.runner.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// Several position encodings in one model, such as an absolute and a relative one: at each place, one after the other acts,
/// in a scope of its own name.
///
/// @param parts by name, in their order
public record Combined(SequencedMap<String, PositionEncoding> parts) implements PositionEncoding {

    /// Copies the map.
    public Combined {
        parts = new LinkedHashMap<>(parts);
    }

    @Override
    public Tensor input(Tensor x, Positions at, Scope scope) {
        return chain(x, scope, (part, before, s) -> part.input(before, at, s));
    }

    @Override
    public Tensor rotate(Tensor queriesOrKeys, Positions.Role role, Positions at, Scope scope) {
        return chain(queriesOrKeys, scope, (part, before, s) -> part.rotate(before, role, at, s));
    }

    @Override
    public Tensor scores(Tensor scores, Tensor queries, Tensor keys, Positions at, Scope scope) {
        return chain(scores, scope, (part, before, s) -> part.scores(before, queries, keys, at, s));
    }

    @Override
    public Tensor values(Tensor output, Tensor weights, Positions at, Scope scope) {
        return chain(output, scope, (part, before, s) -> part.values(before, weights, at, s));
    }

    /// One of the four places.
    private interface Place {
        Tensor act(PositionEncoding part, Tensor before, Scope scope);
    }

    private Tensor chain(Tensor start, Scope scope, Place place) {
        Tensor result = start;
        for (Map.Entry<String, PositionEncoding> part : parts.entrySet()) {
            Tensor before = result;
            result = scope.within(part.getKey(), s -> place.act(part.getValue(), before, s));
        }
        return result;
    }
}
