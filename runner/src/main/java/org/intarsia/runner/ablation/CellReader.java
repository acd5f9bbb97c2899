package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.intarsia.api.component.Task;
import org.intarsia.api.data.Seed;
import org.intarsia.api.graph.Tensor;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Choice;
import org.intarsia.runner.config.Components;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.training.Assembly;
import org.intarsia.runner.training.TrainingGraph;

/// Resolves the configurations of cells, and builds everything of each but the training, so that a mistake shows before
/// any run begins.
final class CellReader {

    private static final String ALONE = "base";
    private static final int LONGEST = 120;

    private final ConfigurationReader reader;
    private final Json.Fields base;
    private final String name;
    private final List<Assignment> settings;
    private final List<Factor> factors;
    private final Assignment seed;
    private final Map<Choice<?>, Task> tasks = new HashMap<>();
    private final Set<Choice<?>> backends = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    /// @param base of all cells
    /// @param name what errors call the base
    /// @param settings in all cells instead of the base's
    CellReader(ConfigurationReader reader, Json.Fields base, String name, List<Assignment> settings,
            List<Factor> factors,
            long seed) {
        this.reader = reader;
        this.base = base;
        this.name = name;
        this.settings = settings;
        this.factors = factors;
        this.seed = Assignment.parse("seed=" + seed);
    }

    /// Reads a cell.
    ///
    /// @param levels one per factor
    /// @throws UserError if its configuration cannot be
    Cell read(List<Level> levels) {
        List<String> labels = levels.stream().map(Level::label).toList();
        String cell = levels.isEmpty()
                ? ALONE
                : IntStream.range(0, labels.size()).mapToObj(i -> factors.get(i).name() + "=" + labels.get(i))
                        .collect(Collectors.joining(","));
        List<Assignment> assignments = new ArrayList<>(settings);
        levels.forEach(level -> assignments.addAll(level.assignments()));
        assignments.add(seed);
        try {
            Configuration configuration = reader.read(base, name, assignments);
            return new Cell(cell, folder(cell, configuration), labels, configuration, parameters(configuration));
        } catch (UserError e) {
            throw levels.isEmpty() ? e : new UserError(e.getMessage() + "\n  in the cell " + cell, e);
        }
    }

    private String folder(String cell, Configuration configuration) {
        String plain = cell.replaceAll("[^\\p{Alnum}._=,+-]+", "-");
        boolean fits = plain.length() <= LONGEST && folders.add(plain);
        return fits ? plain : plain.substring(0, Math.min(LONGEST, plain.length())) + "-" + configuration.hash();
    }

    private long parameters(Configuration configuration) {
        Task task = tasks.computeIfAbsent(configuration.task(), _ -> Components.task(configuration));
        if (backends.add(configuration.backend())) {
            Components.backend(configuration);
        }
        TrainingGraph training = Assembly.training(configuration, Assembly.shape(configuration, task),
                Seed.of(configuration.seed()), configuration.training().batch(), task.length());
        return training.graph().parameters().values().stream().mapToLong(Tensor::count).sum();
    }
}
