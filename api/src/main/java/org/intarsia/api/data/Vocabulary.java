package org.intarsia.api.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the tokens `0 … size−1` of a task mean.
public sealed interface Vocabulary {

    /// Tokens that are numbers: token *i* is the integer `minimum + i`, and the distance of two tokens means something.
    record Integers(int minimum, int maximum) implements Vocabulary {

        /// Checks that the range is not empty.
        public Integers {
            if (maximum < minimum) {
                throw new IllegalArgumentException("the integers " + minimum + ".." + maximum + " are none");
            }
        }

        @Override
        public int size() {
            return maximum - minimum + 1;
        }

        @Override
        public String text(int... tokens) {
            return Arrays.stream(tokens).mapToObj(t -> Integer.toString(minimum + t)).collect(Collectors.joining(" "));
        }
    }

    /// Tokens that are symbols: token *i* is written as the *i*-th string; a marker such as START is the empty one.
    record Symbols(List<String> symbols) implements Vocabulary {

        /// Copies the symbols.
        public Symbols {
            symbols = List.copyOf(symbols);
        }

        @Override
        public int size() {
            return symbols.size();
        }

        @Override
        public String text(int... tokens) {
            return IntStream.of(tokens).mapToObj(symbols::get).collect(Collectors.joining());
        }
    }

    /// Returns the number of tokens.
    int size();

    /// Writes tokens as a person would read them.
    String text(int... tokens);
}
