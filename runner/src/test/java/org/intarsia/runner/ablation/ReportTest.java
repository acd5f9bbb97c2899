package org.intarsia.runner.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static Results results() {
        return new MadeUpResults(SmallSweep.read("seeds=3", "baseline.position=none"))
                // Mean 2; deviations −0.5, 0, 0.5: √(0.5 / 2) = 0.5.
                .run(1.75, 1.5, 0.25).run(2.25, 2, 0.5).run(2.75, 2.5, 0.75)
                // Mean 1.625, deviations ±0.375: √(2 · 0.375²) = 0.530; differences 0.5 and −0.75: mean −0.125, √0.78125.
                .run(2, 2, 0.5).run(1, 1.25, 1).failure(State.DIVERGED, "the training loss was NaN at step 3")
                .results();
    }

    @Test
    void aTableHoldsMeanAndDeviationOfWhatFinished() {
        assertThat(new Report(results()).text()).isEqualTo(
                """

                        position            n  validation loss      test loss     Δ test loss   accuracy %      whole %     distance  parameters      ms/step
                        ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                        none                3    2.250 ± 0.500  2.000 ± 0.500        baseline  50.0 ± 25.0  25.0 ± 12.5  4.00 ± 0.00         260  2.00 ± 0.00
                        rope           2 of 3    1.500 ± 0.707  1.625 ± 0.530  -0.125 ± 0.884  75.0 ± 35.4  37.5 ± 17.7  4.00 ± 0.00         260  2.00 ± 0.00
                        ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                        uniform guess                        –          2.250                         10.0          0.0            –                        –
                        mean ± sd over n seeds; differences within one sd are not evidence
                        scores: of the weights with the lowest validation loss; whole: sequences without an error
                        Δ test loss: the difference to position=none, seed by seed
                        no result: position=rope seed 3, diverged: the training loss was NaN at step 3
                        The arms differ: 2 configurations, and no two of them gave the same numbers.
                        position=none and position=rope have as many parameters and the same loss at the first step, so they are equal models at the start.
                        Arms with the same seed saw the same data.
                        """);
    }

    @Test
    void lossesInDifferentUnitsHaveNoDifference() {
        Results results = new MadeUpResults(SmallSweep.read("seeds=1", "baseline.position=none")).run(1.75, 1.5, 0.25)
                .in("regression").run(2, 2, 0.5).results();

        assertThat(new Report(results).markdown())
                .contains("| rope | 1 | 2.000 ± – | 2.000 ± – | – | 50.0 ± – |");
        Cell rope = results.sweep().cells().getLast();
        Cell none = results.sweep().cells().getFirst();
        assertThat(Metric.ALL).filteredOn(metric -> results.difference(rope, none, metric).count() == 0)
                .extracting(Metric::key).containsExactly("validationLoss", "testLoss");
    }

    @Test
    void floorsThatDifferAreNamedByWhatTheyDifferIn() {
        Results results = new MadeUpResults(SmallSweep.read("seeds=1", "factors.task.length=[4,5]"))
                .over(4.5).run(1, 1, 0.1).over(5.5).run(2, 2, 0.2).over(4.5).run(3, 3, 0.3).over(5.5).run(4, 4, 0.4)
                .results();

        assertThat(new Report(results).markdown()).contains("| uniform guess (4) |", "| uniform guess (5) |");
    }

    @Test
    void floorsThatDifferInMoreThanOneFactorAreNamedByTheirCells() {
        Results results = new MadeUpResults(SmallSweep.read("seeds=1", "factors.task.length=[4,5]"))
                .over(4.5).run(1, 1, 0.1).over(5.5).run(2, 2, 0.2).run(3, 3, 0.3).run(4, 4, 0.4).results();

        assertThat(new Report(results).markdown()).contains("| uniform guess (none 4) |",
                "| uniform guess (none 5, rope 4, rope 5) |");
    }

    @Test
    void markdownHasTheRowsOfRunsWithoutAResult() {
        assertThat(new Report(results()).markdown()).contains("""

                ## Runs without a result

                | position | seed | outcome | reason |
                |---|---|---|---|
                | rope | 3 | diverged | the training loss was NaN at step 3 |
                """);
    }

    @Test
    void aLineOfTheCsvIsARun() {
        assertThat(ResultFiles.csv(results(), Path.of("sweep")).lines()).hasSize(7);
    }
}
