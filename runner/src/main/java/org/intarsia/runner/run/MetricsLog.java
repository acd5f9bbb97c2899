package org.intarsia.runner.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.intarsia.runner.error.UserError;
import tools.jackson.core.JacksonException;

/// The growing file of measurements, one JSON object a line.
public final class MetricsLog {

    private final Path file;
    private int lines;

    private MetricsLog(Path file, int lines) {
        this.file = file;
        this.lines = lines;
    }

    /// Cuts a folder's file back to its first lines and goes on from there.
    ///
    /// @param lines how many lines stay
    /// @throws UserError if there are fewer
    public static MetricsLog resume(RunFolder folder, int lines) {
        Path file = folder.file(RunFolder.METRICS);
        try {
            List<String> kept = Files.exists(file) ? whole(Files.readString(file)) : List.of();
            if (kept.size() < lines) {
                throw new UserError(
                        "the file " + file + " has " + kept.size() + " lines, where the checkpoint beside it"
                                + " knows of " + lines
                                + "\n  put a copy of it back, or delete the folder to train from the start");
            }
            String content = kept.stream().limit(lines).map(line -> line + "\n").collect(Collectors.joining());
            folder.replace(RunFolder.METRICS, aside -> Files.writeString(aside, content));
            return new MetricsLog(file, lines);
        } catch (IOException e) {
            throw new UserError("the file " + file + " cannot be read: " + RunFolder.reason(e), e);
        }
    }

    /// A run that was killed may have left half a line.
    private static List<String> whole(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /// Reads all measurements of a run's folder.
    ///
    /// @throws UserError if the file cannot be read, or a line is damaged
    public static List<Measurement> read(Path folder) {
        Path file = folder.resolve(RunFolder.METRICS);
        List<Measurement> measurements = new ArrayList<>();
        try {
            for (String line : whole(Files.readString(file))) {
                measurements.add(JsonFormat.read(line, Measurement.class));
            }
        } catch (IOException e) {
            throw new UserError("the file " + file + " cannot be read: " + RunFolder.reason(e), e);
        } catch (JacksonException e) {
            throw new UserError("the file " + file + " is damaged in line " + (measurements.size() + 1) + ": "
                    + RunFolder.reason(e) + "\n  put a copy of it back, or delete the folder to train from the start",
                    e);
        }
        return measurements;
    }

    /// Adds a line.
    public void append(Measurement measurement) {
        try {
            Files.write(file, (JsonFormat.line(measurement) + "\n").getBytes(UTF_8), StandardOpenOption.APPEND);
            lines++;
        } catch (IOException e) {
            throw RunFolder.cannotWrite(file, e);
        }
    }

    /// Returns how many lines there are.
    public int lines() {
        return lines;
    }
}
