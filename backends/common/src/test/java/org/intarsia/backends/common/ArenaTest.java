package org.intarsia.backends.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.intarsia.api.backend.InsufficientMemoryException;
import org.intarsia.api.data.Seed;
import org.intarsia.backends.common.Arena.Lifetime;
import org.junit.jupiter.api.Test;

class ArenaTest {

    private static final Seed SEED = Seed.of(7).stream("arena");
    private static final int CASES = 400;

    @Test
    void valuesThatLiveTogetherNeverOverlap() {
        for (int seed = 0; seed < CASES; seed++) {
            List<Lifetime> values = random(seed);
            Arena arena = Arena.place(values, 16);
            assertThat(overlap(values, arena::offset)).as("overlap in case %d: %s", seed, values).isEqualTo("none");
        }
    }

    @Test
    void theCheckForOverlapsSeesOne() {
        int seen = 0;
        for (int seed = 0; seed < CASES; seed++) {
            List<Lifetime> values = random(seed);
            Arena arena = Arena.place(values, 16);
            int moved = seed % values.size();
            IntUnaryOperator broken = i -> i == moved ? arena.offset((moved + 1) % values.size()) : arena.offset(i);
            seen += overlap(values, broken).equals("none") ? 0 : 1;
        }
        assertThat(seen).isGreaterThan(CASES / 4);
        List<Lifetime> two = List.of(new Lifetime(5, 0, 2), new Lifetime(3, 2, 4));
        assertThat(overlap(two, i -> 4 * i)).isEqualTo("0 and 1 at step 2");
    }

    @Test
    void everyValueStartsAtAMultipleOfTheAlignmentAndEndsWithinTheArena() {
        for (int seed = 0; seed < CASES; seed++) {
            List<Lifetime> values = random(seed);
            int alignment = 1 + seed % 33;
            Arena arena = Arena.place(values, alignment);
            for (int i = 0; i < values.size(); i++) {
                assertThat(arena.offset(i)).isNotNegative();
                assertThat(arena.offset(i) % alignment).isZero();
                assertThat(arena.offset(i) + values.get(i).size()).isLessThanOrEqualTo(arena.size());
            }
        }
    }

    @Test
    void theArenaIsNoSmallerThanWhatLivesAtATimeAndNotMuchLarger() {
        double needed = 0;
        double taken = 0;
        for (int seed = 0; seed < CASES; seed++) {
            List<Lifetime> values = random(seed);
            Arena arena = Arena.place(values, 1);
            assertThat(arena.size()).isGreaterThanOrEqualTo(peak(values));
            needed += peak(values);
            taken += arena.size();
        }
        assertThat(taken / needed).isLessThan(1.1);
    }

    @Test
    void aChainTakesTheRoomOfTwoNeighbours() {
        List<Lifetime> chain = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            chain.add(new Lifetime(64, step, step + 1));
        }
        assertThat(Arena.place(chain, 16).size()).isEqualTo(128);
    }

    @Test
    void roomIsRoundedUpToTheAlignment() {
        List<Lifetime> together = List.of(new Lifetime(1, 0, 1), new Lifetime(17, 0, 1), new Lifetime(16, 1, 1));
        assertThat(Arena.place(together, 16).size()).isEqualTo(16 + 32 + 16);
    }

    @Test
    void aSmallValueFillsAGapBetweenLargeOnes() {
        List<Lifetime> values = List.of(new Lifetime(100, 0, 1), new Lifetime(90, 0, 3), new Lifetime(80, 2, 3),
                new Lifetime(10, 2, 3));
        assertThat(Arena.place(values, 10).size()).isEqualTo(190);
    }

    @Test
    void moreThanAnArrayHoldsIsAnError() {
        Lifetime large = new Lifetime(1 << 30, 0, 1);
        assertThat(Arena.place(List.of(large, new Lifetime((1 << 30) - 100, 1, 2), new Lifetime(1 << 30, 2, 3)), 16)
                .size())
                .isLessThan(Integer.MAX_VALUE);
        for (List<Lifetime> values : List.of(List.of(large, large), List.of(new Lifetime(Integer.MAX_VALUE, 0, 0)))) {
            assertThatThrownBy(() -> Arena.place(values, 16)).isInstanceOf(InsufficientMemoryException.class)
                    .hasMessage("the values of one run need more than 2147483639 numbers at a time, the "
                            + "most that one array can have; a smaller batch, shorter sequences or a smaller model need "
                            + "less");
        }
    }

    @Test
    void nothingTakesNoRoom() {
        assertThat(Arena.place(List.of(), 16).size()).isZero();
    }

    private static List<Lifetime> random(int seed) {
        RandomGenerator random = SEED.at(seed).generator();
        int steps = 1 + random.nextInt(40);
        List<Lifetime> values = new ArrayList<>();
        int count = 2 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(steps);
            int last = first + random.nextInt(Math.min(steps - first, 1 + random.nextInt(steps)));
            values.add(new Lifetime(1 + random.nextInt(random.nextBoolean() ? 10 : 1000), first, last));
        }
        return values;
    }

    /// Finds two values in one place at one step, element by element.
    private static String overlap(List<Lifetime> values, IntUnaryOperator offset) {
        int steps = values.stream().mapToInt(Lifetime::last).max().orElse(0) + 1;
        int end = 0;
        for (int i = 0; i < values.size(); i++) {
            end = Math.max(end, offset.applyAsInt(i) + values.get(i).size());
        }
        for (int step = 0; step < steps; step++) {
            int[] owner = new int[end];
            for (int i = 0; i < values.size(); i++) {
                Lifetime value = values.get(i);
                if (value.first() <= step && step <= value.last()) {
                    for (int at = offset.applyAsInt(i); at < offset.applyAsInt(i) + value.size(); at++) {
                        if (owner[at] != 0) {
                            return owner[at] - 1 + " and " + i + " at step " + step;
                        }
                        owner[at] = i + 1;
                    }
                }
            }
        }
        return "none";
    }

    /// Returns the most elements that live at one step.
    private static int peak(List<Lifetime> values) {
        int steps = values.stream().mapToInt(Lifetime::last).max().orElse(0) + 1;
        int most = 0;
        for (int step = 0; step < steps; step++) {
            int at = step;
            most = Math.max(most,
                    values.stream().filter(v -> v.first() <= at && at <= v.last()).mapToInt(Lifetime::size).sum());
        }
        return most;
    }
}
