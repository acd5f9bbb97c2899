package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes named tensors in the format of <https://github.com/huggingface/safetensors>: 8 bytes with the length of the
/// header (little-endian), the header as JSON, padded with blanks so that what follows is aligned to 8 bytes, and the
/// numbers one tensor after another.
///
/// The metadata get a key of ours, `sha256`: the SHA-256 of the whole file with 64 zeros in place of the sum itself.
/// [SafetensorsFile] reads such a file.
public final class Safetensors {

    static final String METADATA = "__metadata__";
    static final String CHECKSUM = "sha256";
    static final String NO_SUM = "0".repeat(64);
    static final int ALIGNMENT = 8;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int CHUNK = 1 << 18;

    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    private Safetensors(FileChannel channel) {
        this.channel = channel;
    }

    /// Where a tensor's numbers come from.
    public interface Source {

        /// Copies the numbers of a tensor, the last axis fastest.
        void read(String name, double[] values);
    }

    /// Writes a file.
    ///
    /// @param shapes the sizes of the axes of each tensor, by name, in the order of the file
    /// @param metadata texts by name
    /// @param source is asked once for each tensor
    public static void write(Path file, SafetensorsType type, SequencedMap<String, List<Integer>> shapes,
            Map<String, String> metadata, Source source) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            Safetensors writer = new Safetensors(channel);
            writer.put(header(type, shapes, metadata, NO_SUM));
            for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
                double[] values = new double[Math.toIntExact(count(tensor.getValue()))];
                source.read(tensor.getKey(), values);
                writer.put(type, values);
            }
            writer.flush();
            String sum = HexFormat.of().formatHex(writer.digest.digest());
            channel.position(0);
            writer.put(header(type, shapes, metadata, sum));
            writer.flush();
        }
    }

    private static byte[] header(SafetensorsType type, SequencedMap<String, List<Integer>> shapes,
            Map<String, String> metadata, String sum) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        ObjectNode texts = header.putObject(METADATA);
        metadata.forEach(texts::put);
        texts.put(CHECKSUM, sum);
        long offset = 0;
        for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
            long end = offset + count(tensor.getValue()) * type.size();
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", type.name());
            ArrayNode shape = entry.putArray("shape");
            tensor.getValue().forEach(shape::add);
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = MAPPER.writeValueAsString(header).getBytes(UTF_8);
        int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.array();
    }

    static long count(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private void put(byte[] bytes) throws IOException {
        flush();
        digest.update(bytes);
        write(ByteBuffer.wrap(bytes));
    }

    private void put(SafetensorsType type, double[] values) throws IOException {
        for (double value : values) {
            if (chunk.remaining() < type.size()) {
                flush();
            }
            type.put(chunk, value);
        }
    }

    private void flush() throws IOException {
        chunk.flip();
        digest.update(chunk.duplicate());
        write(chunk);
        chunk.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
