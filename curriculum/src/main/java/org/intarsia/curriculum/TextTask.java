package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;

/// Strings of a file that the user names, one per line, as makemore reads them (github.com/karpathy/makemore).
///
/// Token 0 stands before and after each string; the others are the file's symbols (Unicode code points) in order. The
/// model reads at most the longest string and the token before it. Space around a line is dropped, blank lines are
/// skipped.
///
/// A string may be a grid, row by row (`columns`): then its symbols have a row and a column, and the tokens around it have
/// none. Where there are decimal digits, each has its place in its number, a run of digits.
///
/// The different strings are shuffled by a seed that is not the run's; 10 %, but at most 1000, are the test split, as
/// many validation, and training draws uniformly from all lines with the others. This differs from makemore twice: there
/// the weights that are kept are chosen by the test loss, so we keep validation and test apart; and there the lines are
/// split, so that a string that stands in the file twice may be in training and in test.
public final class TextTask implements Task {

    private static final Seed SPLIT = Seed.of(0).stream("text").stream("split");
    private static final int LARGEST_SPLIT = 1000;
    private static final int BOUNDARY = 0;

    private final Vocabulary.Symbols vocabulary;
    private final int length;
    private final int columns;
    private final int longestNumber;
    private final int[][] training;
    private final List<int[]> validation;
    private final List<int[]> test;
    private final Map<IntBuffer, Origin> origins;
    private final List<String> notes;

    /// Settings of the task.
    ///
    /// @param file the path of the file
    /// @param maximumLength the most symbols in a line
    /// @param columns of the grid that a line describes, 0 for none
    public record Config(
            @Setting("The path of a file with one string per line: UTF-8, plain or gzip.") String file,
            @Setting("The most symbols that a line may have, at least 1; a longer one is an error.") int maximumLength,
            @Setting("The columns of a grid that each line describes row by row; 0 if lines describe none.") int columns) {

        /// Checks the range.
        public Config {
            check(maximumLength >= 1, "maximumLength", "must be at least 1, not " + maximumLength);
            check(columns >= 0, "columns", "must be at least 0, not " + columns);
        }
    }

    /// Makes the task `text`.
    public static final class Factory implements TaskFactory<Config> {

        /// Creates the factory.
        public Factory() {}

        @Override
        public String name() {
            return "text";
        }

        @Override
        public String description() {
            return "Strings of a file, one per line, symbol by symbol, as makemore reads them.";
        }

        @Override
        public Config defaults() {
            return new Config("", 1024, 0);
        }

        @Override
        public TextTask create(Config config) {
            return new TextTask(config);
        }
    }

