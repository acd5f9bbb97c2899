package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table TABLE = new Table(List.of("size", "kind", "loss"), 2,
            List.of(List.of(List.of("16", "a|b", "1.25"), List.of("8", "c", "12.5")),
                    List.of(List.of("uniform guess", "", "–"))));

    @Test
    void columnsAreAlignedAndATextForAllOnTheLeftMayBeLong() {
        assertThat(TABLE.text()).isEqualTo("""
                size  kind     loss
                ───────────────────
                16    a|b      1.25
                8     c        12.5
                ───────────────────
                uniform guess     –
                """);
    }

    @Test
    void markdownIsATableToo() {
        assertThat(TABLE.markdown()).isEqualTo("""
                | size | kind | loss |
                |---|---|---:|
                | 16 | a\\|b | 1.25 |
                | 8 | c | 12.5 |
                | uniform guess |  | – |
                """);
    }

    @Test
    void aTableMayHaveOneColumnOnTheLeft() {
        assertThat(new Table(List.of("cell", "n"), 1, List.of(List.of(List.of("base", "3")), List.of())).text())
                .isEqualTo("""
                        cell  n
                        ───────
                        base  3
                        """);
    }
}
