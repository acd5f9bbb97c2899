package org.intarsia.runner.config;

import java.util.List;
import java.util.Map;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Kind;

/// A value that replaces what a configuration file says, such as `training.steps=100`.
///
/// @param path the setting's path, with dots
/// @param value instead of whatever stands there; a component's whole choice if the path is its kind
public record Assignment(String path, Json value) {

    /// Reads `path=value` from the command line. The value is JSON, or a text without quotes.
    ///
    /// @throws UserError if it has another form
    public static Assignment parse(String argument) {
        int equals = argument.indexOf('=');
        String path = equals < 0 ? argument : argument.substring(0, equals);
        if (equals < 0 || List.of(path.split("\\.", -1)).contains("")) {
            throw new UserError(Origin.COMMAND_LINE.says("\"" + argument
                    + "\" does not set anything; write path=value, such as training.steps=100"));
        }
        return new Assignment(path, JsonReader.bare(argument.substring(equals + 1)));
    }

    /// Applies assignments in their order.
    ///
    /// @throws UserError if one undoes another, which would then be given in vain
    static Json.Fields apply(Json.Fields document, List<Assignment> assignments) {
        Json.Fields changed = withObjects(document);
        for (int i = 0; i < assignments.size(); i++) {
            Assignment assignment = assignments.get(i);
            assignments.subList(0, i).forEach(assignment::checkKeeps);
            changed = withObjects(assignment.in(changed, List.of(assignment.path.split("\\.")), 1));
        }
        return changed;
    }

    private void checkKeeps(Assignment before) {
        if (path.equals(before.path)) {
            throw new UserError(value.origin().says(path + " is set twice; remove one of the two"));
        } else if (before.path.startsWith(path + ".")) {
            throw new UserError(value.origin().says(path + " undoes " + before.path
                    + ", which stands before it; write " + path + " first"));
        }
    }

    /// Sets the value in an object.
    ///
    /// @param names the path
    /// @param depth how many of the names lead to the field in this object
    private Json.Fields in(Json.Fields fields, List<String> names, int depth) {
        String name = names.get(depth - 1);
        Json.Field current = fields.fields().get(name);
        Origin origin = current == null || depth == names.size() ? value.origin() : current.origin();
        if (depth == names.size()) {
            return fields.with(name, new Json.Field(value, origin));
        }
        Json.Fields inner = switch (current == null ? null : current.value()) {
            case null -> new Json.Fields(Map.of(), origin);
            case Json.Fields object -> object;
            case Json other -> throw new UserError(value.origin().says(path + " cannot be set, because "
                    + String.join(".", names.subList(0, depth)) + " is " + other.described() + " ("
                    + other.origin().place() + ")"));
        };
        return fields.with(name, new Json.Field(in(inner, names, depth + 1), origin));
    }

    /// Writes components that are given by their names alone as objects, so that their settings can be set.
    private static Json.Fields withObjects(Json.Fields document) {
        Json.Fields changed = document;
        for (Kind<?> kind : Kind.ALL) {
            Json.Field field = document.fields().get(kind.key());
            if (field != null && field.value() instanceof Json.Text name) {
                Json.Field named = new Json.Field(name, name.origin());
                changed = changed.with(kind.key(),
                        new Json.Field(new Json.Fields(Map.of("name", named), name.origin()), field.origin()));
            }
        }
        return changed;
    }
}
