package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;

/// Integer sequences that follow a recurrence, made as they are needed.
///
/// Training first draws a family, each as often as the others, and then the parameters of a sequence; one that leaves
/// `0 … maximum` is rejected and drawn again within the family, and so is one of order 2 that is arithmetic. A difference
/// of 0 is one of order 1.
///
/// The held-out sequences come from the same distributions by streams of their own, the same ones in every run. A small
/// family has few sequences (order 0 has `maximum` + 1), so training meets many of the held-out ones: the task asks
/// whether the rule is found, not whether a list is remembered.
public final class RecurrencesTask implements Task {

    private static final Seed STREAMS = Seed.of(0).stream("recurrences");
    private static final int PROBES = 1000;

    private final Config config;
    private final List<Family> families;
    private final Vocabulary vocabulary;
    private final List<String> notes;

    /// Settings of the task.
    ///
    /// @param length how many terms the model reads
    /// @param maximum the largest integer
    /// @param families which families sequences are drawn from
    /// @param heldOut the size of the validation and of the test split
    public record Config(
            @Setting("Terms that the model reads before the last prediction, 2 to 65536.") int length,
            @Setting("The largest integer, 1 to 65535; the smallest is 0.") int maximum,
            @Setting("Families, separated by commas: order-0 (x, x, …), order-1 (xₙ₊₁ = xₙ + d), order-2 (xₙ₊₁ = a·xₙ + b·xₙ₋₁ + c).") String families,
            @Setting("Sequences for validation, and as many for the test, 1 to 1000000.") int heldOut) {

        /// Checks the ranges and the names of the families.
        public Config {
            check(2 <= length && length <= 65_536, "length", "must be 2 to 65536, not " + length);
            check(1 <= maximum && maximum <= 65_535, "maximum", "must be 1 to 65535, not " + maximum);
            Recurrences.named(families);
            check(1 <= heldOut && heldOut <= 1_000_000, "heldOut", "must be 1 to 1000000, not " + heldOut);
        }
    }

    /// Makes the task `recurrences`.
    public static final class Factory implements TaskFactory<Config> {

        /// Creates the factory.
        public Factory() {}

        @Override
        public String name() {
            return "recurrences";
        }

        @Override
        public String description() {
            return "Integer sequences of order 0, 1 and 2: constant, arithmetic, and linear in the last two terms.";
        }

        @Override
        public Config defaults() {
            return new Config(8, 255, "order-0,order-1,order-2", 100);
        }

        @Override
        public RecurrencesTask create(Config config) {
            return new RecurrencesTask(config);
        }
    }

    private RecurrencesTask(Config config) {
        this.config = config;
        families = Recurrences.named(config.families());
        vocabulary = new Vocabulary.Integers(0, config.maximum());
        notes = Stream.concat(families.stream().map(this::rejections),
                Stream.of(
                        "Held-out sequences are fresh draws of the same families; training meets those of small ones."))
                .toList();
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
        int[] terms = new int[config.length() + 1];
        families.get(random.nextInt(families.size())).draw(terms, config.maximum(), random);
        return terms;
    }

    @Override
    public List<int[]> heldOut(Split split) {
        return fresh(switch (split) {
            case VALIDATION -> "validation";
            case TEST -> "test";
        }, config.heldOut());
    }

    @Override
    public List<Floor> floors() {
        return Floors.of(config.maximum());
    }

    /// Returns the first `length / 2 + 1` terms of sequences that are neither in validation nor in test.
    @Override
    public List<int[]> prompts(int count) {
        return fresh("prompts", count).stream().map(terms -> Arrays.copyOf(terms, config.length() / 2 + 1)).toList();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    private List<int[]> fresh(String name, int count) {
        RandomGenerator random = STREAMS.stream(name).generator();
        return Stream.generate(() -> draw(random)).limit(count).toList();
    }

    /// Says how often a family is drawn again. Drawing many sequences of each also shows, before training starts, that
    /// none of them is out of reach.
    private String rejections(Family family) {
        RandomGenerator random = STREAMS.stream("probes").stream(family.name()).generator();
        int[] terms = new int[config.length() + 1];
        int rejected = IntStream.range(0, PROBES).map(i -> family.draw(terms, config.maximum(), random)).sum();
        return String.format(Locale.ROOT,
                "%s (%s): %.0f %% of sequences leave 0..%d or have a lower order, and are drawn again.", family.name(),
                family.rule(), 100.0 * rejected / (rejected + PROBES), config.maximum());
    }
}
