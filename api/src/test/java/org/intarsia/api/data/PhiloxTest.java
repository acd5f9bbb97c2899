package org.intarsia.api.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhiloxTest {

    /// The known answers of Random123's `kat_vectors` for philox4x32-10.
    @Test
    void givesTheKnownAnswers() {
        assertThat(Philox.block(0, 0, 0)).containsExactly(0xe169c58d_6627e8d5L, 0x9b00dbd8_bc57ac4cL);
        assertThat(Philox.block(-1, -1, -1)).containsExactly(0x41c83b0e_408f276dL, 0x6d5451fd_a20bc7c6L);
        assertThat(Philox.block(0x299f31d0_a4093822L, 0x85a308d3_243f6a88L, 0x03707344_13198a2eL))
                .containsExactly(0x94fdcceb_d16cfe09L, 0x24126ea1_5001e420L);
    }

    @Test
    void givesTheFirstTwoWords() {
        assertThat(Philox.words(0, 0, 0)).isEqualTo(0xe169c58d_6627e8d5L);
    }

    @Test
    void makesUniformNumbersOfTheTop24BitsOfTheFirstWord() {
        assertThat(Philox.uniform(0, 0, 0)).isEqualTo(0x6627e8 * 0x1p-24);
        assertThat(Philox.uniform(-1, -1, -1)).isEqualTo(0x408f27 * 0x1p-24);
    }

    @Test
    void drawsUniformNumbersThatFillTheUnitIntervalEvenly() {
        long[] histogram = new long[10];
        LongStream.range(0, 100_000).forEach(i -> histogram[(int) (10 * Philox.uniform(5, i, 0))]++);
        assertThat(Arrays.stream(histogram).boxed()).allSatisfy(count -> assertThat(count).isBetween(9_600L, 10_400L));
    }
}
