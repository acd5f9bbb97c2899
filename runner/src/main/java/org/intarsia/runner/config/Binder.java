package org.intarsia.runner.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.SettingField;

/// Makes a record of settings from its defaults and a JSON object.
final class Binder {

    private final String owner;
    private final String help;
    private final Origins origins;

    /// @param owner whose settings they are, for errors: `the position encoding "rope"`
    /// @param help the last line of errors about unknown settings, or nothing
    /// @param origins of the document that the objects are from
    Binder(String owner, String help, Origins origins) {
        this.owner = owner;
        this.help = help;
        this.origins = origins;
    }

    /// Returns the defaults with the given values instead.
    ///
    /// @param path where the object stands
    Record bind(Json.Fields given, Record defaults, String path) {
        return bind(given, defaults.getClass(), Optional.of(defaults), path);
    }

    private Record bind(Json.Fields given, Class<? extends Record> type, Optional<Record> defaults, String path) {
        List<SettingField> fields = SettingField.of(type);
        checkKnown(given, fields.stream().map(SettingField::name).toList(), path);
        List<Object> values = new ArrayList<>();
        for (SettingField field : fields) {
            Json.Field value = given.fields().get(field.name());
            Optional<Object> normal = defaults.flatMap(field::value);
            values.add(value == null
                    ? normal.orElseThrow(() -> missing(field, path))
                    : value(value.value(), field, normal, path + "." + field.name()));
        }
        return construct(type, fields, values, path);
    }

    private void checkKnown(Json.Fields given, List<String> known, String path) {
        given.fields().forEach((name, field) -> {
            if (!known.contains(name)) {
                throw unknown(field.origin(), path + "." + name, owner + " has no setting \"" + name + "\"", name,
                        known, help);
            }
        });
    }

    /// Says that a name is not one of those that are known.
    static UserError unknown(Origin origin, String path, String problem, String name, List<String> known,
            String help) {
        return new UserError(origin.says(path + ": " + problem + Nearest.hint(name, known) + "\n  known: "
                + (known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList())) + help));
    }

    private UserError missing(SettingField field, String path) {
        return new UserError(origins.place(path).says(path + "." + field.name() + ": must be given: "
                + field.documentation()));
    }

    private Object value(Json given, SettingField field, Optional<Object> normal, String path) {
        Class<?> type = field.type();
        if (type == boolean.class && given instanceof Json.Bool bool) {
            return bool.value();
        } else if (type == int.class && given instanceof Json.Numeral number) {
            return (int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE, path);
        } else if (type == long.class && given instanceof Json.Numeral number) {
            return whole(number, Long.MIN_VALUE, Long.MAX_VALUE, path);
        } else if (type == double.class && given instanceof Json.Numeral number) {
            return real(number, path);
        } else if (type == String.class && text(given).isPresent()) {
            return text(given).get();
        } else if (type.isEnum() && given instanceof Json.Text text) {
            return constant(text, field, path);
        } else if (type.isRecord() && given instanceof Json.Fields object) {
            return bind(object, type.asSubclass(Record.class), normal.map(Record.class::cast), path);
        }
        throw mustBe(expected(type, field), given, path);
    }

    /// On the command line, texts have no quotes, so that one may look like a number.
    private static Optional<String> text(Json given) {
        return Optional.ofNullable(switch (given) {
            case Json.Text text -> text.text();
            case Json.Numeral number when number.origin().equals(Origin.COMMAND_LINE) -> number.digits();
            case Json.Bool bool when bool.origin().equals(Origin.COMMAND_LINE) -> bool.described();
            case Json.Numeral _, Json.Bool _, Json.Null _, Json.Items _, Json.Fields _ -> null;
        });
    }

    private static String expected(Class<?> type, SettingField field) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", field.constants());
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a text in quotes";
        } else if (type == double.class) {
            return "a number";
        }
        return type.isRecord() ? "an object" : "a whole number";
    }

    /// Returns a whole number within bounds.
    static long whole(Json.Numeral number, long least, long most, String path) {
        BigDecimal value = new BigDecimal(number.digits());
        if (value.stripTrailingZeros().scale() > 0) {
            throw mustBe("a whole number", number, path);
        } else if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw mustBe("a whole number from " + least + " to " + most, number, path);
        }
        return value.longValueExact();
    }

    private static double real(Json.Numeral number, String path) {
        double value = Double.parseDouble(number.digits());
        if (Double.isInfinite(value)) {
            throw mustBe("a number from " + -Double.MAX_VALUE + " to " + Double.MAX_VALUE, number, path);
        }
        return value;
    }

    private static Object constant(Json.Text text, SettingField field, String path) {
        return Stream.of(field.type().getEnumConstants())
                .filter(constant -> SettingField.spelling((Enum<?>) constant).equals(text.text())).findFirst()
                .orElseThrow(() -> new UserError(text.origin().says(path + ": must be " + expected(field.type(), field)
                        + ", not \"" + text.text() + "\"" + Nearest.hint(text.text(), field.constants()))));
    }

    /// Says that a value is of the wrong type.
    static UserError mustBe(String expected, Json given, String path) {
        return new UserError(
                given.origin().says(path + ": must be " + expected + ", not " + given.described()));
    }

    private Record construct(Class<? extends Record> type, List<SettingField> fields, List<Object> values,
            String path) {
        try {
            Constructor<? extends Record> constructor = type
                    .getDeclaredConstructor(fields.stream().map(SettingField::type).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case InvalidSettingException invalid -> throw refused(invalid, fields, values, path);
                case IllegalArgumentException invalid -> throw new UserError(
                        origins.place(path).says(path + ": " + invalid.getMessage()), invalid);
                case RuntimeException unexpected -> throw unexpected;
                case null, default -> throw new IllegalStateException("cannot make " + type, e);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    private UserError refused(InvalidSettingException invalid, List<SettingField> fields, List<Object> values,
            String path) {
        List<String> names = fields.stream().map(SettingField::name).toList();
        Optional<Object> value = Optional.of(names.indexOf(invalid.setting())).filter(i -> i >= 0).map(values::get);
        return origins.refused(path, invalid, value);
    }
}
