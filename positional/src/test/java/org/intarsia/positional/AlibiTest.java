package org.intarsia.positional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class AlibiTest {

    @Test
    void slopesOfAPowerOfTwoAreAGeometricSeries() {
        assertThat(Alibi.slopes(1).toArray()).containsExactly(1.0 / 256);
        assertThat(Alibi.slopes(4).toArray()).containsExactly(0.25, 0.0625, 0.015625, 0.00390625);
        assertThat(Alibi.slopes(8).toArray()).containsExactly(0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125,
                0.00390625);
    }

    @Test
    void slopesInBetweenAreInterleavedAsPublished() {
        assertThat(Alibi.slopes(3).toArray()).containsExactly(0.0625, 0.00390625, 0.25);
        assertThat(Alibi.slopes(6).toArray()).containsExactly(0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125);
        assertThat(Alibi.slopes(12).toArray()).containsExactly(new double[] {0.5, 0.25, 0.125, 0.0625, 0.03125,
            0.015625, 0.0078125, 0.00390625, 0.7071067811865476, 0.3535533905932738, 0.1767766952966369,
            0.08838834764831845}, within(1e-15));
    }

    @Test
    void takesTheSlopeTimesTheDistance() {
        double[] scores = new Pairs(3, 2, 1).scores(new Alibi.Factory().create(new Alibi.Config(),
                new Pairs(3, 2, 1).shape()), Map.of());

        double m = 1.0 / 16;
        double n = 1.0 / 256;
        assertThat(scores).containsExactly(
                0, -m, -2 * m, -m, 0, -m, -2 * m, -m, 0,
                0, -n, -2 * n, -n, 0, -n, -2 * n, -n, 0);
    }
}
