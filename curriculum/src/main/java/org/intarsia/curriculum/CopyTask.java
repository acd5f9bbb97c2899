package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;

/// Random strings that are to be written once more, as they are or backwards: `b a d : b a d .` or `b a d : d a b .`
///
/// Training and validation draw lengths from 1 to `length`, each as often as the others; the test asks for longer ones,
/// from `length` + 1 to `testLength`, or for the same if the two are equal. The symbols and the colon are given; the answer
/// and the full stop are predicted. With 1 to 20 and up to 40 these are the tasks "copy" and "reverse" of Kazemnejad et al.,
/// "The Impact of Positional Encoding on Length Generalization in Transformers", arXiv 2305.19466, section 4, who test each
/// length by itself.
public final class CopyTask implements Task {

    private static final Seed STREAMS = Seed.of(0).stream("copy");
    private static final int MOST_SYMBOLS = 26;

    private final Config config;
    private final int colon;
    private final int stop;
    private final Vocabulary vocabulary;

    /// Settings of the task.
    ///
    /// @param reverse whether the answer is backwards
    /// @param symbols how many different ones there are
    /// @param length the longest string of training and validation
    /// @param testLength the longest string of the test
    /// @param heldOut the size of the validation and of the test split
    public record Config(
            @Setting("Whether the answer is the string backwards.") boolean reverse,
            @Setting("Different symbols, 2 to 26.") int symbols,
            @Setting("The longest string of training and validation, 1 to 10000; the shortest has 1 symbol.") int length,
            @Setting("The longest string of the test, at least length; if it is more, all strings of the test are longer than length.") int testLength,
            @Setting("Sequences for validation, and as many for the test, 1 to 1000000.") int heldOut) {

        /// Checks the ranges.
        public Config {
            check(2 <= symbols && symbols <= MOST_SYMBOLS, "symbols", "must be 2 to 26, not " + symbols);
            check(1 <= length && length <= 10_000, "length", "must be 1 to 10000, not " + length);
            check(length <= testLength && testLength <= 10_000, "testLength",
                    "must be from length, " + length + ", to 10000, not " + testLength);
            check(1 <= heldOut && heldOut <= 1_000_000, "heldOut", "must be 1 to 1000000, not " + heldOut);
        }
    }

    /// Makes the task `copy`.
    public static final class Factory implements TaskFactory<Config> {

        /// Creates the factory.
        public Factory() {}

        @Override
        public String name() {
            return "copy";
        }

        @Override
        public String description() {
            return "Random strings to be written once more, as they are or backwards, and longer ones in the test.";
        }

        @Override
        public Config defaults() {
            return new Config(false, 10, 20, 40, 200);
        }

        @Override
        public CopyTask create(Config config) {
            return new CopyTask(config);
        }
    }

    private CopyTask(Config config) {
        this.config = config;
        colon = config.symbols();
        stop = colon + 1;
        vocabulary = new Vocabulary.Symbols(Stream.concat(
                IntStream.range(0, colon).mapToObj(i -> Character.toString('a' + i)), Stream.of(":", ".")).toList());
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int length() {
        return 2 * config.testLength() + 1;
    }

    @Override
    public int given(int[] sequence) {
        return sequence.length / 2;
    }

    @Override
    public int[] draw(RandomGenerator random) {
        return draw(1, config.length(), random);
    }

    private int[] draw(int least, int most, RandomGenerator random) {
        int length = random.nextInt(least, most + 1);
        int[] tokens = new int[2 * length + 2];
        for (int i = 0; i < length; i++) {
            int symbol = random.nextInt(config.symbols());
            tokens[i] = symbol;
            tokens[config.reverse() ? 2 * length - i : length + 1 + i] = symbol;
        }
        tokens[length] = colon;
        tokens[2 * length + 1] = stop;
        return tokens;
    }

    @Override
    public List<int[]> heldOut(Split split) {
        return switch (split) {
            case VALIDATION -> fresh("validation", 1, config.length(), config.heldOut());
            case TEST -> fresh("test", shortestOfTest(), config.testLength(), config.heldOut());
        };
    }

    private int shortestOfTest() {
        return config.testLength() == config.length() ? 1 : config.length() + 1;
    }

    private List<int[]> fresh(String name, int least, int most, int count) {
        RandomGenerator random = STREAMS.stream(name).generator();
        return Stream.generate(() -> draw(least, most, random)).limit(count).toList();
    }

    /// Returns strings of the test's lengths, without their answers.
    @Override
    public List<int[]> prompts(int count) {
        return fresh("prompts", shortestOfTest(), config.testLength(), count).stream()
                .map(tokens -> Arrays.copyOf(tokens, given(tokens))).toList();
    }

    @Override
    public OptionalInt stop() {
        return OptionalInt.of(stop);
    }

    @Override
    public List<String> notes() {
        return List.of(String.format(Locale.ROOT,
                "Strings of 1 to %d of %d symbols in training and validation, of %d to %d in the test.",
                config.length(), config.symbols(), shortestOfTest(), config.testLength()));
    }
}
