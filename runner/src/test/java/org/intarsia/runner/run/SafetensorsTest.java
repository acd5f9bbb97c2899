package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SafetensorsTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("some.safetensors");
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrote(SafetensorsType type) throws IOException {
        write(type);

        SafetensorsFile read = SafetensorsFile.read(file);

        assertThat(read.names()).containsExactly("matrix", "number");
        assertThat(read.shape("matrix")).contains(List.of(2, 3));
        assertThat(read.shape("number")).contains(List.of());
        assertThat(read.shape("nothing")).isEmpty();
        assertThat(read.values("matrix")).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(read.metadata()).containsEntry("step", "17");
    }

    @Test
    void alignsTheNumbersToEightBytes() throws IOException {
        write(SafetensorsType.F32);

        assertThat(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8).isZero();
    }

    @Test
    void noticesEveryLengthAtWhichItIsCutOff() throws IOException {
        write(SafetensorsType.F32);
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SafetensorsFile.read(file)).as("cut to " + length)
                    .isInstanceOf(MalformedFileException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"x\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,4]}} | the tensor \"x\" has the type \"F16\", not one of F32, F64, I32",
                "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}} | the tensor \"x\" has no shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | the tensor \"x\" has a shape with a size of -1",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | the tensor \"x\" has no two offsets",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | the tensor \"x\" is said to be in the bytes 0 to 8, but there are 4",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | the tensor \"x\" is said to be in the bytes 4 to 0, but there are 4",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | the tensor \"x\" has 4 bytes, not the 8 of its shape [2]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}} | the tensor \"x\" starts at byte 4, where the one before ends at 0",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | its tensors end at byte 0, but there are 4",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,2000000000],\"data_offsets\":[0,4]}} | a tensor has the shape [2000000000, 2000000000, 2000000000], more than any file holds",
                "{\"__metadata__\":{\"a\":1}} | the metadata \"a\" are not a text",
                "[1] | its header is not a JSON object",
            })
    void saysWhatIsWrongWithAHeader(String header, String message) throws IOException {
        byte[] json = header.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());

        assertThatThrownBy(() -> SafetensorsFile.read(file)).isInstanceOf(MalformedFileException.class)
                .hasMessage(message);
    }

    @Test
    void saysThatAFileIsTooShort() throws IOException {
        Files.write(file, new byte[5]);

        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .hasMessage("it ends after 5 bytes, within the length of its header");
    }

    @Test
    void saysThatAHeaderIsTooLong() throws IOException {
        Files.write(file, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'});

        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .hasMessage("its header is said to be 18446744073709551615 bytes long, but 2 bytes follow");
    }

    @Test
    void readsFilesWithoutAChecksum() throws IOException {
        Files.write(file, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});

        assertThatCode(() -> SafetensorsFile.read(file)).doesNotThrowAnyException();
    }

    @Test
    void saysWhichTensorIsMissing() throws IOException {
        write(SafetensorsType.F64);

        assertThatThrownBy(() -> SafetensorsFile.read(file).values("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no tensor \"nothing\"; there are [matrix, number]");
    }

    private void write(SafetensorsType type) throws IOException {
        SequencedMap<String, List<Integer>> shapes = new LinkedHashMap<>();
        shapes.put("matrix", List.of(2, 3));
        shapes.put("number", List.of());
        Safetensors.write(file, type, shapes, Map.of("step", "17"), (_, values) -> Arrays.setAll(values, i -> i));
    }
}
