package org.intarsia.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void rejectsANameWithBlanksOrNone() {
        assertThatThrownBy(() -> new Axis("", 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an axis needs a name without blanks, not ''");
        assertThatThrownBy(() -> new Axis("the batch", 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an axis needs a name without blanks, not 'the batch'");
    }

    @Test
    void rejectsASizeBelowOne() {
        assertThatThrownBy(() -> new Axis("time", 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axis 'time' needs a size of at least 1, not 0");
    }

    @Test
    void countsElements() {
        assertThat(Axis.count(List.of())).isEqualTo(1);
        assertThat(Axis.count(List.of(new Axis("a", 3), new Axis("b", 5)))).isEqualTo(15);
    }

    @Test
    void describesAxesAsMessagesDo() {
        assertThat(Axis.describe(List.of(new Axis("batch", 32), new Axis("time", 16))))
                .isEqualTo("{batch 32, time 16}");
    }
}
