package org.intarsia.testkit.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.intarsia.api.component.Coordinate;
import org.intarsia.api.component.Layout;
import org.intarsia.api.component.Task;
import org.intarsia.api.component.TaskFactory;
import org.intarsia.api.data.Vocabulary;
import org.junit.jupiter.api.Test;

/// Broken twins of a task that counts: training from an even number on, validation from a number ≡ 1 and test from one
/// ≡ 3 mod 4.
final class TaskConformanceTest {

    @Test
    void acceptsASoundTask() {
        List<Consumer<Suite>> checks =
                List.of(Suite::equalGeneratorsGiveEqualSequences, Suite::threadsDoNotDisturbEachOther,
                        Suite::sequencesFit, Suite::heldOutIsStable, Suite::splitsAreSeparate, Suite::promptsAreValid,
                        Suite::floorsLookBackOnly, Suite::asksForSomethingAfterWhatIsGiven,
                        Suite::coordinatesLookBackOnly, Suite::knowsItsOwnSequences, Suite::notesAreStable);

        assertThat(checks).allSatisfy(check -> check.accept(new Suite(new Counting())));
    }

    @Test
    void rejectsDrawsThatRememberEarlierOnes() {
        AtomicInteger drawn = new AtomicInteger();
        Suite suite = new Suite(new Counting() {
            @Override
            public int[] draw(RandomGenerator random) {
                return counted(drawn.getAndIncrement() % 7);
            }
        });

        assertRejected(suite::equalGeneratorsGiveEqualSequences, "made Config[]: drawn again]");
        assertRejected(suite::threadsDoNotDisturbEachOther, "made Config[]: drawn by four threads]");
    }

    @Test
    void rejectsTokensOutsideTheVocabulary() {
        Suite suite = new Suite(new Counting() {
            @Override
            public int[] draw(RandomGenerator random) {
                return counted(98);
            }
        });

        assertRejected(suite::sequencesFit,
                "made Config[], drawn: the token 100 is not among the 100 of the vocabulary");
    }

    @Test
    void rejectsSequencesThatAreTooLong() {
        Suite suite = new Suite(new Counting() {
            @Override
            public int length() {
                return 2;
            }
        });

        assertRejected(suite::sequencesFit, "made Config[], drawn: tokens of a sequence]");
    }

    @Test
    void rejectsSequencesThatAskForNothing() {
        Suite suite = new Suite(new Counting() {
            @Override
            public int given(int[] sequence) {
                return sequence.length;
            }
        });

        assertRejected(suite::asksForSomethingAfterWhatIsGiven, "made Config[]: tokens that are given of [");
    }

    @Test
    void rejectsCoordinatesThatLookAhead() {
        Suite suite = new Suite(new Counting() {
            @Override
            public int[] coordinate(Coordinate coordinate, int[] tokens) {
                return IntStream.range(0, tokens.length).map(i -> tokens.length - 1 - i).toArray();
            }
        });

        assertRejected(suite::coordinatesLookBackOnly, ", of its first ");
    }

    @Test
    void rejectsCoordinatesBeyondTheirExtent() {
        Suite suite = new Suite(new Counting() {
            @Override
            public Map<Coordinate, Layout> coordinates() {
                return Map.of(Coordinate.ROW, Layout.byTokens(3));
            }
        });

        assertRejected(suite::coordinatesLookBackOnly, "made Config[]: ROW of [");
    }

    @Test
    void rejectsAFixedLayoutOfAnotherLength() {
        Suite suite = new Suite(new Counting() {
            @Override
            public Map<Coordinate, Layout> coordinates() {
                return Map.of(Coordinate.ROW, Layout.byIndex(4, length() + 1, i -> i % 4));
            }
        });

        assertRejected(suite::coordinatesLookBackOnly, "ROW of the tokens that a model reads");
    }

    @Test
    void rejectsHeldOutSequencesThatChange() {
        AtomicInteger asked = new AtomicInteger();
        Suite suite = new Suite(new Counting() {
            @Override
            public List<int[]> heldOut(Split split) {
                return List.of(counted(asked.incrementAndGet()));
            }
        });

        assertRejected(suite::heldOutIsStable, "Config[], held out for VALIDATION, after drawing]");
    }

    @Test
    void rejectsTrainingOnWhatIsHeldOut() {
        Suite suite = new Suite(new Counting() {
            @Override
            public int[] draw(RandomGenerator random) {
                return counted(random.nextInt(90));
            }
        });

        assertRejected(suite::splitsAreSeparate, "[Config[]: drawn for training and held out for validation]");
    }

    @Test
    void rejectsTestingOnWhatChoosesTheWeights() {
        Suite suite = new Suite(new Counting() {
            @Override
            public List<int[]> heldOut(Split split) {
                return super.heldOut(Split.TEST);
            }
        });

        assertRejected(suite::splitsAreSeparate, "[Config[]: held out for validation and for test]");
    }

