package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunSetup;

/// What people read of the results.
///
/// @param results all runs
record Report(Results results) {

    private static final String HOW = """
            mean ± sd over n seeds; differences within one sd are not evidence
            scores: of the weights with the lowest validation loss; whole: sequences without an error
            """;

    /// Writes the report for a terminal.
    String text() {
        StringBuilder text = new StringBuilder("\n").append(table().text()).append(HOW);
        difference().ifPresent(line -> text.append(line).append("\n"));
        unfinished().forEach(row -> text.append("no result: ").append(String.join(", ", row)).append("\n"));
        ArmChecks.of(results).forEach(line -> text.append(line).append("\n"));
        return text.toString();
    }

    /// Writes the report as Markdown.
    String markdown() {
        Sweep sweep = results.sweep();
        StringBuilder text = new StringBuilder("# " + sweep.name() + "\n\n" + size(sweep) + " of " + steps(sweep)
                + " steps.\n\n" + table().markdown() + "\n" + HOW.replace("\n", "  \n"));
        difference().ifPresent(line -> text.append(line).append("\n"));
        if (!unfinished().isEmpty()) {
            List<String> head = new ArrayList<>(factors());
            head.addAll(List.of("seed", "outcome", "reason"));
            text.append("\n## Runs without a result\n\n")
                    .append(new Table(head, head.size(), List.of(rowsOfUnfinished())).markdown());
        }
        text.append("\n## Do the arms differ?\n\n");
        ArmChecks.of(results).forEach(line -> text.append("- ").append(line).append("\n"));
        text.append("\n## Where the numbers come from\n\n");
        provenance().forEach(line -> text.append("- ").append(line).append("\n"));
        return text.toString();
    }

    /// Says how many runs a sweep has.
    static String size(Sweep sweep) {
        int cells = sweep.cells().size();
        int seeds = sweep.seeds().size();
        return counted(cells, "cell") + " × " + counted(seeds, "seed") + " = " + counted((long) cells * seeds, "run");
    }

    private static String counted(long count, String what) {
        return count(count) + " " + what + (count == 1 ? "" : "s");
    }

    /// Says how many steps each run takes.
    static String steps(Sweep sweep) {
        LongSummaryStatistics steps = sweep.cells().stream()
                .mapToLong(cell -> cell.configuration().training().steps()).summaryStatistics();
        return steps.getMin() == steps.getMax()
                ? count(steps.getMin())
                : count(steps.getMin()) + " to " + count(steps.getMax());
    }

