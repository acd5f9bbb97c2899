package org.intarsia.runner.registry;

import static org.intarsia.api.component.InvalidSettingException.check;
import static org.intarsia.api.component.InvalidSettingException.checkComponent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.intarsia.api.backend.Backend;
import org.intarsia.api.backend.BackendFactory;
import org.intarsia.api.component.Embedding;
import org.intarsia.api.component.EmbeddingFactory;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Loss;
import org.intarsia.api.component.LossFactory;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.PositionEncoding;
import org.intarsia.api.component.PositionEncodingFactory;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Vocabulary;

/// One or two components of each kind that depend on nothing, and a registry of exactly these.
public final class Samples {

    /// No settings.
    public record Nothing() {}

    /// Settings of every type.
    public record Wave(
            @Setting("the base of the wave lengths") double base,
            @Setting("how the pairs are made") Pairing pairing,
            @Setting("whether to turn") boolean turn,
            @Setting("a seed of its own") long salt,
            @Setting("a label") String label,
            @Setting("where it acts") Range range) {

        /// Checks one of them.
        public Wave {
            check(base > 0, "base", "must be above 0, not " + base);
        }
    }

    /// An enum of two words.
    public enum Pairing {
        /// One half with the other.
        HALF_AND_HALF,
        /// Neighbours.
        INTERLEAVED
    }

    /// Settings in settings.
    public record Range(@Setting("the first layer") int from, @Setting("the last layer") int to) {

        /// Checks that it is not empty, as one who does not know how the runner is told.
        public Range {
            if (to < from) {
                throw new IllegalArgumentException("the range " + from + ".." + to + " is empty");
            }
        }
    }

    /// A file that has to be named.
    public record Source(@Setting("the file to read") String file) {}

    /// The position encoding `wave`.
    public static final class WaveFactory implements PositionEncodingFactory<Wave> {

        @Override
        public String name() {
            return "wave";
        }

        @Override
        public String description() {
            return "A wave.";
        }

        @Override
        public Wave defaults() {
            return new Wave(10000, Pairing.INTERLEAVED, true, 7, "plain", new Range(0, 9));
        }

        @Override
        public PositionEncoding create(Wave config, ModelShape shape) {
            check(!config.label.equals("odd"), "label", "cannot be odd");
            check(shape.width() != 6, "width", "must not be 6 for a wave");
            check(shape.vocabulary() != 13, "vocabulary", "must not be 13");
            checkComponent(shape.heads() != 3, "a wave cannot be had with 3 heads");
            check(shape.layers() != 5, "base", "must be small for 5 layers");
            return new PositionEncoding() {};
        }
    }

    /// The position encoding `still`.
    public static final class StillFactory implements PositionEncodingFactory<Nothing> {

        @Override
        public String name() {
            return "still";
        }

        @Override
        public String description() {
            return "Nothing moves.";
        }

        @Override
        public Nothing defaults() {
            return new Nothing();
        }

        @Override
        public PositionEncoding create(Nothing config, ModelShape shape) {
            throw new NoClassDefFoundError("com/example/Lost");
        }
    }

    /// The embedding `plain`.
    public static final class PlainFactory implements EmbeddingFactory<Nothing> {

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public String description() {
            return "Nothing but the tokens.";
        }

        @Override
        public Nothing defaults() {
            return new Nothing();
        }

        @Override
        public Embedding create(Nothing config, ModelShape shape) {
            return (tokens, _, _) -> tokens;
        }
    }

    /// The loss `zero`.
    public static final class ZeroFactory implements LossFactory<Nothing> {

        @Override
        public String name() {
            return "zero";
        }

        @Override
        public String description() {
            return "Nothing is wrong.";
        }

        @Override
        public Nothing defaults() {
            return new Nothing();
        }

        @Override
        public Loss create(Nothing config, ModelShape shape) {
            return (_, targets, _) -> targets;
        }
    }

    /// The task `lines`, which cannot find its file.
    public static final class LinesFactory implements TaskFactory<Source> {

        @Override
        public String name() {
            return "lines";
        }

        @Override
        public String description() {
            return "The lines of a file.";
        }

        @Override
        public Source defaults() {
            return new Source("");
        }

        @Override
        public Task create(Source config) {
            throw new InvalidSettingException("file", config.file.isEmpty() ? "must name a file" : "names no file");
        }
    }

    /// The task `zeros`.
    public static final class ZerosFactory implements TaskFactory<Nothing> {

        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public String description() {
            return "Zeros.";
        }

        @Override
        public Nothing defaults() {
            return new Nothing();
        }

        @Override
        public Task create(Nothing config) {
            return new Zeros();
        }
    }

    private static final class Zeros implements Task {

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary.Integers(0, 0);
        }

        @Override
        public int length() {
            return 1;
        }

        @Override
        public int[] draw(RandomGenerator random) {
            return new int[2];
        }

        @Override
        public List<int[]> heldOut(Split split) {
            return List.of(new int[2]);
        }

        @Override
        public List<int[]> prompts(int count) {
            return List.of();
        }
    }

    /// The backend `cpu`, which is none.
    public static final class CpuFactory implements BackendFactory<Nothing> {

        @Override
        public String name() {
            return "cpu";
        }

        @Override
        public String description() {
            return "Computes nothing.";
        }

        @Override
        public Nothing defaults() {
            return new Nothing();
        }

        @Override
        public Backend create(Nothing config) {
            throw new InvalidSettingException("threads", "are not to be had");
        }
    }

    private Samples() {}

    /// Returns a registry of the samples and of the plugins in a folder.
    ///
    /// @param folder for the files that name the services
    public static Registry registry(Path folder, Path... plugins) {
        return Registry.load(application(folder), List.of(plugins));
    }

    /// Returns a class loader that sees all classes, and as services only the samples.
    private static ClassLoader application(Path folder) {
        Path services = folder.resolve("META-INF/services");
        try {
            Files.createDirectories(services);
            Files.write(services.resolve(PositionEncodingFactory.class.getName()),
                    List.of(WaveFactory.class.getName(), StillFactory.class.getName()));
            Files.write(services.resolve(EmbeddingFactory.class.getName()), List.of(PlainFactory.class.getName()));
            Files.write(services.resolve(LossFactory.class.getName()), List.of(ZeroFactory.class.getName()));
            Files.write(services.resolve(TaskFactory.class.getName()),
                    List.of(LinesFactory.class.getName(), ZerosFactory.class.getName()));
            Files.write(services.resolve(BackendFactory.class.getName()), List.of(CpuFactory.class.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClassLoader(Samples.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.startsWith("META-INF/services/org.intarsia.")
                        ? Collections.enumeration(List.of(folder.resolve(name).toUri().toURL()))
                        : super.getResources(name);
            }
        };
    }
}
