package org.intarsia.curriculum;

import java.util.List;
import org.intarsia.api.component.Task;

/// What integer sequences are predicted to be by someone who hardly looks.
final class Floors {

    private Floors() {}

    /// Returns the floors of sequences of the integers `0 … maximum`.
    static List<Task.Floor> of(int maximum) {
        return List.of(new RepeatLast(), new LastDifference(maximum));
    }

    /// xₙ₊₁ = xₙ
    private record RepeatLast() implements Task.Floor {

        @Override
        public String name() {
            return "repeat the last term";
        }

        @Override
        public int predict(int[] tokens, int length) {
            return tokens[length - 1];
        }
    }

    /// xₙ₊₁ = xₙ + (xₙ − xₙ₋₁); after a single term, that term. It abstains where this leaves the range.
    private record LastDifference(int maximum) implements Task.Floor {

        @Override
        public String name() {
            return "last difference again";
        }

        @Override
        public int predict(int[] tokens, int length) {
            int last = tokens[length - 1];
            int next = length == 1 ? last : 2 * last - tokens[length - 2];
            return 0 <= next && next <= maximum ? next : -1;
        }
    }
}
