package org.intarsia.curriculum;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.api.component.Setting;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.intarsia.api.data.Vocabulary;

/// Makes the task `countdown`: 5 4 3 2 1 0 0 0 0.
public final class Countdown implements TaskFactory<Countdown.Config> {

    /// Settings of the task.
    public record Config(@Setting("Terms that the model reads.") int length) {}

    @Override
    public String name() {
        return "countdown";
    }

    @Override
    public String description() {
        return "Sequences that count down to 0 and stay there.";
    }

    @Override
    public Config defaults() {
        return new Config(8);
    }

    @Override
    public Task create(Config config) {
        return new CountdownTask(config.length());
    }

    private record CountdownTask(int length) implements Task {

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary.Integers(0, 99);
        }

        @Override
        public int[] draw(RandomGenerator random) {
            int start = random.nextInt(100);
            return IntStream.rangeClosed(0, length).map(i -> Math.max(0, start - i)).toArray();
        }

        @Override
        public List<int[]> heldOut(Split split) {
            RandomGenerator random = Seed.of(0).stream(split.name()).generator();
            return Stream.generate(() -> draw(random)).limit(100).toList();
        }

        @Override
        public List<int[]> prompts(int count) {
            return IntStream.range(0, count).mapToObj(i -> new int[] {i % 100}).toList();
        }
    }
}
