package org.intarsia.runner.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Vocabulary;
import org.intarsia.runner.run.Baseline;
import org.junit.jupiter.api.Test;

final class BaselinesTest {

    private record Fixed(Vocabulary vocabulary, int given, List<int[]> sequences) implements Task {

        @Override
        public int length() {
            return 4;
        }

        @Override
        public int given(int[] sequence) {
            return given;
        }

        @Override
        public int[] draw(RandomGenerator random) {
            return sequences.getFirst();
        }

        @Override
        public List<int[]> heldOut(Split split) {
            return sequences;
        }

        @Override
        public List<Floor> floors() {
            return List.of(floor("repeat", (tokens, length) -> tokens[length - 1]), floor("abstain", (_, _) -> -1));
        }

        @Override
        public List<int[]> prompts(int count) {
            return List.of();
        }
    }

    /// Predicts.
    private interface Rule {

        int next(int[] tokens, int length);
    }

    private static Task.Floor floor(String name, Rule rule) {
        return new Task.Floor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int predict(int[] tokens, int length) {
                return rule.next(tokens, length);
            }
        };
    }

    @Test
    void scoreFloorsOnEveryPositionThatHasATarget() {
        Task task = new Fixed(new Vocabulary.Integers(0, 3), 1, List.of(new int[] {1, 1, 1}, new int[] {0, 3}));

        List<Baseline> baselines = Baselines.of(task, Task.Split.TEST);

        // Uniform on 0..3: the distance to 1 is 1 on average, to 3 it is 1.5; whole sequences are 4⁻² and 4⁻¹ likely.
        assertThat(baselines).containsExactly(
                new Baseline("uniform guess", OptionalDouble.of(Math.log(4)), 0.25, (1 / 16.0 + 1 / 4.0) / 2,
                        OptionalDouble.of((1 + 1 + 1.5) / 3)),
                new Baseline("repeat", OptionalDouble.empty(), 2 / 3.0, 0.5, OptionalDouble.of(1)),
                new Baseline("abstain", OptionalDouble.empty(), 0, 0, OptionalDouble.empty()));
    }

    @Test
    void readWhatIsGivenAndScoreItNot() {
        Task task = new Fixed(new Vocabulary.Integers(0, 3), 2, List.of(new int[] {3, 0, 0}, new int[] {1, 2, 3}));

        List<Baseline> baselines = Baselines.of(task, Task.Split.TEST);

        // Only the third tokens count, 0 and 3: from either, a token of 0..3 is 1.5 away on average.
        assertThat(baselines).containsExactly(
                new Baseline("uniform guess", OptionalDouble.of(Math.log(4)), 0.25, 0.25, OptionalDouble.of(1.5)),
                new Baseline("repeat", OptionalDouble.empty(), 0.5, 0.5, OptionalDouble.of(0.5)),
                new Baseline("abstain", OptionalDouble.empty(), 0, 0, OptionalDouble.empty()));
    }

    @Test
    void haveNoDistanceBetweenSymbols() {
        Task task = new Fixed(new Vocabulary.Symbols(List.of("", "a")), 1, List.of(new int[] {0, 1, 0}));

        assertThat(Baselines.of(task, Task.Split.TEST)).extracting(Baseline::distance)
                .containsOnly(OptionalDouble.empty());
    }
}
