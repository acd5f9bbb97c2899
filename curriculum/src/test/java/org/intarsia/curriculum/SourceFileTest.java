package org.intarsia.curriculum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.curriculum.SourceFile.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceFileTest {

    private static final String CONTENT = "one string per line";

    @TempDir
    Path folder;

    @Test
    void linesAreTrimmedAndKeepTheirNumbers() throws IOException {
        SourceFile file = read("  emma \r\n\n \t\r\nava\nzoë".getBytes(UTF_8));

        assertThat(file.lines()).containsExactly(new Line(1, "emma"), new Line(4, "ava"), new Line(5, "zoë"));
    }

    @Test
    void aByteOrderMarkIsNoSymbol() throws IOException {
        assertThat(read("\uFEFFemma\n".getBytes(UTF_8)).lines()).containsExactly(new Line(1, "emma"));
    }

    @Test
    void gzipIsToldByContent() throws IOException {
        byte[] plain = "emma\nava\n".getBytes(UTF_8);

        assertThat(read(gzip(plain))).isEqualTo(read(plain));
    }

    @Test
    void theDigestIsTheBeginningOfTheSha256() throws IOException {
        // printf 'abc' | sha256sum
        assertThat(read("abc".getBytes(UTF_8)).digest()).isEqualTo("ba7816bf8f01");
    }

    @Test
    void rejectsAFileThatIsNotSet() {
        rejects("", "must name a file with one string per line; it is not set");
        rejects(" ", "must name a file with one string per line; it is not set");
    }

    @Test
    void rejectsAFileThatIsMissing() {
        Path missing = folder.resolve("missing.txt");
        rejects(missing.toString(),
                "names '" + missing + "', which does not exist; looked for " + missing.toAbsolutePath());
    }

    @Test
    void rejectsANameThatNoFileCanHave() {
        rejects("a\0b", "names 'a\0b', which no file can be called: Nul character not allowed");
    }

    @Test
    void rejectsADirectory() {
        rejects(folder.toString(), "names '" + folder + "', which is a directory, not a file with one string per line");
    }

    @Test
    void rejectsADevice() {
        assumeThat(Path.of("/dev/zero")).exists();
        rejects("/dev/zero", "names '/dev/zero', which is not a regular file; copy what it gives into one");
    }

    @Test
    void rejectsAFileThatMayNotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("secret.txt"), "emma\n");
        Files.setPosixFilePermissions(file, Set.of());
        assumeThat(Files.isReadable(file)).as("the superuser reads everything").isFalse();

        rejects(file.toString(), "names '" + file + "', which this user may not read");
    }

    @Test
    void rejectsAnEmptyFile() throws IOException {
        rejects(new byte[0], "which is empty: it should hold one string per line");
        rejects("\n \n\t\n".getBytes(UTF_8), "which is empty: it should hold one string per line");
        rejects(gzip(new byte[0]), "which is empty: it should hold one string per line");
    }

    @Test
    void rejectsBytesThatAreNotUtf8() throws IOException {
        rejects("emma\nzoë\n".getBytes(StandardCharsets.ISO_8859_1), "which is not UTF-8 text: see line 2");
        byte[] cut = "emma\nzoë".getBytes(UTF_8);
        rejects(Arrays.copyOf(cut, cut.length - 1), "which is not UTF-8 text: see line 2");
        rejects("emma\nava\n".getBytes(StandardCharsets.UTF_16LE),
                "which is not UTF-8 text: there is a zero byte in line 1");
    }

    @Test
    void rejectsDamagedGzip() throws IOException {
        byte[] packed = gzip("emma\nava\n".getBytes(UTF_8));

        rejects(Arrays.copyOf(packed, packed.length - 9), "a gzip file that ends too early: it may be cut off");
        rejects(Arrays.copyOf(packed, 2), "a gzip file that ends too early: it may be cut off");
        packed[packed.length - 8] ^= 1;
        rejects(packed, "a damaged gzip file: Corrupt GZIP trailer");
    }

    private SourceFile read(byte[] bytes) throws IOException {
        return SourceFile.read(Files.write(folder.resolve("data.txt"), bytes).toString(), CONTENT);
    }

    private void rejects(byte[] bytes, String message) throws IOException {
        Path file = Files.write(folder.resolve("data.txt"), bytes);
        rejects(file.toString(), "names '" + file + "', " + message);
    }

    private static void rejects(String file, String message) {
        assertThatThrownBy(() -> SourceFile.read(file, CONTENT))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting()).isEqualTo("file"))
                .hasMessage(message);
    }

    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
