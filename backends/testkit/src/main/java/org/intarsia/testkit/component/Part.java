package org.intarsia.testkit.component;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;

/// One use of a component in a model.
///
/// @param where what it is, for messages
/// @param inputs what it reads
/// @param result the axes that it promises
/// @param body makes the component and writes it
record Part(String where, List<Field> inputs, List<Axis> result, Body body) {

    /// Writes the part into a graph.
    @FunctionalInterface
    interface Body {
        Tensor write(Inputs inputs, Scope scope);
    }

    /// What a part reads, by name.
    record Inputs(Map<String, Tensor> tensors) {

        Tensor get(String name) {
            return Objects.requireNonNull(tensors.get(name), name);
        }

        /// Returns the coordinates that are among them.
        Map<Coordinate, Positions> coordinates() {
            Map<Coordinate, Positions> coordinates = new EnumMap<>(Coordinate.class);
            for (Coordinate coordinate : Coordinate.values()) {
                Tensor given = tensors.get(Field.name(coordinate));
                if (given != null) {
                    coordinates.put(coordinate, Positions.along(given));
                }
            }
            return coordinates;
        }

        /// Returns these inputs, all of them changed.
        Inputs change(UnaryOperator<Tensor> change) {
            Map<String, Tensor> changed = new HashMap<>();
            tensors.forEach((name, tensor) -> changed.put(name, change.apply(tensor)));
            return new Inputs(changed);
        }

        /// Returns these inputs with one of them changed.
        Inputs change(String name, UnaryOperator<Tensor> change) {
            Map<String, Tensor> changed = new HashMap<>(tensors);
            changed.put(name, change.apply(get(name)));
            return new Inputs(changed);
        }
    }

    /// Returns what is written by another body that promises other axes.
    Part with(List<Axis> otherResult, Body otherBody) {
        return new Part(where, inputs, otherResult, otherBody);
    }
}
