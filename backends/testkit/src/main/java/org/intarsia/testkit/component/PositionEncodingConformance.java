package org.intarsia.testkit.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Positions;
import org.intarsia.api.component.Positions.Role;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.Scope;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;

/// The suite for position encodings: each place at which an encoding may act is checked by itself.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract non-sealed class PositionEncodingConformance<C extends Record, F extends PositionEncodingFactory<C>>
        extends
            ModelPartConformance<C, F> {

    /// Creates the suite.
    protected PositionEncodingConformance() {
        super(PositionEncodingFactory.class);
    }

    /// A part of a sequence, shown with its positions, becomes what it becomes within the whole: the encoding goes by the
    /// positions that it is given, not by the place in the tensor. Cached generation depends on it.
    @Test
    public final void goesByThePositionsThatItIsGiven() {
        everyFit((config, shape) -> {
            for (Place place : Place.values()) {
                for (Window window : windows(shape.length())) {
                    Part whole = part(place, config, shape);
                    List<Axis> some = whole.result().stream()
                            .map(axis -> axis.name().equals(place.along) ? axis.sized(window.size) : axis).toList();
                    Part alone = whole.with(some,
                            (inputs, scope) -> place.write(create(config, shape), inputs, window, scope));
                    Part within =
                            whole.with(some, (inputs, scope) -> whole.body().write(inputs, scope).slice(place.along,
                                    window.from, window.size));
                    try (Trial one = new Trial(alone, List.of(), List.of(), false);
                            Trial all = new Trial(within, List.of(), List.of(), false)) {
                        assertSame(
                                whole.where() + ": positions " + window.from + " to " + (window.from + window.size - 1)
                                        + ", alone",
                                one.result(), all.result());
                    }
                }
            }
        });
    }

    @Override
    final PositionEncoding create(C config, ModelShape shape) {
        return factory().create(config, shape);
    }

    @Override
    final List<Part> parts(C config, ModelShape shape) {
        return Arrays.stream(Place.values()).map(place -> part(place, config, shape)).toList();
    }

    private Part part(Place place, C config, ModelShape shape) {
        Window all = new Window(0, shape.length());
        return new Part(factory().name() + " " + config + " at " + shape + ", " + place.method, place.inputs(shape),
                place.result(shape), (inputs, scope) -> place.write(create(config, shape), inputs, all, scope));
    }

    private static List<Window> windows(int length) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            windows.add(new Window(i, 1));
        }
        windows.add(new Window(length / 2, length - length / 2));
        return windows;
    }

    /// Some positions of the sequence.
    private record Window(int from, int size) {

        Tensor of(Tensor x, String axis) {
            return x.slice(axis, from, size);
        }
    }

    /// Where an encoding may act.
    private enum Place {
        INPUT("input", Axes.TIME), QUERIES("rotate of queries", Axes.QUERY), KEYS("rotate of keys", Axes.KEY), SCORES(
                "scores", Axes.QUERY),
        VALUES("values", Axes.QUERY);

        private final String method;
        private final String along;

        Place(String method, String along) {
            this.method = method;
            this.along = along;
        }

        List<Axis> result(ModelShape shape) {
            Axis time = new Axis(Axes.TIME, shape.length());
            Axis head = new Axis(Axes.HEAD, shape.heads());
            Axis channel = new Axis(Axes.CHANNEL, shape.channels());
            return switch (this) {
                case INPUT -> List.of(time, new Axis(Axes.WIDTH, shape.width()));
                case QUERIES, VALUES -> List.of(head, time.named(Axes.QUERY), channel);
                case KEYS -> List.of(head, time.named(Axes.KEY), channel);
                case SCORES -> List.of(head, time.named(Axes.QUERY), time.named(Axes.KEY));
            };
        }

        List<Field> inputs(ModelShape shape) {
            Axis time = new Axis(Axes.TIME, shape.length());
            List<Field> inputs = new ArrayList<>(List.of(Field.positions(time), Field.positions(time.named(Axes.QUERY)),
                    Field.positions(time.named(Axes.KEY)), Field.normal("x", 1, result(shape).toArray(Axis[]::new))));
            inputs.addAll(Field.coordinates(shape));
            if (this == SCORES) {
                inputs.add(Field.normal("queries", 1, QUERIES.result(shape).toArray(Axis[]::new)));
                inputs.add(Field.normal("keys", 1, KEYS.result(shape).toArray(Axis[]::new)));
            }
            if (this == VALUES) {
                inputs.add(Field.normal("weights", 1, SCORES.result(shape).toArray(Axis[]::new)));
            }
            return inputs;
        }

        Tensor write(PositionEncoding encoding, Part.Inputs inputs, Window window, Scope scope) {
            Map<Coordinate, Positions> coordinates = inputs.coordinates();
            coordinates.replaceAll((_, whole) -> shown(whole.time(), whole.query(), whole.key(), window, Map.of()));
            Positions at = shown(inputs.get(Axes.TIME), inputs.get(Axes.QUERY), inputs.get(Axes.KEY), window,
                    coordinates);
            Tensor x = window.of(inputs.get("x"), along);
            return switch (this) {
                case INPUT -> encoding.input(x, at, scope);
                case QUERIES -> encoding.rotate(x, Role.QUERY, at, scope);
                case KEYS -> encoding.rotate(x, Role.KEY, at, scope);
                case SCORES ->
                    encoding.scores(x, window.of(inputs.get("queries"), Axes.QUERY), inputs.get("keys"), at, scope);
                case VALUES -> encoding.values(x, window.of(inputs.get("weights"), Axes.QUERY), at, scope);
            };
        }

        /// Shows some positions: of the keys all but where the keys themselves are what is shown.
        private Positions shown(Tensor time, Tensor query, Tensor key, Window window,
                Map<Coordinate, Positions> coordinates) {
            return new Positions(window.of(time, Axes.TIME), window.of(query, Axes.QUERY),
                    this == KEYS ? window.of(key, Axes.KEY) : key, coordinates);
        }
    }
}
