package org.intarsia.runner.ablation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.run.Baseline;
import org.intarsia.runner.run.Measurement;
import org.intarsia.runner.run.RunFolder;
import org.intarsia.runner.run.RunRecord;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The files of a sweep's results, each derived from the folders of its runs, so that the same command writes the same
/// files again.
final class ResultFiles {

    /// The table, for people.
    static final String MARKDOWN = "results.md";
    /// One line per run, for spreadsheets.
    static final String CSV = "results.csv";
    /// Everything, for programs.
    static final String JSON = "results.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(include -> include.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private ResultFiles() {}

    /// Writes all three.
    ///
    /// @throws UserError if one cannot be written
    static void write(Results results, Path folder) {
        write(folder.resolve(MARKDOWN), new Report(results).markdown());
        write(folder.resolve(CSV), csv(results, folder));
        write(folder.resolve(JSON), json(results, folder));
    }

    private static void write(Path file, String text) {
        try {
            Path aside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + e
                    + "\n  the runs are all there; make room or rights, then give the same command again", e);
        }
    }

    static String csv(Results results, Path folder) {
        List<String> head = new ArrayList<>(results.sweep().factors().stream().map(Factor::name).toList());
        head.addAll(List.of("seed", "outcome", "reason", "step", "bestStep", "parameters", "seconds"));
        Metric.ALL.forEach(metric -> head.add(metric.key()));
        head.addAll(List.of("configuration", "data", "folder"));
        StringBuilder csv = new StringBuilder(line(head));
        for (TrialResult result : results.trials()) {
            Trial trial = result.trial();
            List<String> row = new ArrayList<>(trial.cell().labels());
            row.addAll(List.of(Long.toString(trial.seed()), result.state().toString(), result.reason().orElse(""),
                    result.run().map(run -> Integer.toString(run.step())).orElse(""),
                    result.run().flatMap(RunRecord::best).map(best -> Integer.toString(best.step())).orElse(""),
                    Long.toString(trial.cell().parameters()),
                    result.run().map(run -> Double.toString(run.seconds())).orElse("")));
            Metric.ALL.forEach(metric -> row.add(result.run().map(metric::of).map(ResultFiles::number).orElse("")));
            row.addAll(List.of(trial.configuration().hash(), result.run().map(run -> run.setup().data()).orElse(""),
                    relative(result, folder)));
            csv.append(line(row));
        }
        return csv.toString();
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
    }

    private static String relative(TrialResult result, Path folder) {
        return folder.relativize(result.folder()).toString().replace('\\', '/');
    }

    /// RFC 4180.
    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String json(Results results, Path folder) {
        Sweep sweep = results.sweep();
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("sweep", sweep.name()).put("hash", sweep.hash());
        ObjectNode factors = tree.putObject("factors");
        sweep.factors().forEach(factor -> factor.labels().forEach(factors.withArray(factor.name())::add));
        sweep.seeds().forEach(tree.putArray("seeds")::add);
        sweep.baseline().ifPresent(baseline -> tree.put("baseline", baseline.name()));
        ArmChecks.of(results).forEach(tree.putArray("checks")::add);
        ArrayNode cells = tree.putArray("cells");
        sweep.cells().forEach(cell -> add(cells.addObject(), cell, results, folder));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        return MAPPER.writer()
                .with(new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines))
                .writeValueAsString(tree) + "\n";
    }

    private static void add(ObjectNode tree, Cell cell, Results results, Path folder) {
        tree.put("name", cell.name());
        ObjectNode levels = tree.putObject("levels");
        for (int i = 0; i < cell.labels().size(); i++) {
            levels.put(results.sweep().factors().get(i).name(), cell.labels().get(i));
        }
        tree.put("parameters", cell.parameters());
        ObjectNode configuration = cell.configuration().json();
        configuration.remove("seed");
        tree.set("configuration", configuration);
        ObjectNode summary = tree.putObject("summary");
        Metric.ALL.forEach(metric -> add(summary, metric.key(), results.statistic(cell, metric)));
        results.sweep().baseline().filter(baseline -> !baseline.equals(cell)).ifPresent(baseline -> {
            ObjectNode differences = tree.putObject("differenceToBaseline");
            Metric.ALL.forEach(metric -> add(differences, metric.key(), results.difference(cell, baseline, metric)));
        });
        results.of(cell).stream().flatMap(result -> result.run().stream()).findFirst().ifPresent(run -> {
            ArrayNode floors = tree.putArray("baselines");
            run.setup().baselines().forEach(floor -> add(floors.addObject(), floor));
        });
        ArrayNode runs = tree.putArray("runs");
        results.of(cell).forEach(result -> add(runs.addObject(), result, folder));
    }

    private static void add(ObjectNode tree, String name, Statistic statistic) {
        if (statistic.count() > 0) {
            ObjectNode object = tree.putObject(name).put("n", statistic.count());
            put(object, "mean", statistic.mean());
            put(object, "sd", statistic.deviation());
        }
    }

    private static void add(ObjectNode tree, Baseline floor) {
        tree.put("name", floor.name());
        Metric.ALL.forEach(metric -> put(tree, metric.key(), metric.of(floor)));
    }

    private static void put(ObjectNode tree, String name, OptionalDouble number) {
        number.ifPresent(value -> tree.put(name, value));
    }

    /// The run's own files stand in the result as they are.
    private static void add(ObjectNode tree, TrialResult result, Path folder) {
        tree.put("seed", result.trial().seed()).put("folder", relative(result, folder))
                .put("configuration", result.trial().configuration().hash()).put("outcome", result.state().toString());
        result.reason().ifPresent(reason -> tree.put("reason", reason));
        result.run().ifPresent(run -> {
            ObjectNode values = tree.putObject("values");
            Metric.ALL.forEach(metric -> put(values, metric.key(), metric.of(run)));
            tree.set("record", MAPPER.readTree(result.folder().resolve(RunFolder.RUN)));
        });
        ArrayNode measurements = tree.putArray("measurements");
        for (Measurement measurement : result.measurements()) {
            measurements.add(MAPPER.valueToTree(measurement));
        }
    }
}
