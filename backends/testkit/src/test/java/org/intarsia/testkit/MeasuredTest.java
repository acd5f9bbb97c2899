package org.intarsia.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.intarsia.api.backend.DeviceInfo.Precision;
import org.intarsia.api.graph.Axis;
import org.junit.jupiter.api.Test;

/// What comparisons met stands in the table, whether it was within the bound or not.
class MeasuredTest {

    private static final List<Axis> AXES = List.of(new Axis("time", 2));
    private static final Tolerance WIDE = new Tolerance(0.5, 0.5, "of this test");

    private final Measured measured = new Measured();

    @Test
    void keepsTheErrorThatIsNearestToItsBoundAndCountsNumbers() {
        compare(WIDE, 10, 12);
        compare(WIDE.times(0.1), 1, 1.04);
        compare(Tolerance.EXACT, 3, 3);

        assertThat(measured.table("Twin")).isEqualTo("""
                Twin: |x - r| / max(1, |r|), where it came nearest to its bound
                      bound   measured   share     numbers
                        0.0        0.0      0%           2  numbers are moved, not computed
                      0.050      0.040     80%           4  of this test""");
    }

    @Test
    void showsAnErrorThatIsTooLarge() {
        try {
            compare(WIDE, 10, Double.NaN);
        } catch (AssertionError expected) {
            assertThat(measured.table("Twin")).contains("Infinity");
            return;
        }
        throw new AssertionError("NaN was accepted");
    }

    @Test
    void saysThatNothingWasCompared() {
        assertThat(measured.table("Twin")).isEqualTo("Twin: no number was compared");
    }

    private void compare(Tolerance tolerance, double expected, double actual) {
        ScopedValue.where(Measured.HERE, measured).run(() -> Numbers.close("x", AXES, new double[] {expected, 7},
                new double[] {actual, 7}, tolerance, Precision.SINGLE));
    }
}
