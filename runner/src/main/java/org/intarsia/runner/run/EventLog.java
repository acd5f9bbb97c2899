package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32C;
import org.intarsia.runner.error.UserError;

/// The growing file of scalars that TensorBoard reads.
///
/// A record is the length as 8 bytes, its masked CRC-32C, the message, and the message's masked CRC-32C, all
/// little-endian (TensorFlow, `core/lib/io/record_writer.h`). A message is a protobuf `Event`: 1 the wall time, 2 the
/// step, 3 the version of the file, 5 the summary, which has 1 values of 1 a tag and 2 a number (`event.proto`,
/// `summary.proto`).
public final class EventLog {

    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int MASK_ROTATION = 15;

    private static final int DOUBLE = 1;
    private static final int BYTES = 2;
    private static final int FLOAT = 5;
    private static final int VARINT = 0;

    private final Path file;

    private EventLog(Path file) {
        this.file = file;
    }

    /// Cuts a folder's file back to what was logged up to a step and goes on from there.
    public static EventLog resume(RunFolder folder, int step) {
        Path file = folder.file(RunFolder.EVENTS);
        try {
            byte[] kept = Files.exists(file) ? upTo(Files.readAllBytes(file), step) : new byte[0];
            byte[] content = kept.length > 0 ? kept : record(version());
            folder.replace(RunFolder.EVENTS, aside -> Files.write(aside, content));
            return new EventLog(file);
        } catch (IOException e) {
            throw new UserError("the file " + file + " cannot be read: " + RunFolder.reason(e), e);
        }
    }

    /// Adds numbers of a step.
    public void append(int step, SequencedMap<String, Double> scalars) {
        try {
            Files.write(file, record(event(step, scalars)), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw RunFolder.cannotWrite(file, e);
        }
    }

    private static byte[] upTo(byte[] bytes, int step) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = 0;
        while (bytes.length - end >= HEAD + Integer.BYTES) {
            long length = buffer.getLong(end);
            int message = end + HEAD;
            if (buffer.getInt(end + Long.BYTES) != crc(bytes, end, Long.BYTES) || length < 0
                    || length > bytes.length - message - Integer.BYTES || step(buffer, message, (int) length) > step) {
                break;
            }
            end = message + (int) length + Integer.BYTES;
        }
        return Arrays.copyOf(bytes, end);
    }

    /// Our events have their wall time in the first nine bytes and the step, if any, next.
    private static long step(ByteBuffer buffer, int start, int length) {
        int at = start + 1 + Double.BYTES;
        if (at >= start + length || buffer.get(at) != ((2 << 3) | VARINT)) {
            return 0;
        }
        long step = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            at++;
            step |= (buffer.get(at) & 0x7FL) << shift;
            if (buffer.get(at) >= 0) {
                break;
            }
        }
        return step;
    }

    private static byte[] version() {
        return new Message().wallTime().bytes(3, "brain.Event:2".getBytes(UTF_8)).toBytes();
    }

    private static byte[] event(int step, SequencedMap<String, Double> scalars) {
        Message summary = new Message();
        for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
            Message value = new Message().bytes(1, scalar.getKey().getBytes(UTF_8))
                    .number(2, scalar.getValue().floatValue());
            summary.bytes(1, value.toBytes());
        }
        return new Message().wallTime().varint(2, step).bytes(5, summary.toBytes()).toBytes();
    }

    private static byte[] record(byte[] message) {
        ByteBuffer record = ByteBuffer.allocate(HEAD + message.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(crc(record.array(), 0, Long.BYTES));
        record.put(message).putInt(crc(message, 0, message.length));
        return record.array();
    }

    private static int crc(byte[] bytes, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, start, length);
        return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
    }

    /// A protobuf message.
    private static final class Message {

        private static final double NANOS = 1e9;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message wallTime() {
            tag(1, DOUBLE);
            Instant now = Instant.now();
            return little(Double.BYTES, Double.doubleToLongBits(now.getEpochSecond() + now.getNano() / NANOS));
        }

        Message number(int field, float number) {
            tag(field, FLOAT);
            return little(Float.BYTES, Float.floatToIntBits(number));
        }

        Message varint(int field, long number) {
            tag(field, VARINT);
            return varint(number);
        }

        Message bytes(int field, byte[] bytes) {
            tag(field, BYTES);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void tag(int field, int type) {
            varint((field << 3) | type);
        }

        private Message varint(long number) {
            long rest = number;
            while (rest >>> 7 != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
            return this;
        }

        private Message little(int bytes, long bits) {
            for (int i = 0; i < bytes; i++) {
                out.write((int) (bits >>> (8 * i)));
            }
            return this;
        }
    }
}
