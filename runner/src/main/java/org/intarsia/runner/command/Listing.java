package org.intarsia.runner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.intarsia.runner.registry.Kind;
import org.intarsia.runner.registry.Registered;
import org.intarsia.runner.registry.Registry;
import org.intarsia.runner.registry.SettingField;

/// The components as a text of at most 100 columns.
///
/// ```text
/// position: position encodings
///
///   rope (built-in)
///     Rotates pairs of features by angles that grow with the position (Su et al., …).
///
///       base     number   10000        the base of the wave lengths
/// ```
final class Listing {

    private static final int COLUMNS = 100;
    private static final String INDENT = "      ";
    private static final int GAP = 3;
    /// A narrower column of text is hard to read.
    private static final int NARROWEST = 36;

    /// A line of the table of settings.
    private record Row(String name, String type, String normal, String documentation) {}

    private final Registry registry;

    Listing(Registry registry) {
        this.registry = registry;
    }

    String of(List<Kind<?>> kinds) {
        StringJoiner text = new StringJoiner("\n");
        for (Kind<?> kind : kinds) {
            text.add(kind.key() + ": " + kind.plural() + "\n");
            for (Registered<?> component : registry.all(kind)) {
                text.add("  " + component.name() + " (" + component.origin() + ")");
                text.add(wrapped(component.factory().description(), "    ") + "\n");
                String settings = table(rows(component.factory().defaults(), ""));
                if (!settings.isEmpty()) {
                    text.add(settings);
                }
            }
        }
        return text.toString();
    }

    private static List<Row> rows(Record defaults, String prefix) {
        List<Row> rows = new ArrayList<>();
        for (SettingField field : SettingField.of(defaults.getClass())) {
            Optional<Object> normal = field.value(defaults);
            if (normal.isPresent() && normal.get() instanceof Record inner) {
                rows.addAll(rows(inner, prefix + field.name() + "."));
            } else {
                rows.add(new Row(prefix + field.name(), type(field), normal.map(Listing::spelling).orElse("required"),
                        field.documentation()));
            }
        }
        return rows;
    }

    private static String type(SettingField field) {
        if (field.type().isEnum()) {
            return String.join(" | ", field.constants());
        } else if (field.type() == String.class) {
            return "text";
        } else if (field.type() == boolean.class) {
            return "true | false";
        } else if (field.type().isRecord()) {
            return "object";
        }
        return field.type() == double.class ? "number" : "whole number";
    }

    private static String spelling(Object value) {
        return switch (value) {
            case Enum<?> constant -> SettingField.spelling(constant);
            case String text -> "\"" + text + "\"";
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e7 ->
                Long.toString(number.longValue());
            case Double number -> number.toString().replace(".0E", "e").replace("E", "e");
            case Object other -> other.toString();
        };
    }

    private static String table(List<Row> rows) {
        int names = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0) + GAP;
        int types = rows.stream().mapToInt(row -> row.type.length()).max().orElse(0) + GAP;
        int normals = rows.stream().mapToInt(row -> row.normal.length()).max().orElse(0) + GAP;
        int left = INDENT.length() + names + types + normals;
        boolean beside = COLUMNS - left >= NARROWEST;
        StringBuilder table = new StringBuilder();
        for (Row row : rows) {
            String cells = INDENT + padded(row.name, names) + padded(row.type, types) + padded(row.normal, normals);
            String text = wrapped(row.documentation, " ".repeat(beside ? left : INDENT.length() + 2));
            table.append(beside ? cells + text.stripLeading() : cells.stripTrailing() + "\n" + text).append("\n");
        }
        return table.toString();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /// Breaks a text into lines that start with an indent.
    static String wrapped(String text, String indent) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split("\\s+", -1)) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > COLUMNS) {
                lines.append(line).append("\n");
                line.setLength(indent.length());
            }
            line.append(line.length() > indent.length() ? " " : "").append(word);
        }
        return lines.append(line).toString();
    }
}
