package org.intarsia.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.intarsia.api.component.InvalidSettingException;
import org.intarsia.api.component.Task.Split;
import org.intarsia.api.data.Seed;
import org.junit.jupiter.api.Test;

final class CopyTaskTest {

    @Test
    void writesTheStringOnceMore() {
        CopyTask task = task(false, 20, 40);
        int[] sequence = task.draw(Seed.of(1).generator());

        String[] parts = task.vocabulary().text(sequence).split("[:.]", -1);

        assertThat(parts).hasSize(3);
        assertThat(parts[1]).isEqualTo(parts[0]).isNotEmpty();
    }

    @Test
    void writesItBackwards() {
        CopyTask task = task(true, 20, 40);
        int[] sequence = task.draw(Seed.of(1).generator());

        String[] parts = task.vocabulary().text(sequence).split("[:.]", -1);

        assertThat(new StringBuilder(parts[1]).reverse().toString()).isEqualTo(parts[0]).isNotEmpty();
    }

    @Test
    void givesTheStringAndTheColon() {
        CopyTask task = task(false, 20, 40);
        int[] sequence = task.draw(Seed.of(1).generator());

        assertThat(task.vocabulary().text(Arrays.copyOf(sequence, task.given(sequence)))).endsWith(":");
    }

    @Test
    void testsLongerStringsThanItTrains() {
        CopyTask task = task(false, 20, 40);

        assertThat(lengths(task.heldOut(Split.VALIDATION))).allMatch(length -> length >= 1 && length <= 20)
                .contains(1, 20);
        assertThat(lengths(task.heldOut(Split.TEST))).allMatch(length -> length >= 21 && length <= 40).contains(21, 40);
    }

    @Test
    void testsTheSameLengthsWhereTheyAreEqual() {
        assertThat(lengths(task(false, 5, 5).heldOut(Split.TEST))).contains(1, 5);
    }

    @Test
    void refusesATestOfShorterStrings() {
        assertThatThrownBy(() -> new CopyTask.Config(false, 10, 20, 19, 100))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("must be from length, 20, to 10000, not 19");
    }

    private static List<Integer> lengths(List<int[]> sequences) {
        return sequences.stream().map(sequence -> sequence.length / 2 - 1).toList();
    }

    private static CopyTask task(boolean reverse, int length, int testLength) {
        return new CopyTask.Factory().create(new CopyTask.Config(reverse, 10, length, testLength, 500));
    }
}
