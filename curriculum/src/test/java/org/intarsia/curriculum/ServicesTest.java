package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.TaskFactory;
import org.junit.jupiter.api.Test;

final class ServicesTest {

    private final List<TaskFactory<?>> factories = new ArrayList<>();

    ServicesTest() {
        for (TaskFactory<?> factory : ServiceLoader.load(TaskFactory.class)) {
            factories.add(factory);
        }
    }

    @Test
    void theTasksAreFoundByName() {
        assertThat(factories.stream().map(factory -> factory.name())).contains("recurrences", "text", "oeis");
    }

    @Test
    void everySettingIsDocumented() {
        assertThat(factories)
                .flatExtracting(factory -> Arrays.asList(factory.defaults().getClass().getRecordComponents()))
                .hasSizeGreaterThan(10).allMatch(component -> component.isAnnotationPresent(Setting.class));
    }
}
