package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventLogTest {

    private static final int HEAD = 12;
    private static final int WALL_TIME = 9;

    @TempDir
    Path path;

    @Test
    void writesTheBytesThatTensorBoardReads() throws IOException {
        try (RunFolder folder = RunFolder.open(path)) {
            EventLog.resume(folder, 0).append(300, scalars("train/loss", 1.5));
        }

        byte[] bytes = Files.readAllBytes(path.resolve(RunFolder.EVENTS));
        // TensorFlow's own writer begins every file with these: the length 24, and the masked CRC-32C of that length.
        assertThat(hex(bytes, 0, HEAD)).isEqualTo("1800000000000000a37f4b22");
        assertThat(hex(bytes, HEAD + WALL_TIME, 15))
                .isEqualTo("1a0d" + HexFormat.of().formatHex("brain.Event:2".getBytes(
                        UTF_8)));
        int second = HEAD + 24 + 4;
        // 2 the step 300; 5 the summary of 19 bytes: 1 a value of 17 bytes: 1 the tag of 10 bytes, 2 the number 1.5f.
        assertThat(hex(bytes, second + HEAD + WALL_TIME, 24)).isEqualTo("10ac02" + "2a13" + "0a11" + "0a0a"
                + HexFormat.of().formatHex("train/loss".getBytes(UTF_8)) + "150000c03f");
    }

    @Test
    void cutsOffWhatCameAfterAStep() throws IOException {
        try (RunFolder folder = RunFolder.open(path)) {
            EventLog log = EventLog.resume(folder, 0);
            log.append(100, scalars("a", 1));
            log.append(200, scalars("a", 2));
            long end = Files.size(folder.file(RunFolder.EVENTS));
            log.append(300, scalars("a", 3));
            log.append(70_000, scalars("a", 4));

            EventLog.resume(folder, 200);

            assertThat(Files.size(folder.file(RunFolder.EVENTS))).isEqualTo(end);
        }
    }

    @Test
    void cutsOffHalfARecord() throws IOException {
        try (RunFolder folder = RunFolder.open(path)) {
            EventLog.resume(folder, 0).append(100, scalars("a", 1));
            byte[] whole = Files.readAllBytes(folder.file(RunFolder.EVENTS));
            EventLog.resume(folder, 100).append(200, scalars("a", 2));
            byte[] more = Files.readAllBytes(folder.file(RunFolder.EVENTS));

            for (int length = whole.length; length < more.length; length++) {
                Files.write(folder.file(RunFolder.EVENTS), Arrays.copyOf(more, length));
                EventLog.resume(folder, 1000);
                assertThat(Files.readAllBytes(folder.file(RunFolder.EVENTS))).as("cut to " + length).isEqualTo(whole);
            }
        }
    }

    private static SequencedMap<String, Double> scalars(String tag, double value) {
        return new LinkedHashMap<>(Map.of(tag, value));
    }

    private static String hex(byte[] bytes, int from, int count) {
        byte[] some = new byte[count];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).get(from, some);
        return HexFormat.of().formatHex(some);
    }
}
