package org.intarsia.backends.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.api.Test;

/// The commands for HotSpot, which takes one that means nothing without a word.
class CompileCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("(inline|dontinline),(\\S+)::(\\S+)");

    @Test
    void theyNameMethodsThatThereAre() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("compile-commands"));

        assertThat(lines).filteredOn(line -> line.contains("inline,")).isNotEmpty().allSatisfy(line -> {
            MatchResult command = COMMAND.matcher(line).results().findFirst().orElseThrow();
            assertThat(Class.forName(command.group(2)).getDeclaredMethods()).extracting(Method::getName)
                    .contains(command.group(3).equals("*") ? "exp" : command.group(3));
        });
    }

    /// An object for each call, otherwise.
    @Test
    void noVectorIsHandedToWhatIsCompiledByItself() throws Exception {
        for (Class<?> type : List.of(Elementwise.class, Lanewise.class, Rowwise.class, Tiles.class, LaneProduct.class,
                DotProduct.class)) {
            assertThat(type.getDeclaredMethods()).noneMatch(CompileCommandsTest::takesOrReturnsVectors);
        }
        assertThat(Functions.class.getDeclaredMethods()).anyMatch(CompileCommandsTest::takesOrReturnsVectors);
    }

    private static boolean takesOrReturnsVectors(Method method) {
        return Vector.class.isAssignableFrom(method.getReturnType())
                || Arrays.stream(method.getParameterTypes()).anyMatch(Vector.class::isAssignableFrom);
    }
}