    @Test
    void rejectsOriginsThatDisagreeWithTheSplits() {
        Suite all = new Suite(withOrigin(Task.Origin.TRAINING));
        Suite none = new Suite(withOrigin(Task.Origin.HELD_OUT));

        assertRejected(all::knowsItsOwnSequences, "[Config[]: origins of what is held out for VALIDATION]");
        assertRejected(none::knowsItsOwnSequences, "[Config[]: origins of what is drawn]");
    }

    @Test
    void rejectsNotesThatChange() {
        AtomicInteger asked = new AtomicInteger();
        Suite suite = new Suite(new Counting() {
            @Override
            public List<String> notes() {
                return List.of("Asked " + asked.incrementAndGet() + " times.");
            }
        });

        assertRejected(suite::notesAreStable, "[made Config[]: notes, asked again]");
    }

    @Test
    void rejectsMorePromptsThanWanted() {
        Suite suite = new Suite(new Counting() {
            @Override
            public List<int[]> prompts(int count) {
                return super.prompts(count + 1);
            }
        });

        assertRejected(suite::promptsAreValid, "[made Config[]: prompts where 1 are wanted]");
    }

    @Test
    void rejectsEmptyPrompts() {
        Suite suite = new Suite(new Counting() {
            @Override
            public List<int[]> prompts(int count) {
                return List.of(new int[0]);
            }
        });

        assertRejected(suite::promptsAreValid, "[made Config[]: tokens of a prompt]");
    }

    @Test
    void rejectsAStopOutsideTheVocabulary() {
        Suite suite = new Suite(new Counting() {
            @Override
            public OptionalInt stop() {
                return OptionalInt.of(100);
            }
        });

        assertRejected(suite::promptsAreValid,
                "made Config[], the stop token: the token 100 is not among the 100 of the vocabulary");
    }

    @Test
    void rejectsAFloorThatPeeks() {
        Suite suite = new Suite(withFloor("peeking", (tokens, length) -> length < tokens.length ? tokens[length] : 0));

        assertRejected(suite::floorsLookBackOnly,
                "[made Config[], floor 'peeking': the prediction after 1 tokens, when later ones are others]");
    }

    @Test
    void rejectsAFloorThatPredictsNoToken() {
        Suite suite = new Suite(withFloor("high", (_, _) -> 100));

        assertRejected(suite::floorsLookBackOnly, "[made Config[], floor 'high': the prediction]");
    }

    private static void assertRejected(ThrowingCallable check, String message) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    private static Counting withOrigin(Task.Origin origin) {
        return new Counting() {
            @Override
            public Optional<Origin> origin(int[] sequence) {
                return Optional.of(origin);
            }
        };
    }

    private static Counting withFloor(String name, Prediction prediction) {
        return new Counting() {
            @Override
            public List<Floor> floors() {
                return List.of(new NamedFloor(name, prediction));
            }
        };
    }

    @FunctionalInterface
    private interface Prediction {
        int after(int[] tokens, int length);
    }

    private record NamedFloor(String name, Prediction prediction) implements Task.Floor {

        @Override
        public int predict(int[] tokens, int length) {
            return prediction.after(tokens, length);
        }
    }

    private static class Counting implements Task {

        static int[] counted(int from) {
            return new int[] {from, from + 1, from + 2, from + 3};
        }

        @Override
        public Vocabulary vocabulary() {
            return new Vocabulary.Integers(0, 99);
        }

        @Override
        public int length() {
            return 4;
        }

        @Override
        public Map<Coordinate, Layout> coordinates() {
            return Map.of(Coordinate.ROW, Layout.byTokens(4));
        }

        @Override
        public int[] coordinate(Coordinate coordinate, int[] tokens) {
            return IntStream.range(0, tokens.length).toArray();
        }

        @Override
        public int[] draw(RandomGenerator random) {
            return counted(2 * random.nextInt(45));
        }

        @Override
        public List<int[]> heldOut(Split split) {
            int first = switch (split) {
                case VALIDATION -> 1;
                case TEST -> 3;
            };
            List<int[]> sequences = new ArrayList<>();
            for (int from = first; from < 90; from += 4) {
                sequences.add(counted(from));
            }
            return sequences;
        }

        @Override
        public List<Floor> floors() {
            return List.of(new NamedFloor("last", (tokens, length) -> tokens[length - 1]));
        }

        @Override
        public List<int[]> prompts(int count) {
            return heldOut(Split.TEST).stream().limit(count).toList();
        }
    }

    public record Config() {}

    private record Made(Task task) implements TaskFactory<Config> {

        @Override
        public String name() {
            return "made";
        }

        @Override
        public String description() {
            return "Made for a test.";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public Task create(Config config) {
            return task;
        }
    }

    private static final class Suite extends TaskConformance<Config, Made> {

        private final Made made;

        Suite(Task task) {
            this.made = new Made(task);
        }

        @Override
        protected Made factory() {
            return made;
        }
    }
}
