package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.intarsia.runner.run.RunRecord;
import org.intarsia.runner.run.RunSetup;
import tools.jackson.databind.JsonNode;

/// Whether a comparison compares something. Cells of one configuration were refused before anything was trained; here
/// the runs themselves are asked.
final class ArmChecks {

    private ArmChecks() {}

    /// Returns what there is to say, a sentence each.
    static List<String> of(Results results) {
        List<String> sentences = new ArrayList<>();
        sentences.addAll(identical(results));
        sentences.addAll(alike(results));
        sentences.addAll(data(results));
        sentences.addAll(units(results));
        return sentences;
    }

    private static List<String> identical(Results results) {
        Map<List<Cell>, List<Long>> groups = groups(results,
                trial -> trial.finished().map(_ -> trial.measurements()));
        List<String> sentences = new ArrayList<>();
        groups.forEach((cells, seeds) -> sentences.add("WARNING: " + names(cells) + " gave identical numbers with "
                + (seeds.size() == 1 ? "seed " : "seeds ") + listed(seeds) + ": " + differences(cells)
                + " had no effect, so this comparison compares nothing."));
        long finished = results.sweep().cells().stream().filter(cell -> results.count(cell) > 0).count();
        if (groups.isEmpty() && finished > 1) {
            sentences
                    .add("The arms differ: " + finished + " configurations, and no two of them gave the same numbers.");
        }
        return sentences;
    }

    /// Arms that start alike may still differ in what comes later, such as a learning rate; the reader decides.
    private static List<String> alike(Results results) {
        Map<List<Cell>, List<Long>> groups = groups(results, trial -> trial.firstLoss()
                .map(loss -> List.of(loss, (double) trial.trial().cell().parameters())));
        return groups.keySet().stream().map(cells -> names(cells)
                + " have as many parameters and the same loss at the first step, so they are equal models at the start.")
                .toList();
    }

    /// Arms of different tasks see different data as they should; arms of one task have to see the same.
    private static List<String> data(Results results) {
        Map<List<Object>, List<String>> data = new LinkedHashMap<>();
        results.trials().forEach(trial -> trial.run().map(RunRecord::setup).map(RunSetup::data).ifPresent(
                seen -> data.computeIfAbsent(List.of(task(trial), trial.trial().seed()), _ -> new ArrayList<>())
                        .add(seen)));
        if (data.values().stream().allMatch(arms -> arms.size() < 2)) {
            return List.of();
        }
        String arms = results.trials().stream().map(ArmChecks::task).distinct().count() == 1
                ? "Arms with the same seed"
                : "Arms of the same task with the same seed";
        return List.of(data.values().stream().allMatch(seen -> seen.stream().distinct().count() == 1)
                ? arms + " saw the same data."
                : arms + " saw different data, so seeds do not pair them.");
    }

    private static Object task(TrialResult trial) {
        return trial.trial().cell().configuration().task();
    }

    private static List<String> units(Results results) {
        Map<String, Set<String>> cells = new TreeMap<>();
        results.trials().forEach(trial -> trial.run().ifPresent(run -> cells
                .computeIfAbsent(run.setup().lossUnit(), _ -> new LinkedHashSet<>()).add(trial.trial().cell().name())));
        return cells.size() < 2 ? List.of() : List.of("WARNING: losses are in different units, "
                + cells.entrySet().stream().map(unit -> unit.getKey() + " (" + String.join("; ", unit.getValue()) + ")")
                        .collect(Collectors.joining(" and "))
                + ": compare accuracies and distances, not losses.");
    }

    /// What makes two runs alike, if anything.
    private interface Sign {

        Optional<?> of(TrialResult trial);
    }

    /// Returns the groups of cells that share a sign, and with which seeds.
    private static Map<List<Cell>, List<Long>> groups(Results results, Sign sign) {
        Map<List<Cell>, List<Long>> groups = new LinkedHashMap<>();
        for (long seed : results.sweep().seeds()) {
            Map<Object, List<Cell>> same = new LinkedHashMap<>();
            results.trials().stream().filter(trial -> trial.trial().seed() == seed).forEach(trial -> sign.of(trial)
                    .ifPresent(value -> same.computeIfAbsent(value, _ -> new ArrayList<>()).add(trial.trial().cell())));
            same.values().stream().filter(cells -> cells.size() > 1)
                    .forEach(cells -> groups.computeIfAbsent(List.copyOf(cells), _ -> new ArrayList<>()).add(seed));
        }
        return groups;
    }

    private static String names(List<Cell> cells) {
        return cells.stream().limit(cells.size() - 1L).map(Cell::name).collect(Collectors.joining(", ")) + " and "
                + cells.getLast().name();
    }

    private static String listed(List<Long> seeds) {
        return seeds.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /// Returns the paths at which the configurations of cells differ.
    private static String differences(List<Cell> cells) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        cells.forEach(cell -> flatten("", cell.configuration().json(),
                (path, value) -> values.computeIfAbsent(path, _ -> new ArrayList<>()).add(value)));
        return values.entrySet().stream().filter(
                setting -> setting.getValue().size() < cells.size() || new TreeSet<>(setting.getValue()).size() > 1)
                .map(setting -> setting.getKey() + " (" + String.join(", ", setting.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    /// Takes a setting.
    private interface Setting {

        void take(String path, String value);
    }

    private static void flatten(String path, JsonNode node, Setting setting) {
        if (node.isObject()) {
            node.properties()
                    .forEach(property -> flatten(path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                            property.getValue(), setting));
        } else {
            setting.take(path, node.asString());
        }
    }
}
