package org.intarsia.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The script `intarsia` in a checkout whose distribution has just been built, and the class-data archive that it keeps there.
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

    private static final String PREPARING =
            "intarsia: preparing faster starts, once for this build and JDK ...\n";
    private static final String VERSION = "intarsia (from classes, no version)\n";
    private static final String COMMANDS = "backends/cpu/compile-commands";
    private static final String LOADS = "-Xlog:class+load:stderr";
    private static final String FROM_THE_ARCHIVE = "org.intarsia.runner.Main source: shared objects file";
    private static final String FROM_THE_JAR = "org.intarsia.runner.Main source: file:";

    @TempDir
    private static Path checkout;

    private static Path distribution;
    private static Path runner;
    private static Path archive;
    private static Result first;

    private record Result(int exitCode, String out, String error) {}

    @BeforeAll
    static void startsForTheFirstTime() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Files.copy(root.resolve("intarsia"), checkout.resolve("intarsia"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(checkout.resolve(COMMANDS).getParent());
        Files.copy(root.resolve(COMMANDS), checkout.resolve(COMMANDS));
        Files.createFile(checkout.resolve("pom.xml"));
        distribution = Files.createDirectories(checkout.resolve("runner/target/dist"));
        Path libraries = Files.createDirectory(distribution.resolve("lib"));
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(place);
            if (Files.isRegularFile(path)) {
                Files.copy(path, libraries.resolve(path.getFileName()));
            } else if (path.endsWith("classes")) {
                String module = path.getName(path.getNameCount() - 3).toString();
                assertThat(ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                        libraries.resolve("intarsia-" + module + "-0.jar").toString(), "-C", place, ".")).isZero();
            }
        }
        Path examples = Files.createDirectory(distribution.resolve("examples"));
        try (Stream<Path> files = Files.list(root.resolve("runner/examples"))) {
            for (Path file : files.toList()) {
                Files.copy(file, examples.resolve(file.getFileName()));
            }
        }
        runner = libraries.resolve("intarsia-runner-0.jar");
        archive = distribution.resolve(System.getProperty("java.runtime.version") + ".jsa");
        first = intarsia("");
    }

    private static Result intarsia(String javaOptions) throws IOException, InterruptedException {
        Path out = checkout.resolve("out.txt");
        Path error = checkout.resolve("error.txt");
        ProcessBuilder start = new ProcessBuilder(checkout.resolve("intarsia").toString(), "--version")
                .redirectOutput(out.toFile()).redirectError(error.toFile());
        start.environment().put("JAVA_HOME", System.getProperty("java.home"));
        start.environment().put("INTARSIA_JAVA_OPTIONS", javaOptions);
        start.environment().remove("LD_PRELOAD");
        Process process = start.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(error, StandardCharsets.UTF_8));
    }

    @Test
    void theFirstStartMakesAnArchive() {
        assertThat(first).isEqualTo(new Result(0, VERSION, PREPARING));
        assertThat(archive).isNotEmptyFile();
    }

    @Test
    void laterStartsUseIt() throws Exception {
        assertThat(intarsia("")).isEqualTo(new Result(0, VERSION, ""));
        assertThat(intarsia(LOADS).error).contains(FROM_THE_ARCHIVE);
    }

    @Test
    void anArchiveOfOtherJarsIsPassedOverInSilence() throws Exception {
        FileTime before = Files.getLastModifiedTime(runner);
        Files.setLastModifiedTime(runner, FileTime.from(before.toInstant().plusSeconds(60)));
        try {
            assertThat(intarsia("")).isEqualTo(new Result(0, VERSION, ""));
            assertThat(intarsia(LOADS).error).contains(FROM_THE_JAR).doesNotContain(FROM_THE_ARCHIVE);
        } finally {
            Files.setLastModifiedTime(runner, before);
        }
    }

    @Test
    void garbageIsPassedOverInSilence() throws Exception {
        byte[] before = Files.readAllBytes(archive);
        Files.writeString(archive, "garbage");
        try {
            assertThat(intarsia("")).isEqualTo(new Result(0, VERSION, ""));
        } finally {
            Files.write(archive, before);
        }
    }

    /// There is no Maven in this checkout.
    @Test
    void nothingStartsWhereTheBuildFails() throws Exception {
        Path sources = checkout.resolve("pom.xml");
        FileTime before = Files.getLastModifiedTime(sources);
        Files.setLastModifiedTime(sources,
                FileTime.from(Files.getLastModifiedTime(runner).toInstant().plusSeconds(60)));
        try {
            Result result = intarsia("");

            assertThat(result.exitCode).isEqualTo(1);
            assertThat(result.out).isEmpty();
            assertThat(result.error).contains("intarsia: the build failed").doesNotContain(PREPARING);
        } finally {
            Files.setLastModifiedTime(sources, before);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noDriverTakesTheSignalsOfTheJvm() throws Exception {
        assertThat(intarsia("-Xcheck:jni -Xlog:jni+resolve=debug:stderr").error).contains("libjsig is activated");
    }

    /// A file that is not there would be no error of the JVM's.
    @Test
    void theJvmIsToldWhatKernelsNeed() throws Exception {
        Path commands = checkout.toRealPath().resolve(COMMANDS);

        assertThat(commands).isNotEmptyFile();
        assertThat(intarsia("-XX:+PrintFlagsFinal").out)
                .containsPattern("CompileCommandFile += " + Pattern.quote(commands.toString()) + " ")
                .containsPattern("UseTypeProfile += false ")
                .containsPattern("ObjectAlignmentInBytes += 64 ");
    }

    @Test
    void whereNoArchiveCanBeMadeOnlyTheFirstStartTries() throws Exception {
        byte[] before = Files.readAllBytes(archive);
        Path aside = checkout.resolve("aside");
        Files.delete(archive);
        Files.move(distribution.resolve("examples"), aside);
        try {
            assertThat(intarsia("")).isEqualTo(new Result(0, VERSION, PREPARING));
            assertThat(archive).isEmptyFile();
            assertThat(intarsia("")).isEqualTo(new Result(0, VERSION, ""));
        } finally {
            Files.move(aside, distribution.resolve("examples"));
            Files.write(archive, before);
        }
    }
}
