package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;

/// Integer sequences of the On-Line Encyclopedia of Integer Sequences, from a file in its "stripped" format that the user
/// names (oeis.org/stripped.gz): lines such as `A000005 ,1,2,2,3,`, and comments that begin with `#`.
///
/// A sequence ends before its first term outside `0 … maximum`, and is left out if too few terms remain; what is left
/// out is counted in [#notes()]. The model reads at most the first `length` + 1 of them. Sequences begin at their first
/// term, as the encyclopedia's do; with [Window#ANY], those for training begin anywhere.
///
/// A sequence's A-number alone decides its split, by a hash: neither the order of the lines, nor the other lines, nor
/// the run's seed. The encyclopedia has sequences that share a beginning; [#notes()] counts those that are held out and
/// in training all the same.
public final class OeisTask implements Task {

    private static final Seed SPLIT = Seed.of(0).stream("oeis").stream("split");

    private final Config config;
    private final Vocabulary vocabulary;
    private final List<StrippedLine> training = new ArrayList<>();
    private final List<StrippedLine> validation = new ArrayList<>();
    private final List<StrippedLine> test = new ArrayList<>();
    private final List<String> notes;

    /// Which part of a longer sequence training sees.
    public enum Window {
        /// Its beginning.
        FIRST,
        /// Any part of it, a new one at each draw. Held-out sequences are beginnings still.
        ANY
    }

    /// Settings of the task.
    ///
    /// @param file the path of the file
    /// @param length how many terms the model reads
    /// @param maximum the largest integer
    /// @param minimumTerms the fewest terms of a sequence that is used
    /// @param window which part of a longer sequence training sees
    /// @param heldOut the share of the validation and of the test split
    public record Config(
            @Setting("The path of a file in the OEIS's stripped format: plain or gzip.") String file,
            @Setting("Terms that the model reads before the last prediction, 1 to 65536.") int length,
            @Setting("The largest integer, 1 to 65535; the smallest is 0. A sequence ends before a term outside.") int maximum,
            @Setting("The fewest terms of a sequence that is used, at least 2.") int minimumTerms,
            @Setting("What training sees of a sequence that is longer: its FIRST terms or ANY part.") Window window,
            @Setting("The share of sequences for validation, and as large a one for the test: above 0, below 0.5.") double heldOut) {

        /// Checks the ranges.
        public Config {
            check(1 <= length && length <= 65_536, "length", "must be 1 to 65536, not " + length);
            check(1 <= maximum && maximum <= 65_535, "maximum", "must be 1 to 65535, not " + maximum);
            check(minimumTerms >= 2, "minimumTerms", "must be at least 2, not " + minimumTerms);
            check(0 < heldOut && heldOut < 0.5, "heldOut", "must be above 0 and below 0.5, not " + heldOut);
        }
    }

    /// Makes the task `oeis`.
    public static final class Factory implements TaskFactory<Config> {

        /// Creates the factory.
        public Factory() {}

        @Override
        public String name() {
            return "oeis";
        }

        @Override
        public String description() {
            return "Integer sequences of a file in the stripped format of the OEIS (oeis.org/stripped.gz).";
        }

        @Override
        public Config defaults() {
            return new Config("", 16, 255, 3, Window.FIRST, 0.1);
        }

        @Override
        public OeisTask create(Config config) {
            return new OeisTask(config);
        }
    }

    private OeisTask(Config config) {
        this.config = config;
        vocabulary = new Vocabulary.Integers(0, config.maximum());
        SourceFile file = SourceFile.read(config.file(), "one OEIS sequence per line, such as A000005 ,1,2,2,3,");
        Map<String, Integer> seen = new HashMap<>();
        int usable = 0;
        for (SourceFile.Line line : file.lines()) {
            if (line.text().startsWith("#")) {
                continue;
            }
            StrippedLine sequence = StrippedLine.parse(file, line, config.maximum());
            Integer before = seen.put(sequence.id(), line.number());
            if (before != null) {
                throw file.error("whose line " + line.number() + " repeats " + sequence.id() + " of line " + before);
            }
            if (sequence.count() >= config.minimumTerms()) {
                usable++;
                split(sequence.id()).add(sequence);
            }
        }
        requireSome(file, "training", training, seen.size(), usable);
        requireSome(file, "validation", validation, seen.size(), usable);
        requireSome(file, "test", test, seen.size(), usable);
        notes = List.of(
                String.format(Locale.ROOT,
                        "%s (SHA-256 %s) holds %,d sequences; %,d with fewer than %d terms in 0..%d at the beginning are left out.",
                        file.name(), file.digest(), seen.size(), seen.size() - usable, config.minimumTerms(),
                        config.maximum()),
                String.format(Locale.ROOT,
                        "Sequences for training: %,d, for validation: %,d, for the test: %,d.",
                        training.size(), validation.size(), test.size()),
                String.format(Locale.ROOT,
                        "Of the last two, %,d begin with the same terms as one for training, as far as the model sees them.",
                        shared()));
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int length() {
        return config.length();
    }

    @Override
    public int[] draw(RandomGenerator random) {
        StrippedLine sequence = training.get(random.nextInt(training.size()));
        int spare = Math.max(0, sequence.count() - (config.length() + 1));
        return sequence.terms(switch (config.window()) {
            case FIRST -> 0;
            case ANY -> random.nextInt(spare + 1);
        }, config.length() + 1);
    }

    @Override
    public List<int[]> heldOut(Split split) {
        List<StrippedLine> sequences = switch (split) {
            case VALIDATION -> validation;
            case TEST -> test;
        };
        return sequences.stream().map(this::beginning).toList();
    }

    @Override
    public List<Floor> floors() {
        return Floors.of(config.maximum());
    }

    /// Returns the first `length / 2 + 1` terms, or all but the last, of the test's sequences in turn.
    @Override
    public List<int[]> prompts(int count) {
        return IntStream.range(0, count).mapToObj(i -> beginning(test.get(i % test.size())))
                .map(terms -> Arrays.copyOf(terms, Math.min(terms.length - 1, config.length() / 2 + 1))).toList();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    private List<StrippedLine> split(String id) {
        double place = (SPLIT.stream(id).key() >>> 11) * 0x1p-53;
        if (place < config.heldOut()) {
            return test;
        }
        return place < 2 * config.heldOut() ? validation : training;
    }

    private static void requireSome(SourceFile file, String name, List<StrippedLine> split, int sequences, int usable) {
        if (split.isEmpty()) {
            throw file.error("which holds too few sequences: of " + sequences + ", " + usable
                    + " have enough terms in range, and none of these falls to the " + name + " split");
        }
    }

    private int[] beginning(StrippedLine sequence) {
        return sequence.terms(0, config.length() + 1);
    }

    private long shared() {
        Set<IntBuffer> seen = new HashSet<>();
        training.forEach(sequence -> seen.add(IntBuffer.wrap(beginning(sequence))));
        return Stream.concat(validation.stream(), test.stream())
                .filter(sequence -> seen.contains(IntBuffer.wrap(beginning(sequence)))).count();
    }
}
