package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The content of a safetensors file, checked in every part before anything of it is used.
public final class SafetensorsFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final ByteBuffer data;

    /// Where a tensor is.
    private record Entry(String name, SafetensorsType type, List<Integer> shape, long start, long end) {}

    private SafetensorsFile(ByteBuffer data) {
        this.data = data;
    }

    /// Reads a file.
    ///
    /// @throws MalformedFileException if a part of it is not as the format says, or its checksum, where it has one, is
    ///         another
    public static SafetensorsFile read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        check(bytes.length >= Long.BYTES, "it ends after " + bytes.length + " bytes, within the length of its header");
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long rest = (long) bytes.length - Long.BYTES;
        check(length >= 2 && length <= rest, "its header is said to be " + Long.toUnsignedString(length)
                + " bytes long, but " + rest + " bytes follow");
        String header = new String(bytes, Long.BYTES, (int) length, UTF_8);
        int start = Long.BYTES + (int) length;
        SafetensorsFile content = new SafetensorsFile(
                ByteBuffer.wrap(bytes, start, bytes.length - start).slice().order(ByteOrder.LITTLE_ENDIAN));
        content.parse(header);
        content.checkCovered();
        content.checkSum(bytes, start);
        return content;
    }

    private void parse(String header) throws MalformedFileException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(header);
        } catch (JacksonException e) {
            throw new MalformedFileException("its header is not JSON: " + e.getOriginalMessage());
        }
        check(tree.isObject(), "its header is not a JSON object");
        for (Map.Entry<String, JsonNode> property : tree.properties()) {
            if (property.getKey().equals(Safetensors.METADATA)) {
                for (Map.Entry<String, JsonNode> text : property.getValue().properties()) {
                    check(text.getValue().isString(), "the metadata \"" + text.getKey() + "\" are not a text");
                    metadata.put(text.getKey(), text.getValue().stringValue());
                }
            } else {
                entries.put(property.getKey(), entry(property.getKey(), property.getValue()));
            }
        }
    }

    private Entry entry(String name, JsonNode node) throws MalformedFileException {
        String where = "the tensor \"" + name + "\" ";
        String dtype = node.path("dtype").asString("");
        SafetensorsType type = SafetensorsType.named(dtype).orElseThrow(
                () -> new MalformedFileException(where + "has the type \"" + dtype + "\", not one of F32, F64, I32"));
        check(node.path("shape").isArray(), where + "has no shape");
        List<Integer> shape = new ArrayList<>();
        for (JsonNode size : node.path("shape")) {
            check(size.canConvertToInt() && size.isIntegralNumber() && size.intValue() >= 0,
                    where + "has a shape with a size of " + size);
            shape.add(size.intValue());
        }
        JsonNode offsets = node.path("data_offsets");
        check(offsets.size() == 2 && offsets.path(0).isIntegralNumber() && offsets.path(1).isIntegralNumber(),
                where + "has no two offsets");
        long start = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        check(0 <= start && start <= end && end <= data.capacity(), where + "is said to be in the bytes " + start
                + " to " + end + ", but there are " + data.capacity());
        check(end - start == bytes(shape, type),
                where + "has " + (end - start) + " bytes, not the " + bytes(shape, type) + " of its shape " + shape);
        return new Entry(name, type, shape, start, end);
    }

    private static long bytes(List<Integer> shape, SafetensorsType type) throws MalformedFileException {
        try {
            return Math.multiplyExact(Safetensors.count(shape), type.size());
        } catch (ArithmeticException e) {
            throw new MalformedFileException("a tensor has the shape " + shape + ", more than any file holds");
        }
    }

    /// The format wants every byte to belong to one tensor.
    private void checkCovered() throws MalformedFileException {
        long covered = 0;
        for (Entry entry : entries.values().stream().sorted(Comparator.comparingLong(Entry::start)).toList()) {
            check(entry.start == covered, "the tensor \"" + entry.name + "\" starts at byte " + entry.start
                    + ", where the one before ends at " + covered);
            covered = entry.end;
        }
        check(covered == data.capacity(), "its tensors end at byte " + covered + ", but there are " + data.capacity());
    }

    private void checkSum(byte[] bytes, int dataStart) throws MalformedFileException {
        String sum = metadata.get(Safetensors.CHECKSUM);
        if (sum == null) {
            return;
        }
        String header = new String(bytes, Long.BYTES, dataStart - Long.BYTES, UTF_8);
        MessageDigest digest = Safetensors.sha256();
        digest.update(bytes, 0, Long.BYTES);
        digest.update(header.replace(sum, Safetensors.NO_SUM).getBytes(UTF_8));
        digest.update(bytes, dataStart, bytes.length - dataStart);
        check(HexFormat.of().formatHex(digest.digest()).equals(sum),
                "its checksum is another: some bytes were changed since it was written");
    }

    private static void check(boolean holds, String message) throws MalformedFileException {
        if (!holds) {
            throw new MalformedFileException(message);
        }
    }

    /// Returns the texts by name.
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /// Returns the names of the tensors, in the order of the header.
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /// Returns the sizes of the axes of a tensor, or nothing if there is none of this name.
    public Optional<List<Integer>> shape(String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::shape);
    }

    /// Returns a tensor's numbers, the last axis fastest.
    ///
    /// @throws IllegalArgumentException if there is none of this name
    public double[] values(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no tensor \"" + name + "\"; there are " + names());
        }
        double[] values = new double[Math.toIntExact(Safetensors.count(entry.shape))];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.type.get(data, Math.toIntExact(entry.start + (long) i * entry.type.size()));
        }
        return values;
    }
}