    /// Writes a number with its thousands apart.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private List<String> factors() {
        List<String> names = results.sweep().factors().stream().map(Factor::name).toList();
        return names.isEmpty() ? List.of("cell") : names;
    }

    private static List<String> labels(Cell cell) {
        return cell.labels().isEmpty() ? List.of(cell.name()) : cell.labels();
    }

    /// A column, and what it holds for a cell and for a floor.
    private record Column(String title, Function<Cell, String> cell, Function<Baseline, String> floor) {}

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("n", this::seeds, _ -> ""));
        for (Metric metric : Metric.SCORES) {
            if (results.trials().stream().flatMap(trial -> trial.finished().stream()).map(metric::of)
                    .anyMatch(OptionalDouble::isPresent)) {
                columns.add(column(metric));
            }
            if (metric.equals(Metric.TEST_LOSS)) {
                results.sweep().baseline().ifPresent(baseline -> columns.add(difference(metric, baseline)));
            }
        }
        columns.add(new Column("parameters", cell -> count(cell.parameters()), _ -> ""));
        columns.add(column(Metric.MILLISECONDS));
        return columns;
    }

    private Column column(Metric metric) {
        return new Column(metric.title(), cell -> metric.text(results.statistic(cell, metric)),
                floor -> metric.text(metric.of(floor)));
    }

    private Column difference(Metric metric, Cell baseline) {
        return new Column("Δ " + metric.title(),
                cell -> cell.equals(baseline) ? "baseline" : signed(metric, results.difference(cell, baseline, metric)),
                _ -> "");
    }

    private static String signed(Metric metric, Statistic difference) {
        return (difference.mean().orElse(-1) >= 0 ? "+" : "") + metric.text(difference);
    }

    private String seeds(Cell cell) {
        int count = results.count(cell);
        int all = results.sweep().seeds().size();
        return count == all ? Integer.toString(count) : count + " of " + all;
    }

    /// The cells in their order, and beneath them what predictors without a model score.
    private Table table() {
        List<Column> columns = columns();
        List<String> head = new ArrayList<>(factors());
        columns.forEach(column -> head.add(column.title));
        List<List<String>> cells = results.sweep().cells().stream().map(cell -> {
            List<String> row = new ArrayList<>(labels(cell));
            columns.forEach(column -> row.add(column.cell.apply(cell)));
            return row;
        }).toList();
        List<List<String>> floors = new ArrayList<>();
        floors().forEach((baselines, suffix) -> baselines.forEach(floor -> {
            List<String> row = new ArrayList<>(List.of(floor.name() + suffix));
            factors().stream().skip(1).forEach(_ -> row.add(""));
            columns.forEach(column -> row.add(column.floor.apply(floor)));
            floors.add(row);
        }));
        return new Table(head, factors().size(), List.of(cells, floors));
    }

    /// Returns the different floors, and for whom they hold, where they are not everybody's.
    private Map<List<Baseline>, String> floors() {
        Map<List<Baseline>, List<Cell>> cells = new LinkedHashMap<>();
        for (Cell cell : results.sweep().cells()) {
            setups(results.of(cell)).map(RunSetup::baselines).findFirst()
                    .ifPresent(floors -> cells.computeIfAbsent(floors, _ -> new ArrayList<>()).add(cell));
        }
        Function<Cell, String> name = distinguishing(cells.values());
        Map<List<Baseline>, String> floors = new LinkedHashMap<>();
        cells.forEach((baselines, those) -> floors.put(baselines, cells.size() == 1 ? ""
                : those.stream().map(name).distinct().collect(Collectors.joining(", ", " (", ")"))));
        return floors;
    }

    /// Returns the label of a cell that is enough to tell groups of cells apart, such as that of its task, or else all of them.
    private Function<Cell, String> distinguishing(Collection<List<Cell>> groups) {
        for (int i = 0; i < results.sweep().factors().size(); i++) {
            int factor = i;
            long inGroups = groups.stream()
                    .mapToLong(group -> group.stream().map(cell -> cell.labels().get(factor)).distinct().count()).sum();
            long inAll =
                    groups.stream().flatMap(List::stream).map(cell -> cell.labels().get(factor)).distinct().count();
            if (inGroups == inAll) {
                return cell -> cell.labels().get(factor);
            }
        }
        return cell -> String.join(" ", labels(cell));
    }

    private static Stream<RunSetup> setups(List<TrialResult> trials) {
        return trials.stream().flatMap(trial -> trial.run().stream()).map(RunRecord::setup);
    }

    private Optional<String> difference() {
        return results.sweep().baseline().map(baseline -> "Δ " + Metric.TEST_LOSS.title()
                + ": the difference to " + baseline.name() + ", seed by seed");
    }

    private List<List<String>> rowsOfUnfinished() {
        return results.trials().stream().filter(trial -> trial.state() != State.FINISHED).map(trial -> {
            List<String> row = new ArrayList<>(labels(trial.trial().cell()));
            row.addAll(
                    List.of(Long.toString(trial.trial().seed()), trial.state().toString(), trial.reason().orElse("")));
            return row;
        }).toList();
    }

    private List<List<String>> unfinished() {
        return results.trials().stream().filter(trial -> trial.state() != State.FINISHED)
                .filter(trial -> trial.state().ended())
                .map(trial -> List.of(trial.trial().toString(),
                        trial.state() + ": " + trial.reason().orElse("no reason")))
                .toList();
    }

    private List<String> provenance() {
        List<RunSetup> setups = setups(results.trials()).toList();
        return List.of(
                "Runs: " + results.sweep().hash() + " is the hash of their configurations.",
                "Device: " + distinct(setups, setup -> setup.device().name() + ", " + setup.device().precision()
                        + " precision, threads: " + setup.device().threads()),
                "Machine: " + distinct(setups, setup -> setup.machine().processor() + ", " + setup.machine().os() + ", "
                        + setup.machine().jvm()),
                "Versions: " + setups.stream().flatMap(setup -> setup.versions().values().stream())
                        .map(part -> part.name() + " " + part.version()).distinct().collect(Collectors.joining(", ")));
    }

    private static String distinct(List<RunSetup> setups, Function<RunSetup, String> part) {
        return setups.stream().map(part).distinct().collect(Collectors.joining("; "));
    }
}
