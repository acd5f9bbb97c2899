package org.intarsia.runner.bench;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.ModelShape;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;

/// The sizes of a training step that is measured.
///
/// @param name A8, B, … or the sizes themselves
/// @param model the sizes of the model
/// @param batch sequences in a step
public record Shape(String name, ModelShape model, int batch) {

    private static final int DIGITS = 4;

    /// The shapes that have names: two tiny models over 256 integers; makemore's defaults on names; long sequences of few
    /// symbols; a medium one; and one that keeps a processor busy.
    public static final List<Shape> NAMED = List.of(
            new Shape("A2", new ModelShape(256, 8, 2, 2, 2, 32), 32),
            new Shape("A8", new ModelShape(256, 8, 8, 2, 2, 32), 32),
            new Shape("B", new ModelShape(27, 16, 64, 4, 4, 256), 32),
            new Shape("C", new ModelShape(3, 200, 64, 4, 4, 256), 32),
            new Shape("D", new ModelShape(12, 40, 96, 4, 4, 384), 32),
            new Shape("E", new ModelShape(256, 256, 384, 6, 6, 1536), 16));

    /// The names of the sizes, in the order in which they are written.
    public static final List<String> SIZES = List.of("vocabulary", "length", "width", "layers", "heads", "feedForward",
            "batch");

    private static final String FORM = "V,T,width,layers,heads,ff,batch";

    /// Reads a shape.
    ///
    /// @param text the name of a shape, or seven numbers
    /// @throws UserError if it is neither, or no model has these sizes
    public static Shape parse(String text) {
        Optional<Shape> named = NAMED.stream().filter(shape -> shape.name.equals(text)).findFirst();
        return named.orElseGet(() -> sizes(text));
    }

    private static Shape sizes(String text) {
        List<Integer> sizes = new ArrayList<>();
        for (String size : text.split(",", -1)) {
            try {
                sizes.add(Integer.valueOf(size.strip()));
            } catch (NumberFormatException _) {
                throw unknown(text);
            }
        }
        if (sizes.size() != SIZES.size()) {
            throw unknown(text);
        }
        return of(text, sizes);
    }

    private static Shape of(String name, List<Integer> sizes) {
        if (sizes.getLast() < 1) {
            throw new UserError("the shape " + name + ": the batch must be at least 1, not " + sizes.getLast());
        }
        try {
            return new Shape(name, new ModelShape(sizes.get(0), sizes.get(1), sizes.get(2), sizes.get(3), sizes.get(4),
                    sizes.get(5)), sizes.get(6));
        } catch (InvalidSettingException e) {
            throw new UserError("the shape " + name + ": " + e.setting() + " " + e.getMessage(), e);
        }
    }

    private static UserError unknown(String text) {
        List<String> names = NAMED.stream().map(Shape::name).toList();
        return new UserError("there is no shape \"" + text + "\"" + Nearest.hint(text, names) + "\n  known: "
                + String.join(", ", names) + ", or seven numbers " + FORM);
    }

    /// Returns the same shape with one size changed. Where the heads do not divide a width, there are as many as divide
    /// both, and the name says so.
    ///
    /// @param size one of [#SIZES]
    /// @throws UserError if no model has these sizes
    public Shape with(String size, int value) {
        List<Integer> changed = new ArrayList<>(list());
        changed.set(SIZES.indexOf(size), value);
        String name = size + "=" + value;
        if (size.equals("width") && value >= 1 && value % model.heads() != 0) {
            int heads = BigInteger.valueOf(value).gcd(BigInteger.valueOf(model.heads())).intValue();
            changed.set(SIZES.indexOf("heads"), heads);
            name += ", heads=" + heads;
        }
        return of(name, changed);
    }

    /// Returns the sizes as they are written on the command line.
    public String sizes() {
        return String.join(",", list().stream().map(String::valueOf).toList());
    }

    /// Returns the sizes in the order of [#SIZES].
    public List<Integer> list() {
        return List.of(model.vocabulary(), model.length(), model.width(), model.layers(), model.heads(),
                model.feedForward(), batch);
    }

    /// Returns the sizes of the model for tokens in a square grid, row by row, that are digits of numbers of four.
    ModelShape laidOut() {
        int columns = columns();
        return model.with(Map.of(
                Coordinate.ROW, Layout.byIndex(Math.ceilDiv(model.length(), columns), model.length(), i -> i / columns),
                Coordinate.COLUMN, Layout.byIndex(columns, model.length(), i -> i % columns),
                Coordinate.DIGIT, Layout.byTokens(DIGITS)));
    }

    private int columns() {
        return (int) Math.ceil(Math.sqrt(model.length()));
    }
}