    private TextTask(Config config) {
        SourceFile file = SourceFile.read(config.file(), "one string per line");
        for (SourceFile.Line line : file.lines()) {
            int symbols = line.text().codePointCount(0, line.text().length());
            check(symbols <= config.maximumLength(), "maximumLength",
                    "is " + config.maximumLength() + ", but line " + line.number() + " of " + file.name() + " has "
                            + symbols + " symbols: raise it or shorten the line");
        }
        List<String> strings = file.lines().stream().map(SourceFile.Line::text).toList();
        Set<String> different = new LinkedHashSet<>(strings);
        if (different.size() < 3) {
            throw file.error("which holds " + different.size() + (different.size() == 1 ? " string" : " strings")
                    + ": at least 3 different ones are needed, for training, validation and test");
        }

        int[] symbols = strings.stream().flatMapToInt(String::codePoints).distinct().sorted().toArray();
        vocabulary = new Vocabulary.Symbols(
                Stream.concat(Stream.of(""), Arrays.stream(symbols).mapToObj(Character::toString)).toList());
        length = 1 + strings.stream().mapToInt(s -> s.codePointCount(0, s.length())).max().orElseThrow();

        columns = config.columns();
        longestNumber = strings.stream().mapToInt(TextTask::longestNumber).max().orElseThrow();

        List<String> shuffled = new ArrayList<>(different);
        Collections.shuffle(shuffled, SPLIT.generator());
        int size = Math.clamp(shuffled.size() / 10, 1, LARGEST_SPLIT);
        Set<String> heldOut = Set.copyOf(shuffled.subList(0, 2 * size));
        test = encode(shuffled.subList(0, size), symbols);
        validation = encode(shuffled.subList(size, 2 * size), symbols);
        training = encode(strings.stream().filter(s -> !heldOut.contains(s)).toList(), symbols).toArray(int[][]::new);

        origins = new HashMap<>();
        put(Arrays.asList(training), Origin.TRAINING);
        put(validation, Origin.HELD_OUT);
        put(test, Origin.HELD_OUT);
        notes = List.of(
                String.format(Locale.ROOT,
                        "%s (SHA-256 %s) holds %,d strings, %,d of them different, of %d symbols and at most %d each.",
                        file.name(), file.digest(), strings.size(), different.size(), symbols.length, length - 1),
                String.format(Locale.ROOT,
                        "Lines for training: %,d; strings for validation: %,d, for the test: %,d, none of them in training.",
                        training.length, validation.size(), test.size()));
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public Map<Coordinate, Layout> coordinates() {
        Map<Coordinate, Layout> layouts = new EnumMap<>(Coordinate.class);
        if (columns > 0) {
            layouts.put(Coordinate.ROW, Layout.byIndex(Math.ceilDiv(length - 1, columns), length,
                    i -> i == 0 ? Coordinate.NONE : (i - 1) / columns));
            layouts.put(Coordinate.COLUMN, Layout.byIndex(columns, length,
                    i -> i == 0 ? Coordinate.NONE : (i - 1) % columns));
        }
        if (longestNumber > 0) {
            layouts.put(Coordinate.DIGIT, Layout.byTokens(longestNumber));
        }
        return layouts;
    }

    @Override
    public int[] coordinate(Coordinate coordinate, int[] tokens) {
        if (coordinate != Coordinate.DIGIT) {
            return Task.super.coordinate(coordinate, tokens);
        }
        int[] values = new int[tokens.length];
        for (int i = 0; i < tokens.length; i++) {
            // A model may write longer numbers than it has read; the places beyond count as the last.
            values[i] = !isDigit(tokens[i]) ? Coordinate.NONE
                    : i == 0 ? 0 : Math.min(values[i - 1] + 1, longestNumber - 1);
        }
        return values;
    }

    private boolean isDigit(int token) {
        return isDigit(vocabulary.symbols().get(token));
    }

    private static boolean isDigit(String symbol) {
        return symbol.length() == 1 && symbol.charAt(0) >= '0' && symbol.charAt(0) <= '9';
    }

    private static int longestNumber(String string) {
        return Arrays.stream(string.split("[^0-9]+")).mapToInt(String::length).max().orElse(0);
    }

    @Override
    public int[] draw(RandomGenerator random) {
        return training[random.nextInt(training.length)].clone();
    }

    @Override
    public List<int[]> heldOut(Split split) {
        List<int[]> sequences = switch (split) {
            case VALIDATION -> validation;
            case TEST -> test;
        };
        return sequences.stream().map(int[]::clone).toList();
    }

    /// Returns beginnings without a symbol: the model writes strings of its own.
    @Override
    public List<int[]> prompts(int count) {
        return Stream.generate(() -> new int[] {BOUNDARY}).limit(count).toList();
    }

    @Override
    public OptionalInt stop() {
        return OptionalInt.of(BOUNDARY);
    }

    @Override
    public Optional<Origin> origin(int[] sequence) {
        return Optional.of(origins.getOrDefault(IntBuffer.wrap(sequence), Origin.NEW));
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    private static List<int[]> encode(Collection<String> strings, int[] symbols) {
        return strings.stream().map(string -> encode(string, symbols)).toList();
    }

    private static int[] encode(String string, int[] symbols) {
        int[] points = string.codePoints().toArray();
        int[] tokens = new int[points.length + 2];
        for (int i = 0; i < points.length; i++) {
            tokens[i + 1] = Arrays.binarySearch(symbols, points[i]) + 1;
        }
        tokens[0] = BOUNDARY;
        tokens[tokens.length - 1] = BOUNDARY;
        return tokens;
    }

    private void put(Collection<int[]> sequences, Origin origin) {
        sequences.forEach(sequence -> origins.put(IntBuffer.wrap(sequence), origin));
    }
}
