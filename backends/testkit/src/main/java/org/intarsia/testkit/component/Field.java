package org.intarsia.testkit.component;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.intarsia.api.component.Axes;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Values;

/// Something that a part of a model reads, with test values that depend on its name alone.
///
/// @param name unique among a part's
/// @param type what it holds
/// @param axes its axes, before any extra ones
/// @param shared whether it stays without extra axes
/// @param draw makes one of its values
record Field(String name, DataType type, List<Axis> axes, boolean shared, Draw draw) {

    private static final Seed SEED = Seed.of(11);

    /// Makes the value at an index.
    @FunctionalInterface
    interface Draw {
        double number(RandomGenerator random, int index);
    }

    /// Normal numbers.
    static Field normal(String name, double deviation, Axis... axes) {
        return new Field(name, DataType.FLOAT, List.of(axes), false, (random, _) -> deviation * random.nextGaussian());
    }

    /// Uniform integers from 0 on.
    static Field integers(String name, int bound, Axis... axes) {
        return new Field(name, DataType.INTEGER, List.of(axes), false, (random, _) -> random.nextInt(bound));
    }

    /// The positions along an axis, the same for all, under the axis's name.
    static Field positions(Axis axis) {
        return new Field(axis.name(), DataType.INTEGER, List.of(axis), true, (_, index) -> index);
    }

    /// The coordinates that tokens of a shape have, or have not: {time}, the same for all where they are fixed.
    static List<Field> coordinates(ModelShape shape) {
        List<Axis> time = List.of(new Axis(Axes.TIME, shape.length()));
        return shape.coordinates().entrySet().stream().map(entry -> {
            Layout layout = entry.getValue();
            Draw draw = layout.isFixed() ? (_, index) -> layout.fixed().get(index)
                    : (random, _) -> random.nextInt(Coordinate.NONE, layout.extent());
            return new Field(name(entry.getKey()), DataType.INTEGER, time, layout.isFixed(), draw);
        }).toList();
    }

    /// Returns the name of the field with a coordinate.
    static String name(Coordinate coordinate) {
        return coordinate.name();
    }

    /// Returns the axes with extra ones before them.
    List<Axis> axes(List<Axis> extra) {
        List<Axis> all = new ArrayList<>(shared ? List.of() : extra);
        all.addAll(axes);
        return List.copyOf(all);
    }

    /// Returns the values in the order of [#axes(List)].
    Values values(List<Axis> extra) {
        RandomGenerator random = SEED.stream(name).generator();
        return Values.compute(Axis.count(axes(extra)), i -> draw.number(random, i));
    }
}
