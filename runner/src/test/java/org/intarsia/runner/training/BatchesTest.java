package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.intarsia.api.component.ModelShape;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;
import org.intarsia.runner.config.WeightSettings;
import org.intarsia.runner.config.WeightSettings.Padding;
import org.intarsia.runner.config.WeightSettings.Prefixes;
import org.intarsia.runner.config.WeightSettings.Weighting;
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
        Batch batch = new Batch(form(5, 2, WeightSettings.DEFAULTS));
        batch.set(1, new int[] {9, 9, 9, 9, 9});
        batch.set(0, new int[] {3, 1, 4});
        batch.set(1, new int[] {1, 5});

        assertThat(batch.tokens()).containsExactly(3, 1, 0, 0, 1, 0, 0, 0);
        assertThat(batch.targets()).containsExactly(1, 4, 0, 0, 5, 0, 0, 0);
        assertThat(batch.weights()).containsExactly(1, 1, 0, 0, 1, 0, 0, 0);
        assertThat(batch.counted()).isEqualTo(3);
    }

    @Test
    void fillUpTheLastOfManyWithEmptyRows() {
        List<Batch> batches = Batch.of(List.of(new int[] {1, 2}, new int[] {3, 4}, new int[] {5, 6}),
                form(5, 2, WeightSettings.DEFAULTS), SEED.generator());

        assertThat(batches).hasSize(2);
        assertThat(batches.get(1).tokens()).containsExactly(5, 0, 0, 0, 0, 0, 0, 0);
        assertThat(batches.get(1).weights()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void saysWhatATaskDidWrong() {
        try (Batches batches = new Batches(form(30, 50, WeightSettings.DEFAULTS), SEED, 0)) {
            assertThatThrownBy(batches::take).isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("the task failed to draw a sequence: the task "
                            + Digits.class.getName().replace(
                                    "$", "\\$")
                            + " gave a sequence of \\d+ tokens; it may have 2 to length\\(\\) \\+ 1 = 5");
        }
    }

    @Test
    void weighAsTheSettingsSay() {
        assertThat(weights(Padding.INCLUDED, Prefixes.ALL, Weighting.UNIFORM)).containsExactly(1, 1, 1, 1);
        assertThat(weights(Padding.IGNORED, Prefixes.FULL_LENGTH, Weighting.UNIFORM)).containsExactly(0, 1, 0, 0);
        assertThat(weights(Padding.IGNORED, Prefixes.ALL, Weighting.LINEAR)).containsExactly(1, 2, 0, 0);
        assertThat(weights(Padding.INCLUDED, Prefixes.ALL, Weighting.LINEAR)).containsExactly(1, 2, 3, 4);
    }

    private static double[] weights(Padding padding, Prefixes prefixes, Weighting weighting) {
        Batch batch = new Batch(form(5, 1, new WeightSettings(padding, prefixes, weighting)));
        batch.set(0, new int[] {3, 1, 4});
        return batch.weights();
    }

    @Test
    void standAtEveryPositionEquallyOften() {
        Batch batch = new Batch(new Batch.Form(new Digits(5), 1, shape(10), WeightSettings.DEFAULTS));
        RandomGenerator random = SEED.generator();
        int[] drawn = new int[10];
        for (int i = 0; i < 5000; i++) {
            batch.drawPositions(random);
            double[] positions = batch.positions();
            assertThat(positions).isSorted().doesNotHaveDuplicates();
            Arrays.stream(positions).forEach(position -> drawn[(int) position]++);
        }
        // 5000 times 4 of 10 positions; the standard deviation of each count is 35.
        assertThat(Arrays.stream(drawn)).allMatch(count -> count >= 1860 && count <= 2140);
    }

    private static Batch.Form form(int most, int rows, WeightSettings weights) {
        Digits digits = new Digits(most);
        return new Batch.Form(digits, rows, shape(digits.length()), weights);
    }

    private static ModelShape shape(int positions) {
        return new ModelShape(10, positions, 1, 1, 1, 1);
    }

    private static List<double[]> take(long first, int count) throws InterruptedException {
        List<double[]> taken = new ArrayList<>();
        try (Batches batches = new Batches(form(5, 3, WeightSettings.DEFAULTS), SEED, first)) {
            for (int i = 0; i < count; i++) {
                Batch batch = batches.take();
                taken.add(batch.tokens().clone());
                batches.giveBack(batch);
            }
        }
        return taken;
    }
}
