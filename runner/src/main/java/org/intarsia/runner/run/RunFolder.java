package org.intarsia.runner.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.intarsia.runner.error.UserError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The folder of a run, held by one process at a time.
public final class RunFolder implements AutoCloseable {

    /// The complete configuration.
    public static final String CONFIG = "config.json";
    /// What ran, where, and how it ended.
    public static final String RUN = "run.json";
    /// One measurement a line.
    public static final String METRICS = "metrics.jsonl";
    /// The measurements for TensorBoard.
    public static final String EVENTS = "events.out.tfevents.intarsia";
    /// From which a run goes on.
    public static final String CHECKPOINT = "checkpoint.safetensors";
    /// The weights with the lowest validation loss.
    public static final String BEST = "best.safetensors";

    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// What writes a file at the path that it is given.
    interface Content {

        void write(Path file) throws IOException;
    }

    /// Takes hold of a folder, which is created where it is missing.
    ///
    /// @throws UserError if it cannot be written, or another process is training in it
    public static RunFolder open(Path path) {
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new UserError("the run folder " + path + " is in use: another run is training in it"
                        + "\n  wait until it has ended, or choose another folder with --run");
            }
            return new RunFolder(path, channel);
        } catch (IOException e) {
            throw new UserError("the run folder " + path + " cannot be used: " + reason(e)
                    + "\n  choose another one with --run", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /// Reads the record of a folder without taking hold of it.
    ///
    /// @return nothing if no run was started there
    /// @throws UserError if the file is damaged
    public static Optional<RunRecord> record(Path folder) {
        Path file = folder.resolve(RUN);
        try {
            return Files.exists(file)
                    ? Optional.of(JsonFormat.read(Files.readString(file), RunRecord.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new UserError("the file " + file + " is damaged: " + reason(e)
                    + "\n  delete the folder to train from the start, or choose another one with --run", e);
        }
    }

    /// Returns where the folder is.
    public Path path() {
        return path;
    }

    /// Returns the path of one of its files.
    public Path file(String name) {
        return path.resolve(name);
    }

    /// Writes the complete configuration.
    ///
    /// @param text as JSON
    public void writeConfiguration(String text) {
        replace(CONFIG, file -> Files.writeString(file, text));
    }

    /// Writes the record.
    public void write(RunRecord run) {
        replace(RUN, file -> Files.writeString(file, JsonFormat.text(run)));
    }

    /// Writes a file aside and moves it into place, so that at any instant the old or the new one is there, whole.
    ///
    /// @throws UserError if it cannot be written; the old one stays
    void replace(String name, Content content) {
        Path target = file(name);
        Path aside = file(name + ".new");
        try {
            content.write(aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    /// Says that a file cannot be written.
    static UserError cannotWrite(Path file, IOException e) {
        return new UserError("cannot write " + file + ": " + reason(e)
                + "\n  what was saved before is still there; make room or rights, then give the same command again", e);
    }

    /// Returns the words of an exception that are about more than the file's name.
    static String reason(Exception e) {
        if (e instanceof JacksonException json) {
            return json.getOriginalMessage();
        }
        return e instanceof MalformedFileException || e.getClass() == IOException.class
                ? String.valueOf(e.getMessage())
                : e.toString();
    }

    /// Lets go of the folder.
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw cannotWrite(file(LOCK), e);
        }
    }
}
