package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.Task.Origin;
import org.intarsia.api.component.Task.Split;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

/// The suite for tasks. A task that reads a file overrides [#configs()] with files of its own.
///
/// @param <C> the settings
/// @param <F> the factory
public abstract non-sealed class TaskConformance<C extends Record, F extends TaskFactory<C>>
        extends
            ComponentConformance<C, F> {

    private static final int DRAWN = 500;

    /// Creates the suite.
    protected TaskConformance() {
        super(TaskFactory.class);
    }

    /// Returns whether the task with these settings claims that no held-out sequence is ever drawn for training and that
    /// validation and test have none in common.
    protected boolean separatesSplits(C config) {
        return true;
    }

    /// Equal generators give equal sequences, from the same task and from another of the same settings, whatever was asked
    /// before.
    @Test
    public final void equalGeneratorsGiveEqualSequences() {
        everyTask((where, task) -> {
            List<List<Integer>> first = drawn(task, 1);
            task.heldOut(Split.TEST);
            task.prompts(2);
            assertThat(drawn(task, 1)).as(where + ": drawn again").isEqualTo(first);
        });
        for (C config : configs()) {
            assertThat(drawn(task(config), 1)).as(config + ": drawn from a second task")
                    .isEqualTo(drawn(task(config), 1));
        }
    }

    /// Several threads that ask one task get what each would get alone.
    @Test
    public final void threadsDoNotDisturbEachOther() {
        everyTask((where, task) -> {
            List<List<List<Integer>>> alone = IntStream.range(0, 4).mapToObj(i -> drawn(task, i)).toList();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                List<CompletableFuture<List<List<Integer>>>> together = IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> drawn(task, i), threads)).toList();
                assertThat(together.stream().map(CompletableFuture::join).toList())
                        .as(where + ": drawn by four threads")
                        .isEqualTo(alone);
            }
        });
    }

    /// Drawn and held-out sequences have two to length + 1 tokens of the vocabulary.
    @Test
    public final void sequencesFit() {
        everyTask((where, task) -> {
            drawn(task, 2).forEach(sequence -> assertSequence(where + ", drawn", task, sequence));
            for (Split split : Split.values()) {
                assertThat(task.heldOut(split)).as(where + ", held out for " + split).isNotEmpty();
                heldOut(task, split)
                        .forEach(sequence -> assertSequence(where + ", held out for " + split, task, sequence));
            }
        });
    }

    /// Held-out sequences are always the same, whatever was drawn before.
    @Test
    public final void heldOutIsStable() {
        for (C config : configs()) {
            for (Split split : Split.values()) {
                Task task = task(config);
                List<List<Integer>> first = heldOut(task, split);
                drawn(task, 3);
                assertThat(heldOut(task, split)).as(config + ", held out for " + split + ", after drawing")
                        .isEqualTo(first);
                assertThat(heldOut(task(config), split)).as(config + ", held out for " + split + " by a second task")
                        .isEqualTo(first);
            }
        }
    }

    /// No sequence is in two of training, validation and test, where the task claims so.
    @Test
    public final void splitsAreSeparate() {
        for (C config : configs()) {
            if (separatesSplits(config)) {
                Task task = task(config);
                Set<List<Integer>> training = new HashSet<>(drawn(task, 4));
                List<List<Integer>> validation = heldOut(task, Split.VALIDATION);
                List<List<Integer>> test = heldOut(task, Split.TEST);
                assertThat(training).as(config + ": drawn for training and held out for validation")
                        .doesNotContainAnyElementsOf(validation);
                assertThat(training).as(config + ": drawn for training and held out for test")
                        .doesNotContainAnyElementsOf(test);
                assertThat(validation).as(config + ": held out for validation and for test")
                        .doesNotContainAnyElementsOf(test);
            }
        }
    }

    /// A task that knows where sequences stand says so of its own: what is held out is held out, and what is drawn is for
    /// training where the splits are separate.
    @Test
    public final void knowsItsOwnSequences() {
        for (C config : configs()) {
            Task task = task(config);
            for (Split split : Split.values()) {
                assertThat(task.heldOut(split)).as(config + ": origins of what is held out for " + split)
                        .allMatch(sequence -> task.origin(sequence).orElse(Origin.HELD_OUT) == Origin.HELD_OUT);
            }
            if (separatesSplits(config)) {
                assertThat(drawn(task, 5)).as(config + ": origins of what is drawn")
                        .allMatch(
                                sequence -> task.origin(unboxed(sequence)).orElse(Origin.TRAINING) == Origin.TRAINING);
            }
        }
    }

    /// The notes are one sentence each and never change.
    @Test
    public final void notesAreStable() {
        everyTask((where, task) -> {
            List<String> first = task.notes();
            drawn(task, 7);
            assertThat(task.notes()).as(where + ": notes, asked again").isEqualTo(first);
            assertThat(first).as(where + ": notes").allMatch(note -> !note.isBlank() && !note.contains("\n"));
        });
    }

    /// There are prompts, no more than wanted, of one to length tokens of the vocabulary, always the same.
    @Test
    public final void promptsAreValid() {
        everyTask((where, task) -> {
            for (int count : new int[] {1, 5}) {
                List<int[]> prompts = task.prompts(count);
                assertThat(prompts.size()).as(where + ": prompts where " + count + " are wanted").isBetween(1, count);
                for (int[] prompt : prompts) {
                    assertThat(prompt.length).as(where + ": tokens of a prompt").isBetween(1, task.length());
                    assertTokens(where + ", a prompt", task, prompt);
                }
                assertThat(boxed(task.prompts(count))).as(where + ": prompts, asked again").isEqualTo(boxed(prompts));
            }
            task.stop().ifPresent(stop -> assertTokens(where + ", the stop token", task, stop));
        });
    }

    /// At least one token of a sequence is given, and at least one is asked for.
    @Test
    public final void asksForSomethingAfterWhatIsGiven() {
        everyTask((where, task) -> {
            RandomGenerator random = Seed.of(8).generator();
            for (int i = 0; i < DRAWN; i++) {
                int[] sequence = task.draw(random);
                assertThat(task.given(sequence)).as(where + ": tokens that are given of " + boxed(sequence))
                        .isBetween(1, sequence.length - 1);
            }
        });
    }

    /// A token's coordinates are fixed for all that the model reads; or they are among those that there are, or none, and
    /// depend on nothing after it.
    @Test
    public final void coordinatesLookBackOnly() {
        everyTask((where, task) -> task.coordinates().forEach((coordinate, layout) -> {
            if (layout.isFixed()) {
                assertThat(layout.fixed()).as(where + ": " + coordinate + " of the tokens that a model reads")
                        .hasSize(task.length());
                return;
            }
            RandomGenerator random = Seed.of(9).generator();
            for (int i = 0; i < DRAWN; i++) {
                int[] sequence = task.draw(random);
                int[] values = task.coordinate(coordinate, sequence);
                String of = where + ": " + coordinate + " of " + boxed(sequence);
                assertThat(values).as(of).hasSameSizeAs(sequence);
                assertThat(boxed(values)).as(of).allMatch(value -> value >= Coordinate.NONE && value < layout.extent());
                int length = random.nextInt(1, sequence.length + 1);
                assertThat(task.coordinate(coordinate, Arrays.copyOf(sequence, length)))
                        .as(of + ", of its first " + length).isEqualTo(Arrays.copyOf(values, length));
            }
        }));
    }

    /// A floor has a name of its own, predicts a token or abstains, and looks at nothing after the place that it is asked
    /// about.
    @Test
    public final void floorsLookBackOnly() {
        everyTask((where, task) -> {
            assertThat(task.floors().stream().map(Task.Floor::name)).as(where + ": names of floors")
                    .doesNotHaveDuplicates()
                    .allMatch(name -> !name.isBlank());
            RandomGenerator random = Seed.of(6).generator();
            for (int[] sequence : task.heldOut(Split.TEST).stream().limit(50).toList()) {
                for (Task.Floor floor : task.floors()) {
                    for (int length = 1; length < sequence.length; length++) {
                        assertLooksBack(where + ", floor '" + floor.name() + "'", task, floor, sequence, length,
                                random);
                    }
                }
            }
        });
    }

    private static void assertLooksBack(String where, Task task, Task.Floor floor, int[] sequence, int length,
            RandomGenerator random) {
        int predicted = floor.predict(sequence.clone(), length);
        assertThat(predicted).as(where + ": the prediction").isLessThan(task.vocabulary().size());
        for (int attempt = 0; attempt < 4; attempt++) {
            int[] changed = sequence.clone();
            for (int i = length; i < changed.length; i++) {
                changed[i] = random.nextInt(task.vocabulary().size());
            }
            assertThat(floor.predict(changed, length))
                    .as(where + ": the prediction after " + length + " tokens, when later ones are others")
                    .isEqualTo(predicted);
        }
        assertThat(floor.predict(Arrays.copyOf(sequence, length), length))
                .as(where + ": the prediction after " + length + " tokens, when there are no later ones")
                .isEqualTo(predicted);
    }

    private void everyTask(BiConsumer<String, Task> check) {
        for (C config : configs()) {
            check.accept(factory().name() + " " + config, task(config));
        }
    }

    private Task task(C config) {
        return factory().create(config);
    }

    private static List<List<Integer>> drawn(Task task, int seed) {
        RandomGenerator random = Seed.of(seed).generator();
        return IntStream.range(0, DRAWN).mapToObj(_ -> boxed(task.draw(random))).toList();
    }

    private static List<List<Integer>> heldOut(Task task, Split split) {
        return boxed(task.heldOut(split));
    }

    private static List<List<Integer>> boxed(List<int[]> sequences) {
        return sequences.stream().map(TaskConformance::boxed).toList();
    }

    private static List<Integer> boxed(int[] sequence) {
        return IntStream.of(sequence).boxed().toList();
    }

    private static int[] unboxed(List<Integer> sequence) {
        return sequence.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void assertSequence(String where, Task task, List<Integer> sequence) {
        assertThat(sequence.size()).as(where + ": tokens of a sequence").isBetween(2, task.length() + 1);
        assertTokens(where, task, unboxed(sequence));
    }

    private static void assertTokens(String where, Task task, int... tokens) {
        int size = task.vocabulary().size();
        for (int token : tokens) {
            if (token < 0 || token >= size) {
                fail("%s: the token %d is not among the %d of the vocabulary", where, token, size);
            }
        }
    }
}
