package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.intarsia.api.backend.Session;
import org.intarsia.api.graph.Axis;
import org.intarsia.api.graph.DataType;
import org.intarsia.api.graph.Graph;
import org.intarsia.api.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Drivers compile in a process that gives itself signals.
final class SignalsTest {

    private static final int GRAPHS = 20;
    private static final Axis TIME = new Axis("time", 6);

    /// Nothing is in PoCL's cache. The first compiler of the JIT finds a null by the signal that reading from it gives.
    @Test
    void compilesWhileTheJvmGivesItselfSignals(@TempDir Path cache) throws Exception {
        AnyDevice.find();
        assumeThat(System.getenv("LD_PRELOAD")).as("the library that keeps the JVM's signals").contains("libjsig");
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                SignalsTest.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("POCL_CACHE_DIR", cache.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
    }

    /// Compiles graphs beside two threads that do nothing but read from null.
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().start(SignalsTest::readFromNull);
        Thread.ofPlatform().daemon().start(SignalsTest::readFromNull);
        Device device = AnyDevice.find();
        for (int terms = 1; terms <= GRAPHS; terms++) {
            try (Session session = new OpenClBackend(device, device.lanes()).open()) {
                session.compile(sum(terms));
            }
        }
    }

    private static Graph sum(int terms) {
        Graph graph = new Graph();
        Tensor x = graph.input("x", DataType.FLOAT, TIME);
        Tensor sum = x;
        for (int i = 1; i < terms; i++) {
            sum = sum.add(x);
        }
        graph.output("sum", sum, TIME);
        return graph;
    }

    @SuppressWarnings("NullAway")
    private static void readFromNull() {
        while (true) {
            length(null);
        }
    }

    private static int length(String text) {
        try {
            return text.length();
        } catch (NullPointerException expected) {
            return 0;
        }
    }
}
