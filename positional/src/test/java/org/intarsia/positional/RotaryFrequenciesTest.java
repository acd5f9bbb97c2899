package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.intarsia.positional.Rope.Scaling.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers of `src/test/golden/make_rotary.py`: 16 channels, base 10000, trained to 64, a model of 256.
final class RotaryFrequenciesTest {

    static Stream<Arguments> published() {
        return Stream.of(
                Arguments.of(new Rope.Scaling(Kind.LINEAR, 4, 0),
                        new double[] {0.25, 0.07905694150420949, 0.025, 0.007905694150420948, 0.0025,
                            0.000790569415042095, 0.00025, 7.905694150420948e-05}),
                Arguments.of(new Rope.Scaling(Kind.NTK, 4, 0),
                        new double[] {1.0, 0.2594128170149228, 0.06729500963161782, 0.017457188019584336,
                            0.004528618321319533, 0.0011747816359188909, 0.00030475341355111886,
                            7.905694150420948e-05}),
                Arguments.of(new Rope.Scaling(Kind.DYNAMIC_NTK, 2, 64),
                        new double[] {1.0, 0.2394813560059838, 0.05735131987446476, 0.013734571852269752,
                            0.003289173891343177, 0.0007876958236383426, 0.00018863846396516057,
                            4.517539514526257e-05}),
                Arguments.of(new Rope.Scaling(Kind.YARN, 4, 64), new double[] {1.0, 0.23717082451262847, 0.05,
                    0.007905694150420948, 0.0025, 0.000790569415042095, 0.00025, 7.905694150420948e-05}));
    }

    @ParameterizedTest
    @MethodSource("published")
    void areThoseOfThePapers(Rope.Scaling scaling, double[] expected) {
        RotaryFrequencies frequencies = new RotaryFrequencies(16, 10000, scaling, 256);

        double[] actual = IntStream.range(0, 8).mapToDouble(frequencies::of).toArray();

        for (int pair = 0; pair < 8; pair++) {
            assertThat(actual[pair]).isCloseTo(expected[pair], within(1e-13));
        }
    }

    @Test
    void onlyYarnMakesQueriesAndKeysLonger() {
        assertThat(new RotaryFrequencies(16, 10000, new Rope.Scaling(Kind.YARN, 4, 64), 256).magnitude())
                .isCloseTo(1.138629436111989, within(1e-13));
        assertThat(new RotaryFrequencies(16, 10000, new Rope.Scaling(Kind.NTK, 4, 0), 256).magnitude()).isEqualTo(1);
    }
}
