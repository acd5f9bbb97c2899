package org.intarsia.runner.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;

/// A hash of what a run sees: what the task says of its data, all held-out sequences, and the first that training draws.
/// A run does not go on with other data than it began with, and arms of an ablation can be seen to share theirs.
final class Fingerprint {

    private static final int DRAWN = 256;
    private static final int DIGITS = 12;

    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Task task, Seed seed) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            task.notes().forEach(note -> fingerprint.digest.update(note.getBytes(StandardCharsets.UTF_8)));
            for (Task.Split split : Task.Split.values()) {
                task.heldOut(split).forEach(fingerprint::add);
            }
            for (int i = 0; i < DRAWN; i++) {
                fingerprint.add(task.draw(seed.at(i).generator()));
            }
            return HexFormat.of().formatHex(fingerprint.digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private void add(int[] sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * (sequence.length + 1)).putInt(sequence.length);
        for (int token : sequence) {
            bytes.putInt(token);
        }
        digest.update(bytes.array());
    }
}
