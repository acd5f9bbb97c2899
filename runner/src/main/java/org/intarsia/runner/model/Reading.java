package org.intarsia.runner.model;

import static org.intarsia.api.component.Axes.TIME;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Positions;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.intarsia.api.graph.Values;

/// What a model reads, as inputs of a graph: tokens and where they stand.
///
/// The tokens stand at 0, 1, 2, … unless there are more positions than tokens: then which of them they stand at is an
/// input of its own, {time}, the same for all sequences of a batch. Coordinates are inputs too, {batch, time}, or constants
/// {time} where the task fixed them.
///
/// @param tokens integers {batch, time}
/// @param at where they stand
public record Reading(Tensor tokens, Positions at) {

    /// The input with the tokens: {batch, time}.
    public static final String TOKENS = "tokens";
    /// The input with their positions: {time}. A graph has it where [#drawsPositions] says so.
    public static final String POSITIONS = "positions";

    /// The name of the axis of sequences side by side.
    public static final String BATCH = "batch";

    /// Declares the inputs.
    ///
    /// @param batch how many sequences are read side by side
    /// @param length how many tokens of each
    public static Reading declare(Graph graph, ModelShape shape, int batch, int length) {
        Axis[] axes = axes(batch, length);
        Tensor tokens = graph.input(TOKENS, DataType.INTEGER, axes);
        Axis time = new Axis(TIME, length);
        Map<Coordinate, Positions> coordinates = new EnumMap<>(Coordinate.class);
        shape.coordinates().forEach((coordinate, layout) -> coordinates.put(coordinate, Positions.along(layout.isFixed()
                ? graph.constant(DataType.INTEGER, Values.compute(length, layout.fixed()::get), time)
                : graph.input(input(coordinate), DataType.INTEGER, axes))));
        Positions places = drawsPositions(shape, length)
                ? Positions.along(graph.input(POSITIONS, DataType.INTEGER, time))
                : Positions.first(graph, length);
        return new Reading(tokens, new Positions(places.time(), places.query(), places.key(), coordinates));
    }

    /// Returns the axes of the tokens: {batch, time}.
    public static Axis[] axes(int batch, int length) {
        return new Axis[] {new Axis(BATCH, batch), new Axis(TIME, length)};
    }

    /// Returns whether there are more positions than tokens, so that the tokens stand at some of them.
    public static boolean drawsPositions(ModelShape shape, int length) {
        return shape.length() != length;
    }

    /// Returns the coordinates that are inputs.
    public static Set<Coordinate> inputs(ModelShape shape) {
        return shape.coordinates().entrySet().stream().filter(entry -> !entry.getValue().isFixed())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /// Returns the name of the input with a coordinate: {batch, time}.
    public static String input(Coordinate coordinate) {
        return coordinate.name().toLowerCase(Locale.ROOT);
    }
}
