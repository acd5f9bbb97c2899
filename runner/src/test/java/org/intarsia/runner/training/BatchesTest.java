package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;
import org.junit.jupiter.api.Test;

final class BatchesTest {

    private static final Seed SEED = Seed.of(5).stream("batches");

    /// Sequences of 2 to `most` random digits, for a model that reads 4 tokens.
    private record Digits(int most) implements Task {

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary.Integers(0, 9);
        }

        @Override
        public int length() {
            return 4;
        }

        @Override
        public int[] draw(RandomGenerator random) {
            return random.ints(random.nextInt(2, most + 1), 1, 10).toArray();
        }

        @Override
        public List<int[]> heldOut(Split split) {
            return List.of();
        }

        @Override
        public List<int[]> prompts(int count) {
            return List.of();
        }
    }

    @Test
    void dependOnTheSeedAndTheirNumberOnly() throws Exception {
        List<double[]> fromTheStart = take(0, 9);
        List<double[]> fromTheMiddle = take(6, 3);

        assertThat(fromTheMiddle).hasSize(3).usingElementComparator(Arrays::compare)
                .isEqualTo(fromTheStart.subList(6, 9));
        assertThat(fromTheStart.get(0)).isNotEqualTo(fromTheStart.get(1));
    }

    @Test
    void predictEachNextTokenAndWeighOnlyWhatIsThere() {
        Batch batch = new Batch(2, 4);
        batch.set(1, new int[] {9, 9, 9, 9, 9}, new Digits(5));
        batch.set(0, new int[] {3, 1, 4}, new Digits(5));
        batch.set(1, new int[] {1, 5}, new Digits(5));

        assertThat(batch.tokens()).containsExactly(3, 1, 0, 0, 1, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(1, 4, 0, 0, 5, 0, 0, 0);
        assertThat(batch.weights()).containsExactly(1, 1, 0, 0, 1, 0, 0, 0);
        assertThat(batch.positions()).isEqualTo(3);
    }

    @Test
    void fillUpTheLastOfManyWithEmptyRows() {
        List<Batch> batches = Batch.of(List.of(new int[] {1, 2}, new int[] {3, 4}, new int[] {5, 6}), 2, new Digits(5));

        assertThat(batches).hasSize(2);
        assertThat(batches.get(1).tokens()).containsExactly(5, 0, 0, 0, 0, 0, 0, 0);
        assertThat(batches.get(1).weights()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void saysWhatATaskDidWrong() {
        try (Batches batches = new Batches(new Digits(30), SEED, 50, 0)) {
            assertThatThrownBy(batches::take).isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("the task failed to draw a sequence: the task "
                            + Digits.class.getName().replace(
                                    "$", "\\$")
                            + " gave a sequence of \\d+ tokens; it may have 2 to length\\(\\) \\+ 1 = 5");
        }
    }

    private static List<double[]> take(long first, int count) throws InterruptedException {
        List<double[]> taken = new ArrayList<>();
        try (Batches batches = new Batches(new Digits(5), SEED, 3, first)) {
            for (int i = 0; i < count; i++) {
                Batch batch = batches.take();
                taken.add(batch.tokens().clone());
                batches.giveBack(batch);
            }
        }
        return taken;
    }
}
