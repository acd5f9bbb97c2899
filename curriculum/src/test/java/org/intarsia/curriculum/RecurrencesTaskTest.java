package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.Task.Split;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecurrencesTaskTest {

    private static final RecurrencesTask.Factory FACTORY = new RecurrencesTask.Factory();

    @Test
    void defaultsAreTheDesigns() {
        assertThat(FACTORY.defaults()).isEqualTo(new RecurrencesTask.Config(8, 255, "order-0,order-1,order-2", 100));
        Task task = FACTORY.create(FACTORY.defaults());
        assertThat(task.vocabulary()).isEqualTo(new Vocabulary.Integers(0, 255));
        assertThat(task.length()).isEqualTo(8);
        assertThat(task.stop()).isEmpty();
        assertThat(task.origin(new int[] {1, 1})).isEmpty();
        assertThat(task.heldOut(Split.VALIDATION)).hasSize(100);
        assertThat(task.heldOut(Split.TEST)).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({"order-0,2,1", "order-0,8,255", "order-1,2,1", "order-1,8,255", "order-1,300,255", "order-2,2,1",
        "order-2,2,255", "order-2,8,1", "order-2,8,100", "order-2,8,255", "order-2,64,255", "order-2,8,65535"})
    void everySequenceSatisfiesItsRecurrence(String family, int length, int maximum) {
        Task task = task(length, maximum, family);
        RandomGenerator random = Seed.of(1).generator();
        Predicate<int[]> rule = rule(family);

        for (int i = 0; i < 2000; i++) {
            int[] terms = task.draw(random);
            assertThat(terms).hasSize(length + 1);
            assertThat(Arrays.stream(terms)).allMatch(term -> 0 <= term && term <= maximum);
            assertThat(rule.test(terms)).as("%s: %s", family, Arrays.toString(terms)).isTrue();
        }
    }

    @Test
    void theRulesOfThisTestTellFamiliesApart() {
        int[] constant = {7, 7, 7, 7, 7, 7, 7, 7, 7};
        int[] arithmetic = {2, 4, 6, 8, 10, 12, 14, 16, 18};
        int[] fibonacci = {1, 1, 2, 3, 5, 8, 13, 21, 34};
        int[] primes = {2, 3, 5, 7, 11, 13, 17, 19, 23};
        assertThat(accepted(constant)).containsExactly("order-0", "order-1");
        assertThat(accepted(arithmetic)).containsExactly("order-1");
        assertThat(accepted(fibonacci)).containsExactly("order-2");
        assertThat(accepted(primes)).isEmpty();
    }

    @Test
    void orderTwoReachesTheWellKnownSequences() {
        Task task = task(8, 255, "order-2");
        RandomGenerator random = Seed.of(1).generator();
        List<List<Integer>> drawn = Stream.generate(() -> list(task.draw(random))).limit(50_000).toList();

        assertThat(drawn).contains(List.of(1, 0, 1, 0, 1, 0, 1, 0, 1), List.of(1, 1, 2, 3, 5, 8, 13, 21, 34),
                List.of(0, 1, 3, 6, 10, 15, 21, 28, 36));
    }

    @Test
    void arithmeticSequencesAreUniformOverTheirStartsAndDifferences() {
        Task task = task(2, 4, "order-1");
        RandomGenerator random = Seed.of(1).generator();
        int draws = 130_000;

        var counts = Stream.generate(() -> list(task.draw(random))).limit(draws)
                .collect(Collectors.groupingBy(terms -> terms,
                        Collectors.counting()));

        // 5 with difference 0, 3 each with ±1, 1 each with ±2
        assertThat(counts).hasSize(13);
        // the standard deviation of a count is 96
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(9500L, 10_500L));
    }

    @Test
    void familiesAreDrawnEquallyOften() {
        Task task = task(8, 255, "order-0, order-2");
        RandomGenerator random = Seed.of(1).generator();

        long constant = Stream.generate(() -> task.draw(random)).limit(10_000).filter(rule("order-0")).count();

        assertThat(constant).isBetween(4800L, 5200L);
    }

    @Test
    void equalGeneratorsGiveEqualSequences() {
        Task task = FACTORY.create(FACTORY.defaults());
        RandomGenerator one = Seed.of(7).generator();
        RandomGenerator two = Seed.of(7).generator();
        RandomGenerator other = Seed.of(8).generator();

        List<List<Integer>> drawn = Stream.generate(() -> list(task.draw(one))).limit(100).toList();

        assertThat(Stream.generate(() -> list(task.draw(two))).limit(100)).isEqualTo(drawn);
        assertThat(Stream.generate(() -> list(task.draw(other))).limit(100)).isNotEqualTo(drawn);
    }

    @Test
    void heldOutSequencesAreAlwaysTheSameAndDifferBetweenSplits() {
        Task task = FACTORY.create(FACTORY.defaults());
        Task again = FACTORY.create(FACTORY.defaults());

        assertThat(lists(task.heldOut(Split.TEST))).isEqualTo(lists(again.heldOut(Split.TEST)));
        assertThat(lists(task.heldOut(Split.TEST))).isNotEqualTo(lists(task.heldOut(Split.VALIDATION)));
    }

    /// Golden values: results of older runs stay comparable.
    @Test
    void heldOutSequencesStayWhatTheyWere() {
        assertThat(task(4, 255, "order-0").heldOut(Split.TEST).getFirst()).containsExactly(106, 106, 106, 106,
                106);
        assertThat(task(4, 255, "order-1").heldOut(Split.TEST).getFirst()).containsExactly(234, 179, 124, 69,
                14);
        assertThat(task(4, 255, "order-2").heldOut(Split.VALIDATION).getFirst()).containsExactly(2, 3, 13, 35,
                99);
    }

    @Test
    void aChangedHeldOutSequenceChangesNothing() {
        Task task = FACTORY.create(FACTORY.defaults());
        int before = task.heldOut(Split.TEST).getFirst()[0];
        task.heldOut(Split.TEST).getFirst()[0] = before + 1;

        assertThat(task.heldOut(Split.TEST).getFirst()[0]).isEqualTo(before);
    }

    @Test
    void promptsAreTheFirstHalfAndMoreOfSequences() {
        Task task = task(8, 255, "order-1");

        List<int[]> prompts = task.prompts(20);

        assertThat(prompts).hasSize(20).allMatch(prompt -> prompt.length == 5).allMatch(rule("order-1"));
        assertThat(lists(task.prompts(3))).isEqualTo(lists(prompts.subList(0, 3)));
    }

    @Test
    void notesCountTheRejectedSequences() {
        Task task = task(8, 255, "order-0,order-1");

        assertThat(task.notes()).hasSize(3);
        assertThat(task.notes().getFirst()).isEqualTo(
                "order-0 (x, x, x, …): 0 % of sequences leave 0..255 or have a lower order, and are drawn again.");
        // differences of at most 31; Σ (256 − 8|d|) / (63 · 256) = 50.8 % stay
        assertThat(task.notes().get(1)).matches(
                "order-1 \\(xₙ₊₁ = xₙ \\+ d\\): (4[6-9]|5[0-3]) % of sequences leave 0\\.\\.255 or have a lower order, and are drawn again\\.");
        assertThat(task.notes().get(2)).isEqualTo(
                "Held-out sequences are fresh draws of the same families; training meets those of small ones.");
    }

    @Test
    void aFamilyOutOfReachIsAnError() {
        Family primes = new Family("primes", "pₙ", (terms, maximum, random) -> false);

        assertThatThrownBy(() -> primes.draw(new int[9], 255, Seed.of(1).generator()))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo("families"))
                .hasMessage("has 'primes', of which 10,000 sequences of 9 terms in a row left 0..255:"
                        + " leave the family out, lower the length or raise the maximum");
    }

    @Test
    void rejectionsAreCounted() {
        int[] tries = {0};
        Family third = new Family("third", "every third", (terms, maximum, random) -> ++tries[0] % 3 == 0);

        assertThat(third.draw(new int[9], 255, Seed.of(1).generator())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, 65_537})
    void rejectsLengths(int length) {
        rejects("length", "must be 2 to 65536, not " + length, length, 255, "order-0", 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void rejectsMaxima(int maximum) {
        rejects("maximum", "must be 1 to 65535, not " + maximum, 8, maximum, "order-0", 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void rejectsSizesOfSplits(int heldOut) {
        rejects("heldOut", "must be 1 to 1000000, not " + heldOut, 8, 255, "order-0", heldOut);
    }

    @Test
    void rejectsFamiliesThatItDoesNotKnow() {
        rejects("families", "has no family 'order-3', in 'order-0,order-3'; known: order-0, order-1, order-2", 8, 255,
                "order-0,order-3", 100);
        rejects("families", "has no family '', in ''; known: order-0, order-1, order-2", 8, 255, "", 100);
        rejects("families", "has no family '', in 'order-0,'; known: order-0, order-1, order-2", 8, 255, "order-0,",
                100);
        rejects("families", "names 'order-1' twice, in 'order-1, order-0, order-1'", 8, 255,
                "order-1, order-0, order-1", 100);
    }

    private static void rejects(String setting, String message, int length, int maximum, String families,
            int heldOut) {
        assertThatThrownBy(() -> new RecurrencesTask.Config(length, maximum, families, heldOut))
                .isInstanceOfSatisfying(InvalidSettingException.class,
                        e -> assertThat(e.setting()).isEqualTo(setting))
                .hasMessage(message);
    }

    private static Task task(int length, int maximum, String families) {
        return FACTORY.create(new RecurrencesTask.Config(length, maximum, families, 100));
    }

    private static List<String> accepted(int... terms) {
        return Stream.of("order-0", "order-1", "order-2").filter(family -> rule(family).test(terms)).toList();
    }

    /// The rules once more, as searches for parameters that fit.
    private static Predicate<int[]> rule(String family) {
        return switch (family) {
            case "order-0" -> terms -> Arrays.stream(terms).distinct().count() == 1;
            case "order-1" -> terms -> IntStream.range(1, terms.length).map(i -> terms[i] - terms[i - 1]).distinct()
                    .count() == 1;
            case "order-2" -> terms -> !rule("order-1").test(terms) && IntStream.rangeClosed(-2, 2)
                    .anyMatch(a -> IntStream.of(-2, -1, 1, 2)
                            .anyMatch(b -> IntStream.range(2, terms.length)
                                    .map(i -> terms[i] - a * terms[i - 1] - b * terms[i - 2]).distinct()
                                    .count() == 1));
            default -> throw new IllegalArgumentException(family);
        };
    }

    private static List<Integer> list(int... tokens) {
        return Arrays.stream(tokens).boxed().toList();
    }

    private static List<List<Integer>> lists(List<int[]> sequences) {
        return sequences.stream().map(RecurrencesTaskTest::list).toList();
    }
}
