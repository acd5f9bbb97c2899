package org.intarsia.curriculum;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.Task.Split;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;
import org.intarsia.curriculum.OeisTask.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OeisTaskTest {

    private static final OeisTask.Factory FACTORY = new OeisTask.Factory();

    @TempDir
    Path folder;

    @Test
    void readsTheStrippedFormat() {
        assertThat(terms("A000005 ,1,2,2,3,", 255)).isEqualTo("A000005: 1 2 2 3");
        assertThat(terms("A5 ,0,", 255)).isEqualTo("A5: 0");
        assertThat(terms("A000005 ,", 255)).isEqualTo("A000005: ");
        assertThat(terms("A000005 ,007,", 255)).isEqualTo("A000005: 7");
    }

    @Test
    void aSequenceEndsBeforeItsFirstTermOutOfRange() {
        assertThat(terms("A1 ,1,255,256,1,", 255)).isEqualTo("A1: 1 255");
        assertThat(terms("A1 ,1,-1,1,", 255)).isEqualTo("A1: 1");
        assertThat(terms("A1 ,1,99999999999999999999999999999999999999999999,1,", 255)).isEqualTo("A1: 1");
        assertThat(terms("A1 ,1,2,3,", 1)).isEqualTo("A1: 1");
        assertThat(terms("A1 ,65535,65536,", 65_535)).isEqualTo("A1: 65535");
        assertThat(terms("A1 ,-1,", 255)).isEqualTo("A1: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3", "A ,1,2,", "B000005 ,1,2,", "A000005", "A000005,1,2,", "A000005 1,2,", "A12x ,1,"})
    void rejectsLinesThatBeginOtherwise(String line) {
        rejectsLine(line, "does not begin with an A-number and ' ,': it says '" + line + "'");
    }

    @Test
    void shortensWhatItShowsOfALine() {
        rejectsLine("x".repeat(41), "does not begin with an A-number and ' ,': it says '" + "x".repeat(40) + "…'");
    }

    @Test
    void rejectsLinesThatAreCutOff() {
        rejectsLine("A000005 ,1,2", "does not end with a comma: it may be cut off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {"A1 ,1,x,|x", "A1 ,1,,2,|\"\"", "A1 ,,|\"\"",
        "A1 ,1,-,|-", "A1 ,1, 2,|\" 2\"", "A1 ,1.5,|1.5", "A1 ,300,1e3,|1e3", "A1 ,--1,|--1", "A1 ,+1,|+1"})
    void rejectsTermsThatAreNotIntegers(String line, String term) {
        rejectsLine(line, "has the term '" + term + "', which is not an integer");
    }

    @Test
    void commentsAndBlankLinesAreSkippedAndCountAsLines() throws IOException {
        List<String> lines = new ArrayList<>(sequences(100));
        lines.addFirst("# OEIS Sequence Data");
        lines.addFirst("");
        assertThat(task(lines).notes().getFirst()).contains(" holds 100 sequences; ");

        lines.add("oops");
        Path file = file(lines);
        rejects(config(file), "names '" + file + "', whose line 103 does not begin with an A-number and ' ,':"
                + " it says 'oops'; a line is like A000005 ,1,2,2,3,");
    }

    @Test
    void rejectsANumberThatStandsTwice() throws IOException {
        List<String> lines = new ArrayList<>(sequences(100));
        lines.add("# end");
        lines.add(lines.get(4));
        Path file = file(lines);

        rejects(config(file), "names '" + file + "', whose line 102 repeats A000005 of line 5");
    }

    @Test
    void rejectsAFileWithTooFewSequences() throws IOException {
        Path file = file(List.of("A000005 ,1,2,2,3,", "A000006 ,1,"));

        rejects(config(file), "names '" + file + "', which holds too few sequences: of 2, 1 have enough terms in range,"
                + " and none of these falls to the validation split");
    }

    @Test
    void rejectsAFileOfComments() throws IOException {
        Path file = file(List.of("# nothing"));

        rejects(config(file), "names '" + file + "', which holds too few sequences: of 0, 0 have enough terms in range,"
                + " and none of these falls to the training split");
    }

    @Test
    void rejectsAFileThatIsNotSet() {
        rejects(FACTORY.defaults(),
                "must name a file with one OEIS sequence per line, such as A000005 ,1,2,2,3,; it is not set");
    }

    @Test
    void readsGzip() throws IOException {
        Path plain = file(sequences(100));
        Path packed = Files.write(folder.resolve("stripped"), SourceFileTest.gzip(Files.readAllBytes(plain)));

        assertThat(everything(FACTORY.create(config(packed)))).isEqualTo(everything(FACTORY.create(config(plain))));
    }

    @Test
    void theModelReadsTheBeginningOfASequence() throws IOException {
        Task task = task(sequences(100));

        assertThat(task.vocabulary()).isEqualTo(new Vocabulary.Integers(0, 255));
        assertThat(task.length()).isEqualTo(4);
        assertThat(task.stop()).isEmpty();
        // sequences are i, i+1, …, i+6: five terms are four to read and one to predict
        assertThat(everything(task)).hasSize(100).allMatch(s -> s.equals(from(s.getFirst(), 5)));
    }

    @Test
    void aWindowOfAnyPlaceMovesTrainingOnly() throws IOException {
        Path file = file(sequences(100));
        Task first = FACTORY.create(config(file));
        Task any = FACTORY.create(new OeisTask.Config(file.toString(), 4, 255, 3, Window.ANY, 0.2));

        Set<List<Integer>> windows = training(any);

        assertThat(lists(any.heldOut(Split.TEST))).isEqualTo(lists(first.heldOut(Split.TEST)));
        assertThat(windows).allMatch(s -> s.equals(from(s.getFirst(), 5)));
        Set<List<Integer>> expected =
                training(first).stream().flatMap(s -> Stream.of(0, 1, 2).map(shift -> from(s.getFirst() + shift, 5)))
                        .collect(Collectors.toSet());
        assertThat(windows).isEqualTo(expected);
    }

    @Test
    void aShortSequenceIsReadWhole() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : sequences(100)) {
            lines.add(line.replaceAll("^(A\\d+ ,\\d+,\\d+,\\d+,).*", "$1"));
        }
        Path file = file(lines);

        assertThat(everything(FACTORY.create(new OeisTask.Config(file.toString(), 16, 255, 3, Window.ANY, 0.2))))
                .hasSize(100).allMatch(s -> s.equals(from(s.getFirst(), 3)));
    }

    @Test
    void splitsAreDisjointAndOfTheirShare() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            lines.add("A%06d ,%d,%d,0,".formatted(i, i / 200, i % 200));
        }
        Path file = file(lines);
        Task task = FACTORY.create(new OeisTask.Config(file.toString(), 4, 255, 3, Window.FIRST, 0.2));

        Set<List<Integer>> test = Set.copyOf(lists(task.heldOut(Split.TEST)));
        Set<List<Integer>> validation = Set.copyOf(lists(task.heldOut(Split.VALIDATION)));
        Set<List<Integer>> training = training(task);

        // the standard deviation of a split is 28
        assertThat(test).hasSizeBetween(900, 1100).doesNotContainAnyElementsOf(validation)
                .doesNotContainAnyElementsOf(training);
        assertThat(validation).hasSizeBetween(900, 1100).doesNotContainAnyElementsOf(training);
        assertThat(test.size() + validation.size() + training.size()).isEqualTo(5000);
    }

    @Test
    void theSplitDependsOnTheNumberAlone() throws IOException {
        List<String> lines = new ArrayList<>(sequences(100));
        Set<List<Integer>> test = Set.copyOf(lists(task(lines).heldOut(Split.TEST)));
        assertThat(test).as("a golden value: results of older runs stay comparable").extracting(List::getFirst)
                .containsExactlyInAnyOrder(11, 18, 19, 22, 31, 38, 41, 44, 48, 58, 59, 63, 64, 65, 69, 74, 75, 83, 95,
                        97);

        Collections.shuffle(lines, new Random(1));
        assertThat(lists(task(lines).heldOut(Split.TEST))).containsExactlyInAnyOrderElementsOf(test);

        List<String> half = lines.subList(0, 50);
        Set<List<Integer>> testOfHalf = Set.copyOf(lists(task(half).heldOut(Split.TEST)));
        assertThat(test).containsAll(testOfHalf);
        assertThat(training(task(half))).doesNotContainAnyElementsOf(test);
    }

    @Test
    void notesCountWhatIsLeftOutAndWhatIsShared() throws IOException {
        List<String> lines = new ArrayList<>(sequences(100).stream().map(line -> line.replaceAll(" .*", " ,7,7,7,7,7,"))
                .toList());
        lines.add("A000900 ,1,2,300,4,");
        lines.add("A000901 ,-1,2,3,4,");
        Path file = file(lines);
        Task task = FACTORY.create(config(file));
        int heldOut = task.heldOut(Split.VALIDATION).size() + task.heldOut(Split.TEST).size();

        assertThat(task.notes()).hasSize(3);
        assertThat(task.notes().getFirst()).matches("'.*' \\(SHA-256 [0-9a-f]{12}\\) holds 102 sequences;"
                + " 2 with fewer than 3 terms in 0\\.\\.255 at the beginning are left out\\.");
        assertThat(task.notes().get(1)).isEqualTo("Sequences for training: " + (100 - heldOut) + ", for validation: "
                + task.heldOut(Split.VALIDATION).size() + ", for the test: " + task.heldOut(Split.TEST).size() + ".");
        assertThat(task.notes().get(2)).isEqualTo(
                "Of the last two, " + heldOut
                        + " begin with the same terms as one for training, as far as the model sees them.");
        assertThat(task(sequences(100)).notes().get(2)).startsWith("Of the last two, 0 begin");
    }

    @Test
    void floorsAreThoseOfIntegerSequences() throws IOException {
        assertThat(task(sequences(100)).floors()).extracting(Task.Floor::name).containsExactly("repeat the last term",
                "last difference again");
        assertThat(task(sequences(100)).floors()).extracting(f -> f.predict(new int[] {1, 2}, 2)).containsExactly(2, 3);
    }

    @Test
    void promptsAreBeginningsOfTheTestInTurn() throws IOException {
        Task task = task(sequences(100));
        List<int[]> test = task.heldOut(Split.TEST);

        List<int[]> prompts = task.prompts(test.size() + 1);

        assertThat(prompts).hasSize(test.size() + 1);
        assertThat(prompts.getFirst()).isEqualTo(Arrays.copyOf(test.getFirst(), 3));
        assertThat(prompts.getLast()).isEqualTo(prompts.getFirst());
    }

    @Test
    void equalGeneratorsGiveEqualSequences() throws IOException {
        Path file = file(sequences(100));
        Task task = FACTORY.create(new OeisTask.Config(file.toString(), 4, 255, 3, Window.ANY, 0.2));
        RandomGenerator one = Seed.of(7).generator();
        RandomGenerator two = Seed.of(7).generator();
        RandomGenerator other = Seed.of(8).generator();

        List<List<Integer>> drawn = Stream.generate(() -> list(task.draw(one))).limit(100).toList();

        assertThat(Stream.generate(() -> list(task.draw(two))).limit(100)).isEqualTo(drawn);
        assertThat(Stream.generate(() -> list(task.draw(other))).limit(100)).isNotEqualTo(drawn);
    }

    @Test
    void changedSequencesChangeNothing() throws IOException {
        Task task = task(sequences(100));
        Set<List<Integer>> before = everything(task);

        task.heldOut(Split.TEST).forEach(sequence -> Arrays.fill(sequence, 1));
        Arrays.fill(task.draw(Seed.of(1).generator()), 1);

        assertThat(everything(task)).isEqualTo(before);
    }

    @Test
    void rejectsSettingsOutOfRange() {
        rejectsSetting("length", "must be 1 to 65536, not 0", 0, 255, 3, 0.1);
        rejectsSetting("length", "must be 1 to 65536, not 65537", 65_537, 255, 3, 0.1);
        rejectsSetting("maximum", "must be 1 to 65535, not 0", 16, 0, 3, 0.1);
        rejectsSetting("maximum", "must be 1 to 65535, not 65536", 16, 65_536, 3, 0.1);
        rejectsSetting("minimumTerms", "must be at least 2, not 1", 16, 255, 1, 0.1);
        rejectsSetting("heldOut", "must be above 0 and below 0.5, not 0.0", 16, 255, 3, 0);
        rejectsSetting("heldOut", "must be above 0 and below 0.5, not 0.5", 16, 255, 3, 0.5);
        rejectsSetting("heldOut", "must be above 0 and below 0.5, not NaN", 16, 255, 3, Double.NaN);
    }

    private static void rejectsSetting(String setting, String message, int length, int maximum, int minimumTerms,
            double heldOut) {
        assertThatThrownBy(() -> new OeisTask.Config("f", length, maximum, minimumTerms, Window.FIRST, heldOut))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessage(message);
    }

    private static void rejectsLine(String line, String message) {
        assertThatThrownBy(() -> terms(line, 255)).isInstanceOf(InvalidSettingException.class)
                .hasMessage("names 'f', whose line 3 " + message + "; a line is like A000005 ,1,2,2,3,");
    }

    private static void rejects(OeisTask.Config config, String message) {
        assertThatThrownBy(() -> FACTORY.create(config))
                .isInstanceOfSatisfying(InvalidSettingException.class, e -> assertThat(e.setting()).isEqualTo("file"))
                .hasMessage(message);
    }

    private static String terms(String text, int maximum) {
        SourceFile.Line line = new SourceFile.Line(3, text);
        StrippedLine parsed = StrippedLine.parse(new SourceFile("'f'", List.of(line), ""), line, maximum);
        return parsed.id() + ": " + Arrays.stream(parsed.terms(0, parsed.count())).mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }

    /// A000001 is 1, 2, …, 7; A000002 is 2, 3, …, 8; and so on.
    private static List<String> sequences(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "A%06d ,%s,".formatted(i,
                        from(i, 7).stream().map(n -> Integer.toString(n)).collect(Collectors.joining(","))))
                .toList();
    }

    private static List<Integer> from(int start, int count) {
        return IntStream.range(start, start + count).boxed().toList();
    }

    private Path file(List<String> lines) throws IOException {
        return Files.writeString(folder.resolve("stripped.txt"), String.join("\n", lines) + "\n", UTF_8);
    }

    private static OeisTask.Config config(Path file) {
        return new OeisTask.Config(file.toString(), 4, 255, 3, Window.FIRST, 0.2);
    }

    private Task task(List<String> lines) throws IOException {
        return FACTORY.create(config(file(lines)));
    }

    private static Set<List<Integer>> training(Task task) {
        RandomGenerator random = Seed.of(1).generator();
        Set<List<Integer>> drawn = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
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
        return sequences.stream().map(OeisTaskTest::list).toList();
    }
}
