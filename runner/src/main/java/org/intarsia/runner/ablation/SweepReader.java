package org.intarsia.runner.ablation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Configuration;
import org.intarsia.runner.config.ConfigurationReader;
import org.intarsia.runner.config.Examples;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.config.JsonReader;
import org.intarsia.runner.error.UserError;
import org.intarsia.runner.registry.Registry;

/// Makes a sweep of a file, and of assignments that replace what the file or its base says.
///
/// ```json
/// {
///   "base": "first",                                  // the path or name of a configuration, or one in place
///   "factors": {
///     "embedding": ["learned", "binary"],             // a path, and the values that it takes
///     "size": [                                       // or a name, and levels that set several paths
///       {"label": "small", "set": {"model.width": 16, "model.feedForward": 64}},
///       {"label": "large", "set": {"model.width": 32, "model.feedForward": 128}},
///     ],
///   },
///   "seeds": [1, 2, 3],                               // or how many
///   "baseline": {"embedding": "learned"},             // what the others are compared with
///   "design": "product",                              // or one-at-a-time
/// }
/// ```
public final class SweepReader {

    private static final String SEED = "seed";

    private final Registry registry;
    private final Examples examples;

    /// Creates a reader.
    ///
    /// @param registry where components are looked up
    /// @param examples where a base that is no file is looked up
    public SweepReader(Registry registry, Examples examples) {
        this.registry = registry;
        this.examples = examples;
    }

    /// Reads a file, and checks the configuration of every cell.
    ///
    /// @param assignments to a path in the base, or in the sweep, such as `seeds=2`
    /// @throws UserError if anything is not right
    public Sweep read(Path file, List<Assignment> assignments) {
        SweepDocument document = SweepDocument.of(JsonReader.read(file), assignments);
        List<Factor> factors = document.factors();
        List<Assignment> settings = assignments.stream().filter(a -> !SweepDocument.owns(a)).toList();
        checkSettings(settings, factors);
        List<Long> seeds = document.seeds();
        Optional<List<Level>> baseline = document.baseline(factors);
        List<Level> center = baseline.orElseGet(() -> factors.stream().map(f -> f.levels().getFirst()).toList());
        Design design = document.design();
        List<List<Level>> combinations = design.combinations(factors, center);
        Base base = base(document.base(), file);
        CellReader cells =
                new CellReader(new ConfigurationReader(registry), base.document, base.name, settings, factors,
                        seeds.getFirst());
        List<Cell> read = combinations.stream().map(cells::read).toList();
        checkDifferent(read, document);
        Optional<Cell> compared = design == Design.ONE_AT_A_TIME
                ? Optional.of(read.getFirst())
                : baseline.map(levels -> read.get(combinations.indexOf(levels)));
        return new Sweep(file.getFileName().toString().replaceFirst("\\.json$", ""), factors, read, seeds,
                compared.filter(_ -> read.size() > 1));
    }

    /// A configuration that is not read yet.
    private record Base(Json.Fields document, String name) {}

    private Base base(Json given, Path sweep) {
        return switch (given) {
            case Json.Fields fields -> new Base(fields, sweep.toString());
            case Json.Text text -> {
                Path beside = sweep.resolveSibling(text.text());
                Path file = Files.isRegularFile(beside) ? beside : named(text);
                yield new Base(JsonReader.read(file), file.toString());
            }
            case Json other -> throw Mistake.mustBe("a configuration, or the path or name of one", other, "base");
        };
    }

    private Path named(Json.Text name) {
        try {
            return examples.find(name.text());
        } catch (UserError e) {
            throw new UserError(name.origin().place() + ": base: " + e.getMessage(), e);
        }
    }

    private static void checkSettings(List<Assignment> settings, List<Factor> factors) {
        for (Assignment setting : settings) {
            if (setting.path().equals(SEED)) {
                throw Mistake.at(setting.value().origin(), SEED,
                        "cannot be set, because a sweep gives each run its seed; write seeds=[1,2,3]");
            }
            for (Factor factor : factors) {
                for (Level level : factor.levels()) {
                    level.assignments().stream().filter(a -> replaces(a.path(), setting.path())).findFirst()
                            .ifPresent(a -> {
                                throw Mistake.at(setting.value().origin(), setting.path(),
                                        "cannot be set, because the factor \"" + factor.name() + "\" sets " + a.path()
                                                + "\n  change its levels: factors." + factor.name() + "=[…]");
                            });
                }
            }
        }
    }

    private static boolean replaces(String level, String setting) {
        return setting.equals(level) || setting.startsWith(level + ".");
    }

    private static void checkDifferent(List<Cell> cells, SweepDocument document) {
        Map<String, Cell> byHash = new HashMap<>();
        List<String> equal = new ArrayList<>();
        for (Cell cell : cells) {
            Configuration configuration = cell.configuration();
            Cell before = byHash.putIfAbsent(configuration.hash(), cell);
            if (before != null) {
                equal.add(before.name() + " and " + cell.name() + " have the same configuration, "
                        + configuration.hash());
            }
        }
        if (!equal.isEmpty()) {
            throw Mistake.at(document.origin("factors"), "factors", "this comparison compares nothing: "
                    + String.join("\n  ", equal) + "\n  change or remove a level of each pair");
        }
    }
}
