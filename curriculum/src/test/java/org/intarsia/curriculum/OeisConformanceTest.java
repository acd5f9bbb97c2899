package org.intarsia.curriculum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.curriculum.OeisTask.Window;
import org.intarsia.testkit.component.TaskConformance;
import org.junit.jupiter.api.io.TempDir;

final class OeisConformanceTest extends TaskConformance<OeisTask.Config, OeisTask.Factory> {

    @TempDir
    Path folder;

    @Override
    protected OeisTask.Factory factory() {
        return new OeisTask.Factory();
    }

    @Override
    protected List<OeisTask.Config> configs() {
        return List.of(new OeisTask.Config(file("long", 8), 4, 255, 3, Window.FIRST, 0.1),
                new OeisTask.Config(file("long", 8), 4, 255, 3, Window.ANY, 0.1),
                new OeisTask.Config(file("short", 4), 16, 400, 2, Window.ANY, 0.3));
    }

    /// Sequences of which no two share two terms: 3i, 3i + 1, 3i, 3i + 1, …
    private String file(String name, int terms) {
        List<String> lines = IntStream.range(0, 80)
                .mapToObj(i -> "A%06d ,%s".formatted(i, "%d,%d,".formatted(3 * i, 3 * i + 1).repeat(terms / 2)))
                .toList();
        try {
            return Files.write(folder.resolve(name), lines).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
