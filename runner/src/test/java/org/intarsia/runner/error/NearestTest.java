package org.intarsia.runner.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("absolute", "feedForward", "none", "plus-minus-one", "rope");

    @ParameterizedTest
    @CsvSource({"rpoe, rope", "ropes, rope", "rop, rope", "Rope, rope", "feed-forward, feedForward",
        "feed_foward, feedForward", "plusMinusOne, plus-minus-one", "absloute, absolute", "non, none"})
    void guessesWhatIsFewEditsAway(String given, String meant) {
        assertThat(Nearest.to(given, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "relative", "''", "rotary"})
    void guessesNothingWhereNothingIsNear(String given) {
        assertThat(Nearest.to(given, KNOWN)).isEmpty();
    }

    @Test
    void prefersTheFirstInTheAlphabetOfEquallyNearNames() {
        assertThat(Nearest.to("bat", List.of("cat", "bad", "bar"))).contains("bad");
    }

    @Test
    void asksWhetherTheGuessIsRight() {
        assertThat(Nearest.hint("rpoe", KNOWN)).isEqualTo("; did you mean \"rope\"?");
    }
}
