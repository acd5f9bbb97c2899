package org.intarsia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.graph.Graph;
import org.intarsia.backends.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The code of a graph compiles, builds the same graph, and runs.
class GraphCodeTest {

    private static final int RANDOM_GRAPHS = 60;

    @Test
    void buildsTheSameGraphAndRunsIt(@TempDir Path folder) throws Exception {
        List<Written> graphs = graphs();
        StringBuilder source = new StringBuilder("""
                import java.util.List;
                import org.intarsia.api.backend.*;
                import org.intarsia.api.data.*;
                import org.intarsia.api.graph.*;

                public class Printed {
                """);
        for (int i = 0; i < graphs.size(); i++) {
            Written graph = graphs.get(i);
            source.append("public static class Graph").append(i).append(" {\npublic static Graph build() {\n")
                    .append(GraphCode.building(graph))
                    .append("\nreturn graph;\n}\npublic static void run(Backend backend) {\n")
                    .append(GraphCode.of(graph, graph.needed())).append("\n}\n}\n");
        }
        compile(folder, source.append("}\n").toString());

        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (int i = 0; i < graphs.size(); i++) {
                Class<?> printed = loader.loadClass("Printed$Graph" + i);
                Graph built = (Graph) printed.getMethod("build").invoke(null);

                assertThat(GraphCode.building(new Written(built, Map.of())))
                        .isEqualTo(GraphCode.building(graphs.get(i)));
                printed.getMethod("run", Backend.class).invoke(null, new ReferenceBackend());
            }
        }
    }

    private static List<Written> graphs() {
        List<Written> graphs = new ArrayList<>();
        OpCases.all().forEach(sample -> graphs.add(Written.of(new CaseTrial(sample, CaseTrial.Feed.VARIABLE, 0))));
        LongStream.range(0, RANDOM_GRAPHS).forEach(seed -> graphs.add(Written.of(RandomGraph.of(seed))));
        return graphs;
    }

    private static void compile(Path folder, String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Printed.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(messages, files, null, List.of("-d", folder.toString()), null,
                    files.getJavaFileObjects(file)).call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    @Test
    void writesEveryNumberAsItIs() {
        assertThat(GraphCode.numbers(0, -0.0, 1, -2.5, 1e20, 0.1f, Double.NaN, Double.NEGATIVE_INFINITY))
                .isEqualTo("0, -0.0, 1, -2.5, 1.0E20, 0.10000000149011612, Double.NaN, Double.NEGATIVE_INFINITY");
    }
}
