package org.intarsia.curriculum;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.intarsia.api.component.InvalidSettingException;

/// A text file that the setting `file` names: UTF-8, plain or packed by gzip, which its first bytes tell.
///
/// @param name as the user wrote it, in quotes
/// @param lines what is not blank
/// @param digest the first 12 hexadecimal digits of the SHA-256 of the text
record SourceFile(String name, List<Line> lines, String digest) {

    /// More would not fit a usual heap beside what is made of it.
    private static final int LARGEST = 1 << 29;
    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /// A line without the space around it.
    ///
    /// @param number counts from 1, blank lines included
    record Line(int number, String text) {}

    /// Reads a file.
    ///
    /// @param content what it should hold, for errors: "one string per line"
    /// @throws InvalidSettingException if it is missing, unreadable, not text or blank
    static SourceFile read(String file, String content) {
        if (file.isBlank()) {
            throw invalid("must name a file with " + content + "; it is not set");
        }
        String name = "'" + file + "'";
        byte[] bytes = unpacked(name, bytes(name, path(name, file), content));
        List<Line> lines = lines(text(name, bytes));
        if (lines.isEmpty()) {
            throw invalid("names " + name + ", which is empty: it should hold " + content);
        }
        return new SourceFile(name, lines, digest(bytes));
    }

    /// Returns the error that says so of this file.
    InvalidSettingException error(String message) {
        return invalid("names " + name + ", " + message);
    }

    private static InvalidSettingException invalid(String message) {
        return new InvalidSettingException("file", message);
    }

    private static Path path(String name, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw invalid("names " + name + ", which no file can be called: " + e.getReason());
        }
    }

    private static byte[] bytes(String name, Path path, String content) {
        if (Files.notExists(path)) {
            throw invalid("names " + name + ", which does not exist; looked for " + path.toAbsolutePath().normalize());
        }
        if (Files.isDirectory(path)) {
            throw invalid("names " + name + ", which is a directory, not a file with " + content);
        }
        if (!Files.isRegularFile(path)) {
            throw invalid("names " + name + ", which is not a regular file; copy what it gives into one");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return limited(name, in);
        } catch (AccessDeniedException e) {
            throw invalid("names " + name + ", which this user may not read");
        } catch (IOException e) {
            throw invalid("names " + name + ", which cannot be read: " + e.getMessage());
        }
    }

    private static byte[] unpacked(String name, byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != (byte) 0x1f || bytes[1] != (byte) 0x8b) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return limited(name, in);
        } catch (EOFException e) {
            throw invalid("names " + name + ", a gzip file that ends too early: it may be cut off");
        } catch (IOException e) {
            throw invalid("names " + name + ", a damaged gzip file: " + e.getMessage());
        }
    }

    private static byte[] limited(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw invalid("names " + name + ", which is too large: at most " + (LARGEST >> 20) + " MiB are read");
        }
        return bytes;
    }

    private static String text(String name, byte[] bytes) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw invalid("names " + name + ", which is not UTF-8 text: see line " + lastLine(text));
        }
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw invalid("names " + name + ", which is not UTF-8 text: there is a zero byte in line "
                    + lastLine(text.substring(0, zero)));
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static long lastLine(String text) {
        return text.chars().filter(c -> c == '\n').count() + 1;
    }

    private static List<Line> lines(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty()) {
                lines.add(new Line(number, stripped));
            }
        }
        return List.copyOf(lines);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
