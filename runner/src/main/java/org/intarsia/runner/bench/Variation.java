package org.intarsia.runner.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registry;

/// One thing of a shape or of its components that takes several values while all others stay: `length=15,16,17`,
/// `position`.
///
/// @param variants what is measured, in order
/// @param values the size that each variant has; empty if it is no size that varies
public record Variation(List<Variant> variants, List<Integer> values) {

    private static final List<Kind<?>> COMPONENTS = List.of(Kind.EMBEDDING, Kind.POSITION, Kind.LOSS);

    /// Copies the lists.
    public Variation {
        variants = List.copyOf(variants);
        values = List.copyOf(values);
    }

    /// Reads a variation.
    ///
    /// @param text the name of a size, and its values; or the word for a kind of component, and names of components, or
    ///     none for all that there are
    /// @param base what is varied
    /// @param registry where components are looked up
    /// @throws UserError if nothing has this name, or a value cannot be
    public static Variation parse(String text, Shape base, Registry registry) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        List<String> values = equals < 0 ? List.of()
                : Stream.of(text.substring(equals + 1).split(",", -1)).map(String::strip).toList();
        Set<String> different = new HashSet<>();
        values.stream().filter(value -> !different.add(value)).findFirst().ifPresent(value -> {
            throw new UserError("--vary " + text + ": " + value + " stands there twice");
        });
        if (Shape.SIZES.contains(name)) {
            return sizes(text, name, values, base);
        }
        Kind<?> kind = COMPONENTS.stream().filter(each -> each.key().equals(name)).findFirst()
                .orElseThrow(() -> unknown(name));
        values.forEach(value -> registry.find(kind, value));
        List<String> names = values.isEmpty() ? registry.names(kind) : values;
        return new Variation(
                names.stream().map(value -> new Variant(value, base, List.of(kind.key() + "=" + value))).toList(),
                List.of());
    }

    private static Variation sizes(String text, String name, List<String> values, Shape base) {
        if (values.isEmpty()) {
            throw new UserError("--vary " + text + ": say which values, such as " + text + "=8,15,16,17,33");
        }
        List<Integer> sizes = new ArrayList<>();
        for (String value : values) {
            try {
                sizes.add(Integer.valueOf(value));
            } catch (NumberFormatException e) {
                throw new UserError("--vary " + text + ": \"" + value + "\" is not a whole number", e);
            }
        }
        return new Variation(sizes.stream().map(size -> Variant.of(base.with(name, size))).toList(), sizes);
    }

    private static UserError unknown(String name) {
        List<String> components = COMPONENTS.stream().map(Kind::key).toList();
        return new UserError("--vary: there is no \"" + name + "\" to vary"
                + Nearest.hint(name, Stream.concat(Shape.SIZES.stream(), components.stream()).toList())
                + "\n  sizes, with values: " + String.join(", ", Shape.SIZES) + "\n  components: "
                + String.join(", ", components));
    }

    /// Returns the exponent a of a cost that grows like sizeᵃ between two points: the slope on logarithmic axes.
    public static double exponent(double size, double cost, double nextSize, double nextCost) {
        return Math.log(nextCost / cost) / Math.log(nextSize / size);
    }
}
