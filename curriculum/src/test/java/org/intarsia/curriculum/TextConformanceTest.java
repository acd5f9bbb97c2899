package org.intarsia.curriculum;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.intarsia.testkit.component.TaskConformance;
import org.junit.jupiter.api.io.TempDir;

final class TextConformanceTest extends TaskConformance<TextTask.Config, TextTask.Factory> {

    @TempDir
    Path folder;

    @Override
    protected TextTask.Factory factory() {
        return new TextTask.Factory();
    }

    @Override
    protected List<TextTask.Config> configs() {
        return List.of(new TextTask.Config(file("three", List.of("a", "bc", "d")), 2, 0),
                new TextTask.Config(file("grids", List.of("0110", "1001", "1011", "0101")), 4, 2),
                new TextTask.Config(file("many", IntStream.range(0, 300).mapToObj(Integer::toString).toList()), 10, 0));
    }

    private String file(String name, List<String> lines) {
        try {
            return Files.write(folder.resolve(name), lines).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
