package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.Task.Origin;
import org.intarsia.api.component.Task.Split;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextTaskTest {

    private static final TextTask.Factory FACTORY = new TextTask.Factory();

    @TempDir
    Path folder;

    @Test
    void aGridGivesRowsAndColumnsToItsSymbols() throws IOException {
        TextTask task = FACTORY.create(new TextTask.Config(file("xoxxo", "oxxox", "xxxoo").toString(), 5, 2));

        assertThat(task.coordinates()).isEqualTo(Map.of(Coordinate.ROW, new Layout(3, List.of(-1, 0, 0, 1, 1, 2)),
                Coordinate.COLUMN, new Layout(2, List.of(-1, 0, 1, 0, 1, 0))));
    }

    @Test
    void digitsKnowTheirPlaceInTheirNumber() throws IOException {
        TextTask task = FACTORY.create(new TextTask.Config(file("1,23", "31,2", "2,1").toString(), 5, 0));
        // The symbols are , 1 2 3, after the token 0 around a string.
        int[] sequence = {0, 2, 1, 3, 4, 2, 1, 0};

        assertThat(task.coordinates()).isEqualTo(Map.of(Coordinate.DIGIT, Layout.byTokens(2)));
        assertThat(task.coordinate(Coordinate.DIGIT, sequence)).containsExactly(-1, 0, -1, 0, 1, 1, -1, -1);
    }

    @Test
    void readsTheFormatOfMakemore() throws IOException {
        Task task = task("ba", " abc ", "", "cab");

        assertThat(task.vocabulary()).isEqualTo(new Vocabulary.Symbols(List.of("", "a", "b", "c")));
        assertThat(task.length()).isEqualTo(4);
        assertThat(task.stop()).hasValue(0);
        assertThat(everything(task)).containsExactlyInAnyOrder(List.of(0, 2, 1, 0), List.of(0, 1, 2, 3, 0),
                List.of(0, 3, 1, 2, 0));
        assertThat(task.floors()).isEmpty();
    }

    @Test
    void promptsAreTheTokenBeforeAString() throws IOException {
        assertThat(task("a", "b", "c").prompts(2)).containsExactly(new int[] {0}, new int[] {0});
    }

    @Test
    void symbolsAreCodePointsInOrder() throws IOException {
        Task task = task("z\uD83D\uDE00", "\uFF21", "é");

        assertThat(task.vocabulary())
                .isEqualTo(new Vocabulary.Symbols(List.of("", "z", "é", "\uFF21", "\uD83D\uDE00")));
        assertThat(task.length()).isEqualTo(3);
        assertThat(everything(task)).contains(List.of(0, 1, 4, 0));
    }

    @ParameterizedTest
    @CsvSource({"3,1", "19,1", "20,2", "25,2", "300,30", "9999,999", "10000,1000", "12345,1000"})
    void splitsAreATenthButAtMostAThousand(int strings, int heldOut) throws IOException {
        Task task = task(numbers(strings));

        assertThat(task.heldOut(Split.VALIDATION)).hasSize(heldOut);
        assertThat(task.heldOut(Split.TEST)).hasSize(heldOut);
        assertThat(everything(task)).hasSize(strings);
    }

    @Test
    void splitsAreDisjointAlsoWhenStringsRepeat() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lines.addAll(Collections.nCopies(i % 4 + 1, "s" + i));
        }
        Task task = task(lines.toArray(String[]::new));

        Set<List<Integer>> test = Set.copyOf(lists(task.heldOut(Split.TEST)));
        Set<List<Integer>> validation = Set.copyOf(lists(task.heldOut(Split.VALIDATION)));
        Set<List<Integer>> training = training(task);

        assertThat(test).hasSize(5).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(training);
        assertThat(validation).hasSize(5).doesNotContainAnyElementsOf(training);
        assertThat(training).hasSize(40);
    }

    @Test
    void theSplitIsShuffledAndDependsOnTheFileAlone() throws IOException {
        Task task = task(numbers(100));
        Task again = task(numbers(100));

        assertThat(texts(task, Split.TEST)).isEqualTo(texts(again, Split.TEST));
        assertThat(texts(task, Split.TEST)).as("a golden value: results of older runs stay comparable")
                .containsExactly("100054", "100077", "100053", "100078", "100028", "100022", "100040", "100061",
                        "100050", "100058");
    }

    @Test
    void trainingDrawsUniformlyFromLines() throws IOException {
        String[] lines = Stream.concat(Arrays.stream(numbers(10)), Stream.of("1000", "1000", "1000", "1000", "1000"))
                .toArray(String[]::new);
        Task task = task(lines);
        assertThat(task.origin(tokens(task, "1000"))).as("the test needs it in training").hasValue(Origin.TRAINING);
        RandomGenerator random = Seed.of(1).generator();
        int draws = 13_000;

        var counts = Stream.generate(() -> task.vocabulary().text(task.draw(random))).limit(draws)
                .collect(Collectors.groupingBy(string -> string, Collectors.counting()));

        // 8 strings that stand once, one that stands five times; the standard deviations are 30 and 56
        assertThat(counts).hasSize(9);
        assertThat(counts.remove("1000")).isBetween(4750L, 5250L);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850L, 1150L));
    }

    @Test
    void equalGeneratorsGiveEqualSequences() throws IOException {
        Task task = task(numbers(1000));
        RandomGenerator one = Seed.of(7).generator();
        RandomGenerator two = Seed.of(7).generator();
        RandomGenerator other = Seed.of(8).generator();

        List<List<Integer>> drawn = Stream.generate(() -> list(task.draw(one))).limit(100).toList();

        assertThat(Stream.generate(() -> list(task.draw(two))).limit(100)).isEqualTo(drawn);
        assertThat(Stream.generate(() -> list(task.draw(other))).limit(100)).isNotEqualTo(drawn);
    }

    @Test
    void changedSequencesChangeNothing() throws IOException {
        Task task = task("ab", "cd", "ef");
        Set<List<Integer>> before = everything(task);

        task.heldOut(Split.TEST).forEach(sequence -> Arrays.fill(sequence, 1));
        task.heldOut(Split.VALIDATION).forEach(sequence -> Arrays.fill(sequence, 1));
        Arrays.fill(task.draw(Seed.of(1).generator()), 1);

        assertThat(everything(task)).isEqualTo(before);
    }

    @Test
    void originsTellTrainingHeldOutAndNewApart() throws IOException {
        Task task = task(numbers(100));

        assertThat(task.heldOut(Split.TEST)).allSatisfy(s -> assertThat(task.origin(s)).hasValue(Origin.HELD_OUT));
        assertThat(task.heldOut(Split.VALIDATION))
                .allSatisfy(s -> assertThat(task.origin(s)).hasValue(Origin.HELD_OUT));
        RandomGenerator random = Seed.of(1).generator();
        for (int i = 0; i < 100; i++) {
            assertThat(task.origin(task.draw(random))).hasValue(Origin.TRAINING);
        }
        assertThat(task.origin(tokens(task, "2"))).hasValue(Origin.NEW);
        int[] whole = task.draw(random);
        assertThat(task.origin(Arrays.copyOf(whole, whole.length - 1))).as("it has not ended").hasValue(Origin.NEW);
    }

    @Test
    void notesCountWhatWasRead() throws IOException {
        Path file = file("ab", "ab", "cde", "e");

        assertThat(FACTORY.create(new TextTask.Config(file.toString(), 10, 0)).notes()).containsExactly(
                "'" + file + "' (SHA-256 e893a9f173ab) holds 4 strings, 3 of them different,"
                        + " of 5 symbols and at most 3 each.",
                "Lines for training: 2; strings for validation: 1, for the test: 1, none of them in training.");
    }

    @Test
    void rejectsFewerThanThreeStrings() throws IOException {
        Path one = file("emma");
        rejects(new TextTask.Config(one.toString(), 10, 0), "file", "names '" + one + "', which holds 1 string:"
                + " at least 3 different ones are needed, for training, validation and test");
        Path two = file("emma", "ava", "emma");
        rejects(new TextTask.Config(two.toString(), 10, 0), "file", "names '" + two + "', which holds 2 strings:"
                + " at least 3 different ones are needed, for training, validation and test");
    }

    @Test
    void rejectsLinesThatAreTooLong() throws IOException {
        Path file = file("emma", "", "olivia", "ava");

        rejects(new TextTask.Config(file.toString(), 5, 0), "maximumLength",
                "is 5, but line 3 of '" + file + "' has 6 symbols: raise it or shorten the line");
        assertThat(FACTORY.create(new TextTask.Config(file.toString(), 6, 0)).length()).isEqualTo(7);
    }

    @Test
    void rejectsAFileThatIsNotSet() {
        rejects(FACTORY.defaults(), "file", "must name a file with one string per line; it is not set");
    }

    @Test
    void rejectsMaximumLengths() {
        assertThatThrownBy(() -> new TextTask.Config("names.txt", 0, 0))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("maximumLength"))
                .hasMessage("must be at least 1, not 0");
    }

    private static void rejects(TextTask.Config config, String setting, String message) {
        assertThatThrownBy(() -> FACTORY.create(config))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessage(message);
    }

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("strings.txt"), String.join("\n", lines) + "\n");
    }

    private Task task(String... lines) throws IOException {
        return FACTORY.create(new TextTask.Config(file(lines).toString(), 100, 0));
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> Integer.toString(100_000 + i)).toArray(String[]::new);
    }

    private static int[] tokens(Task task, String string) {
        List<String> symbols = ((Vocabulary.Symbols) task.vocabulary()).symbols();
        IntStream inner = string.chars().map(c -> symbols.indexOf(Character.toString(c)));
        return IntStream.concat(IntStream.concat(IntStream.of(0), inner), IntStream.of(0)).toArray();
    }

    private static List<String> texts(Task task, Split split) {
        return task.heldOut(split).stream().map(task.vocabulary()::text).toList();
    }

    private static Set<List<Integer>> training(Task task) {
        RandomGenerator random = Seed.of(1).generator();
        Set<List<Integer>> drawn = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            drawn.add(list(task.draw(random)));
        }
        return drawn;
    }

    private static Set<List<Integer>> everything(Task task) {
        Set<List<Integer>> all = training(task);
        all.addAll(lists(task.heldOut(Split.VALIDATION)));
        all.addAll(lists(task.heldOut(Split.TEST)));
        return all;
    }

    private static List<Integer> list(int... tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    private static List<List<Integer>> lists(List<int[]> sequences) {
        return sequences.stream().map(TextTaskTest::list).toList();
    }
}
