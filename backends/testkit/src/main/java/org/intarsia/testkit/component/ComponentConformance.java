package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.intarsia.api.component.Factory;
import org.intarsia.api.component.Setting;
import org.junit.jupiter.api.Test;

/// What every factory promises, of whatever kind: a name, a sentence, documented settings, and to be found.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract sealed class ComponentConformance<C extends Record, F extends Factory<C>>
        permits ModelPartConformance, TaskConformance {

    private static final Set<Class<?>> SIMPLE =
            Set.of(boolean.class, int.class, long.class, double.class, String.class);

    private final Class<?> service;

    ComponentConformance(Class<?> service) {
        this.service = service;
    }

    /// Returns the factory under test.
    protected abstract F factory();

    /// Returns settings, in all of which every setting takes at least two values and any two of which must give different
    /// results. A component without settings needs only its defaults.
    protected List<C> configs() {
        return List.of(factory().defaults());
    }

    /// The name is lower-case kebab and stable.
    @Test
    public final void nameIsKebabCase() {
        assertThat(factory().name()).as("the name of the component").matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(factory().name()).as("the name of a second factory").isEqualTo(factory().name());
    }

    /// A line in `META-INF/services` names the factory, and no other component of its kind has its name.
    @Test
    public final void isFoundByItsService() {
        List<Object> found = ServiceLoader.load(service).stream().<Object>map(ServiceLoader.Provider::get).toList();
        assertThat(found.stream().<Class<?>>map(Object::getClass))
                .as("what META-INF/services/" + service.getName() + " names")
                .contains(factory().getClass());
        assertThat(found.stream().map(f -> ((Factory<?>) f).name()).filter(factory().name()::equals))
                .as("components named '" + factory().name() + "'").hasSize(1);
    }

    /// The description is one sentence on one line.
    @Test
    public final void saysWhatItIs() {
        assertThat(factory().description()).as("the description").isNotBlank().endsWith(".").doesNotContain("\n");
    }

    /// The record of settings is public, its components have types that a configuration can hold, and each says what it is.
    @Test
    public final void settingsAreDocumented() {
        assertDocumented(factory().defaults().getClass());
    }

    /// The defaults are settings like any others, and always the same.
    @Test
    public final void defaultsAreStable() {
        assertThat(factory().defaults()).as("the defaults of a second factory").isEqualTo(factory().defaults());
    }

    /// The settings that this suite tries are all different, and none keeps one value throughout.
    @Test
    public final void everySettingIsTried() {
        assertThat(configs()).as("configs()").isNotEmpty().doesNotHaveDuplicates();
        Map<String, Set<Object>> tried = new LinkedHashMap<>();
        configs().forEach(config -> collect("", config, tried));
        assertThat(tried).allSatisfy((setting, values) -> assertThat(values)
                .as("values of the setting '" + setting + "' in configs(), which must try at least two")
                .hasSizeGreaterThanOrEqualTo(2));
    }

    private static void collect(String path, Record config, Map<String, Set<Object>> tried) {
        for (RecordComponent component : config.getClass().getRecordComponents()) {
            Object value = read(component, config);
            if (value instanceof Record nested) {
                collect(path + component.getName() + ".", nested, tried);
            } else {
                tried.computeIfAbsent(path + component.getName(), _ -> new HashSet<>()).add(value);
            }
        }
    }

    private static Object read(RecordComponent component, Record config) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the setting '" + component.getName() + "' cannot be read; is the record public?",
                    e);
        }
    }

    private static void assertDocumented(Class<?> settings) {
        assertThat(Modifier.isPublic(settings.getModifiers())).as(settings.getName() + " is public").isTrue();
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = settings.getName() + "." + component.getName();
            Class<?> type = component.getType();
            assertThat(SIMPLE.contains(type) || type.isEnum() || type.isRecord())
                    .as(name + " is a number, a string, a boolean, an enum or a record, not " + type.getName())
                    .isTrue();
            Setting setting = component.getAnnotation(Setting.class);
            assertThat(setting == null ? "" : setting.value()).as("@Setting of " + name).isNotBlank();
            if (type.isRecord()) {
                assertDocumented(type);
            }
        }
    }
}
