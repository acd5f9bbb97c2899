package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Test
    void theExampleIsTheOneThatCompiles() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/intarsia/curriculum/Countdown.java"));
        String body = source.substring(source.indexOf("public final class"));

        assertThat(Files.readString(README)).contains("```java\n" + body + "```\n");
    }

    @Test
    void theExampleDoesWhatItSays() {
        Countdown factory = new Countdown();
        Task task = factory.create(factory.defaults());

        int[] terms = task.draw(Seed.of(1).generator());

        assertThat(terms).hasSize(9);
        for (int i = 1; i < terms.length; i++) {
            assertThat(terms[i]).isEqualTo(Math.max(0, terms[i - 1] - 1));
        }
    }

    @Test
    void everySettingIsListedWithItsDefault() throws IOException, ReflectiveOperationException {
        String readme = Files.readString(README);
        for (TaskFactory<?> factory : ServiceLoader.load(TaskFactory.class)) {
            StringBuilder table = new StringBuilder("## `" + factory.name() + "`\n\n" + factory.description()
                    + "\n\n| setting | default | |\n|---|---|---|\n");
            for (var component : factory.defaults().getClass().getRecordComponents()) {
                Object value = component.getAccessor().invoke(factory.defaults());
                table.append("| `%s` | `%s` | %s |\n".formatted(component.getName(), "".equals(value) ? "\"\"" : value,
                        component.getAnnotation(Setting.class).value()));
            }
            assertThat(readme).contains(table);
        }
    }
}
