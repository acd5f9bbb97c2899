package org.intarsia.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.runner.registry.PluginJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `intarsia doctor` on machines that lack something, in a process of its own.
class DoctorEndToEndTest {

    /// A backend with two devices of which one is always busy.
    private static final String DIALS = """
            package com.example.dials;

            import java.util.List;
            import org.intarsia.api.backend.*;

            public final class Dials implements BackendFactory<Dials.Config> {
                public record Config(int dial, String colour) {}
                @Override public String name() { return "dials"; }
                @Override public String description() { return "Reads them."; }
                @Override public Config defaults() { return new Config(0, "red"); }
                @Override public List<DeviceChoice<Config>> devices() {
                    return List.of(new DeviceChoice<>("left", List.of("brass", "round"), defaults()),
                            new DeviceChoice<>("right", List.of(), new Config(1, "light blue")));
                }
                @Override public Backend create(Config config) {
                    throw config.dial() == 0 ? new IllegalStateException("stuck")
                            : new org.intarsia.api.component.InvalidSettingException("dial", "is busy\\n  ask again");
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutAnOpenClDriverItSaysWhatToInstallAndAllIsWellOtherwise() throws Exception {
        Launched result = Launched.in(folder, Map.of("OCL_ICD_VENDORS", "/nonexistent"), "doctor");

        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("""
                opencl      fails              there is no OpenCL driver on this machine (CL_PLATFORM_NOT_FOUND_KHR)
                                               a GPU needs the driver of its vendor, and the loader libOpenCL
                                               PoCL computes on the processor; on Debian and Ubuntu: apt install
                                               pocl-opencl-icd ocl-icd-libopencl1
                """);
    }

    @Test
    void aPluginThatDoesNotLoadIsAFinding() throws Exception {
        Files.createDirectory(folder.resolve("plugins"));
        Files.writeString(folder.resolve("plugins/other.jar"), "no jar");

        Launched result = Launched.in(folder, "doctor");

        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("""
                            other.jar: does not load, and as long as it is there nothing can be trained
                              the plugin plugins/other.jar is not a jar that can be read: zip END header not found
                              build or copy it again, or remove it
                """).containsPattern("\ncpu +works ");
    }

    @Test
    void everyDeviceOfAPluginsBackendIsTried() throws Exception {
        new PluginJar().source("com.example.dials.Dials", DIALS)
                .service(BackendFactory.class, "com.example.dials.Dials")
                .write(folder.resolve("plugins").resolve("dials.jar"));

        Launched result = Launched.in(folder, "doctor");

        assertThat(result.error()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("            dials.jar: backend dials\n").contains("""
                dials       fails              left
                                               it failed with an unexpected error: java.lang.IllegalStateException:
                                               stuck
                                               brass, round
                            fails              right
                                               is busy
                                               ask again
                                               to choose it: backend.dial=1 'backend.colour=light blue'
                """);
    }
}
