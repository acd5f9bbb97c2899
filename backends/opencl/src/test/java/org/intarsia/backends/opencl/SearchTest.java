package org.intarsia.backends.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.intarsia.api.component.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a process finds that looks for devices, in processes of their own: a loader reads its environment once.
class SearchTest {

    @TempDir
    private Path folder;

    /// Prints how many devices there are, and why none can be had.
    static final class Search {

        private Search() {}

        public static void main(String[] arguments) {
            OpenClBackend.Factory factory = new OpenClBackend.Factory();
            System.out.println(factory.devices().size());
            try {
                factory.create(factory.defaults());
                System.out.println("created");
            } catch (InvalidSettingException e) {
                System.out.println(e.getMessage());
            }
            System.out.flush();
        }
    }

    /// Looks for devices in two threads at once, as a run and its warm-up do.
    static final class TwoSearches {

        private TwoSearches() {}

        public static void main(String[] arguments) throws Exception {
            Callable<Integer> search = () -> new OpenClBackend.Factory().devices().size();
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (var count : threads.invokeAll(Stream.generate(() -> search).limit(2).toList())) {
                    System.out.println(count.get() > 0);
                }
            }
            System.out.flush();
        }
    }

    private String run(Class<?> program, String vendors) throws Exception {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-cp",
                System.getProperty("java.class.path"), program.getName()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (!vendors.isEmpty()) {
            builder.environment().put("OCL_ICD_VENDORS", vendors);
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("ends in time").isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutADriverThereIsNoDeviceAndTheReason() throws Exception {
        assertThat(run(Search.class, "/nonexistent")).isEqualTo("""
                0
                there is no OpenCL driver on this machine (CL_PLATFORM_NOT_FOUND_KHR)
                  a GPU needs the driver of its vendor, and the loader libOpenCL
                  PoCL computes on the processor; on Debian and Ubuntu: apt install pocl-opencl-icd ocl-icd-libopencl1
                """);
    }

    @Test
    void twoThreadsMayLookAtOnce() throws Exception {
        for (int time = 0; time < 5; time++) {
            assertThat(run(TwoSearches.class, "")).isEqualTo("true\ntrue\n");
        }
    }
}
