package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.intarsia.api.component.Task.Floor;
import org.junit.jupiter.api.Test;

final class FloorsTest {

    private final List<Floor> floors = Floors.of(255);
    private final Floor repeatLast = floors.getFirst();
    private final Floor lastDifference = floors.getLast();

    @Test
    void namesSayWhatIsPredicted() {
        assertThat(floors).extracting(Floor::name).containsExactly("repeat the last term", "last difference again");
    }

    @Test
    void repeatLastLooksAtTheLastTermBeforeTheOneToPredict() {
        assertThat(repeatLast.predict(new int[] {3, 5, 9, 100}, 3)).isEqualTo(9);
        assertThat(repeatLast.predict(new int[] {3, 5}, 1)).isEqualTo(3);
    }

    @Test
    void lastDifferenceContinuesTheLastStep() {
        assertThat(lastDifference.predict(new int[] {3, 5, 9, 100}, 3)).isEqualTo(13);
        assertThat(lastDifference.predict(new int[] {9, 5, 100}, 2)).isEqualTo(1);
    }

    @Test
    void lastDifferenceRepeatsASingleTerm() {
        assertThat(lastDifference.predict(new int[] {9, 5}, 1)).isEqualTo(9);
    }

    @Test
    void lastDifferenceAbstainsOutsideTheRange() {
        assertThat(lastDifference.predict(new int[] {128, 192, 0}, 2)).isEqualTo(-1);
        assertThat(lastDifference.predict(new int[] {127, 191, 0}, 2)).isEqualTo(255);
        assertThat(lastDifference.predict(new int[] {3, 1, 0}, 2)).isEqualTo(-1);
        assertThat(lastDifference.predict(new int[] {2, 1, 0}, 2)).isZero();
    }
}
