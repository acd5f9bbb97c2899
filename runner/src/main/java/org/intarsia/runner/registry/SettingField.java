package org.intarsia.runner.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.intarsia.api.component.Setting;

/// One setting of a settings record.
///
/// @param name the record component's name, which is the key in configurations
/// @param documentation one sentence, or nothing if the record's author gave none
public record SettingField(String name, Class<?> type, String documentation, Method accessor) {

    /// Returns the settings of a record, in declared order.
    public static List<SettingField> of(Class<? extends Record> settings) {
        return Arrays.stream(settings.getRecordComponents()).map(SettingField::of).toList();
    }

    private static SettingField of(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        String documentation = Optional.ofNullable(component.getAnnotation(Setting.class)).map(Setting::value)
                .orElse("");
        return new SettingField(component.getName(), component.getType(), documentation, accessor);
    }

    /// Returns the value of this setting in a record; null where the record holds none, which as a default means that
    /// the setting must be given.
    public Optional<Object> value(Record settings) {
        try {
            return Optional.ofNullable(accessor.invoke(settings));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read the setting " + name + " of " + settings.getClass(), e);
        }
    }

    /// Says whether configurations can express the type.
    public boolean supported() {
        return type == int.class || type == long.class || type == double.class || type == boolean.class
                || type == String.class || type.isEnum() || type.isRecord();
    }

    /// Returns the values of an enum as configurations spell them.
    public List<String> constants() {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(c -> spelling((Enum<?>) c)).toList()
                : List.of();
    }

    /// Returns how configurations spell an enum's constant: `PLUS_MINUS_ONE` is `plus-minus-one`.
    public static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
