package org.intarsia.api.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.intarsia.api.data.Vocabulary;

/// Where sequences come from. A sequence is two to [#length()] + 1 tokens; the model reads all but the last and predicts
/// all but the first. Tasks are immutable and may be asked by several threads.
public interface Task {

    /// Sequences that training never draws on purpose.
    enum Split {
        /// Decides which weights are kept.
        VALIDATION,
        /// Is reported.
        TEST
    }

    /// Where a sequence that a model wrote stands in the data.
    enum Origin {
        /// Training draws it.
        TRAINING,
        /// It is held out.
        HELD_OUT,
        /// It is neither: the model made it up.
        NEW
    }

    /// A predictor without a model that a trained model must beat, such as "repeat the last term".
    interface Floor {

        /// Returns the name in tables.
        String name();

        /// Predicts the token after `tokens[0 … length−1]`; a negative number abstains, which counts as wrong.
        int predict(int[] tokens, int length);
    }

    /// Returns what the tokens mean.
    Vocabulary vocabulary();

    /// Returns how many tokens the model reads at most.
    int length();

    /// Returns where tokens stand besides their positions in the sequence.
    default Map<Coordinate, Layout> coordinates() {
        return Map.of();
    }

    /// Returns a coordinate of each token of a sequence or of its beginning, [Coordinate#NONE] where it has none. A token's
    /// depends on itself and on those before it alone, so that a model can write sequences. Where the layout is fixed, the
    /// model goes by that, and is not asked for a sequence's.
    ///
    /// @param coordinate one of [#coordinates()] whose layout is not fixed
    default int[] coordinate(Coordinate coordinate, int[] tokens) {
        throw new IllegalArgumentException("tokens have no " + coordinate + " of their own");
    }

    /// Returns how many tokens a sequence begins with that the model is not asked to predict, at least 1: a question before
    /// its answer. They are read, and count in no loss and no score.
    default int given(int[] sequence) {
        return 1;
    }

    /// Draws a sequence for training; equal generators give equal sequences.
    int[] draw(RandomGenerator random);

    /// Returns held-out sequences, always the same ones.
    List<int[]> heldOut(Split split);

    /// Returns the floors that results stand beside.
    default List<Floor> floors() {
        return List.of();
    }

    /// Returns the beginnings that the model is shown to continue.
    ///
    /// @param count how many are wanted
    List<int[]> prompts(int count);

    /// Returns the token after which a continuation is complete; without one, continuations end with [#length()].
    default OptionalInt stop() {
        return OptionalInt.empty();
    }

    /// Returns where a whole sequence stands in the data, or nothing if the task keeps no list to look it up in.
    ///
    /// @param sequence tokens as [#draw] returns them, the one of [#stop()] included
    default Optional<Origin> origin(int[] sequence) {
        return Optional.empty();
    }

    /// Returns what a reader of the results should know of the data, a sentence each: how much was read, how much of it
    /// is used, what was left out and why. They never change, and tell other data of the same name apart.
    default List<String> notes() {
        return List.of();
    }
}
