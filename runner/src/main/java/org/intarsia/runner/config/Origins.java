package org.intarsia.runner.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.SettingField;
import org.jspecify.annotations.Nullable;

/// Where each setting of a configuration was written. It takes no part in equality: two configurations with the same
/// settings from different files are equal.
public final class Origins {

    private final Origin document;
    private final Map<String, Origin> places = new HashMap<>();

    private Origins(Origin document) {
        this.document = document;
    }

    /// Returns the origins of a configuration that a program made.
    public static Origins none() {
        return new Origins(new Origin("configuration"));
    }

    /// Returns the origins of all values in a document.
    static Origins of(Json.Fields document, String name) {
        Origins origins = new Origins(new Origin(name));
        origins.add("", document);
        return origins;
    }

    private void add(String prefix, Json.Fields object) {
        object.fields().forEach((name, field) -> {
            places.put(prefix + name, field.value().origin());
            switch (field.value()) {
                case Json.Fields inner -> add(prefix + name + ".", inner);
                case Json.Items list -> add(prefix + name, list);
                case Json.Text _, Json.Numeral _, Json.Bool _, Json.Null _ -> {}
            }
        });
    }

    private void add(String path, Json.Items list) {
        for (int i = 0; i < list.items().size(); i++) {
            Json item = list.items().get(i);
            places.put(path + "[" + i + "]", item.origin());
            if (item instanceof Json.Fields inner) {
                add(path + "[" + i + "].", inner);
            }
        }
    }

    /// Returns whether the setting was given, and is not a default.
    boolean given(String path) {
        return places.containsKey(path);
    }

    /// Returns where a setting was written; for a default, where its surroundings were.
    Origin place(String path) {
        String nearest = path;
        while (!places.containsKey(nearest) && nearest.contains(".")) {
            nearest = nearest.substring(0, nearest.lastIndexOf('.'));
        }
        return Objects.requireNonNullElse(places.get(nearest), document);
    }

    /// Says what a record or a factory has against a setting, or against being chosen at all.
    ///
    /// @param owner the path of what has the setting
    /// @param value the setting's, which the message gives if it is a default that the user may not know
    UserError refused(String owner, InvalidSettingException reason, Optional<Object> value) {
        if (reason.setting().isEmpty()) {
            return new UserError(place(owner).says(owner + ": " + reason.getMessage()), reason);
        }
        String path = owner + "." + reason.setting();
        String normal = given(path) ? "" : value.filter(v -> !v.equals(""))
                .map(v -> " (it is " + (v instanceof Enum<?> constant ? SettingField.spelling(constant) : v)
                        + " by default)")
                .orElse("");
        return new UserError(place(path).says(path + ": " + reason.getMessage() + normal), reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origins;
    }

    @Override
    public int hashCode() {
        return Origins.class.hashCode();
    }

    @Override
    public String toString() {
        return document.place();
    }
}
