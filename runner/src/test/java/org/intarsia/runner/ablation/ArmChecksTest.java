package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArmChecksTest {

    private static MadeUpResults sweep() {
        return new MadeUpResults(SmallSweep.read());
    }

    @Test
    void armsWithOtherNumbersDiffer() {
        Results results = sweep().run("a", 1, 2, 2, 0.5).run("b", 2, 2, 2, 0.5).run("a", 3, 2, 2, 0.5)
                .run("b", 4, 2, 2, 0.5).results();

        assertThat(ArmChecks.of(results)).containsExactly(
                "The arms differ: 2 configurations, and no two of them gave the same numbers.",
                "Arms with the same seed saw the same data.");
    }

    @Test
    void armsWithTheSameNumbersCompareNothing() {
        Results results = sweep().run("a", 1, 2, 2, 0.5).run("b", 2, 2, 2, 0.5).run("a", 1, 2, 2, 0.5)
                .run("b", 2, 2, 2, 0.5).results();

        assertThat(ArmChecks.of(results)).first().isEqualTo(
                "WARNING: position=none and position=rope gave identical numbers with seeds 1, 2: position.name (none, rope),"
                        + " position.base (10000.0), position.pairing (interleaved), position.fraction (1.0), position.scaling.kind (none), position.scaling.factor (1.0),"
                        + " position.scaling.trainedLength (0), position.xpos (false), position.axial (false) had no effect, so this comparison compares nothing.");
    }

    @Test
    void armsThatStartAlikeAreNamed() {
        Results results = sweep().run("a", 1, 2, 2, 0.5).run("b", 2, 2, 2, 0.5).run("a", 1, 3, 3, 0.5)
                .run("b", 2, 3, 3, 0.5).results();

        assertThat(ArmChecks.of(results)).contains(
                "position=none and position=rope have as many parameters and the same loss at the first step, so they are equal"
                        + " models at the start.");
    }

    @Test
    void otherDataIsSaid() {
        Results results = sweep().run("a", 1, 2, 2, 0.5).run("b", 2, 2, 2, 0.5).run("c", 3, 2, 2, 0.5)
                .run("b", 4, 2, 2, 0.5).results();

        assertThat(ArmChecks.of(results)).last()
                .isEqualTo("Arms with the same seed saw different data, so seeds do not pair them.");
    }

    /// Two arms on each of two tasks, whose cells come in turn.
    private static Results twoTasks(String first, String second, String third, String fourth) {
        return new MadeUpResults(SmallSweep.read("seeds=1", "factors.task.length=[4,5]")).run(first, 1, 2, 2, 0.5)
                .run(second, 2, 2, 2, 0.5).run(third, 3, 2, 2, 0.5).run(fourth, 4, 2, 2, 0.5).results();
    }

    @Test
    void armsOfDifferentTasksSeeDifferentData() {
        assertThat(ArmChecks.of(twoTasks("a", "b", "a", "b"))).last()
                .isEqualTo("Arms of the same task with the same seed saw the same data.");
    }

    @Test
    void otherDataInOneOfTwoTasksIsSaid() {
        assertThat(ArmChecks.of(twoTasks("a", "b", "a", "c"))).last()
                .isEqualTo("Arms of the same task with the same seed saw different data, so seeds do not pair them.");
    }

    @Test
    void lossesInDifferentUnitsAreNotToBeCompared() {
        Results results = sweep().run("a", 1, 2, 2, 0.5).run("b", 2, 2, 2, 0.5).in("regression").run("a", 3, 2, 2, 0.5)
                .run("b", 4, 2, 2, 0.5).results();

        assertThat(ArmChecks.of(results)).last().isEqualTo(
                "WARNING: losses are in different units, nats (position=none) and regression (position=rope): compare accuracies"
                        + " and distances, not losses.");
    }
}
