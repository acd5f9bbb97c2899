package org.intarsia.runner.ablation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.config.Origin;
import org.intarsia.runner.error.UserError;

/// The parts of a sweep as they were written. Each is checked when it is asked for.
///
/// @param fields the document
record SweepDocument(Json.Fields fields) {

    private static final String BASE = "base";
    private static final String FACTORS = "factors";
    private static final String SEEDS = "seeds";
    private static final String BASELINE = "baseline";
    private static final String DESIGN = "design";
    private static final List<String> KNOWN = List.of(BASE, FACTORS, SEEDS, BASELINE, DESIGN);
    private static final int SEED_COUNT = 3;
    private static final int MOST_SEEDS = 10_000;

    /// Returns a document in which assignments replace what the file says.
    ///
    /// @param assignments those that are not the sweep's are left alone
    static SweepDocument of(Json.Fields file, List<Assignment> assignments) {
        checkSweep(file);
        Json.Fields changed = file;
        Set<String> set = new HashSet<>();
        for (Assignment assignment : assignments) {
            if (owns(assignment)) {
                if (!set.add(assignment.path())) {
                    throw new UserError(assignment.value().origin().place() + ": " + assignment.path()
                            + " is set twice; remove one of the two");
                }
                changed = with(changed, assignment);
            }
        }
        return new SweepDocument(changed);
    }

    /// Returns whether an assignment is one to the sweep, and not to the base configuration.
    static boolean owns(Assignment assignment) {
        return KNOWN.contains(first(assignment.path()));
    }

    private static String first(String path) {
        return path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    }

    private static void checkSweep(Json.Fields file) {
        if (!file.fields().containsKey(BASE) && file.fields().containsKey("task")) {
            throw new UserError(file.origin().place() + ": is a configuration and not a sweep"
                    + "\n  write {\"base\": …, \"factors\": {\"position\": [\"none\", \"rope\"]}, \"seeds\": 3},"
                    + " with this one as the base");
        }
        file.fields().forEach((name, field) -> {
            if (!KNOWN.contains(name)) {
                throw Mistake.unknown(field.origin(), name, "a sweep has no part \"" + name + "\"", name, KNOWN);
            }
        });
    }

    /// The rest of a path, dots and all, is the name of one factor.
    private static Json.Fields with(Json.Fields document, Assignment assignment) {
        String part = first(assignment.path());
        if (part.equals(assignment.path())) {
            return with(document, part, assignment.value());
        }
        Json.Field field = document.fields().get(part);
        Json current = field == null ? new Json.Fields(Map.of(), assignment.value().origin()) : field.value();
        boolean parted = part.equals(FACTORS) || part.equals(BASELINE);
        if (!parted || !(current instanceof Json.Fields fields)) {
            throw new UserError(assignment.value().origin().place() + ": " + assignment.path()
                    + " cannot be set, because " + part + " is no object with such parts");
        }
        return with(document, part, with(fields, assignment.path().substring(part.length() + 1), assignment.value()));
    }

    private static Json.Fields with(Json.Fields object, String name, Json value) {
        Map<String, Json.Field> changed = new LinkedHashMap<>(object.fields());
        changed.put(name, new Json.Field(value, value.origin()));
        return new Json.Fields(changed, object.origin());
    }

    /// Returns where a part was written.
    Origin origin(String part) {
        Json.Field field = fields.fields().get(part);
        return field == null ? fields.origin() : field.origin();
    }

    private Optional<Json> part(String name) {
        return Optional.ofNullable(fields.fields().get(name)).map(Json.Field::value);
    }

    Json base() {
        return part(BASE).orElseThrow(() -> Mistake.at(fields.origin(), BASE,
                "must be given: a configuration, or the path or name of one, such as \"first\""));
    }

    List<Factor> factors() {
        return switch (part(FACTORS).orElse(null)) {
            case null -> throw Mistake.at(fields.origin(), FACTORS,
                    "must be given: what is varied, such as {\"position\": [\"none\", \"rope\"]}");
            case Json.Fields factors -> factors.fields().entrySet().stream()
                    .map(factor -> LevelReader.factor(factor.getKey(), factor.getValue())).toList();
            case Json other -> throw Mistake.mustBe("an object with a list of levels for each factor", other, FACTORS);
        };
    }

    List<Long> seeds() {
        return switch (part(SEEDS).orElse(null)) {
            case null -> count(SEED_COUNT);
            case Json.Numeral number -> {
                long count = whole(number, SEEDS);
                if (count < 1 || count > MOST_SEEDS) {
                    throw Mistake.mustBe("from 1 to " + MOST_SEEDS + ", how many there are", number, SEEDS);
                }
                yield count(count);
            }
            case Json.Items items -> listed(items);
            case Json other -> throw Mistake.mustBe("a list of whole numbers, or how many", other, SEEDS);
        };
    }

    private static List<Long> count(long count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static List<Long> listed(Json.Items items) {
        List<Long> seeds = new ArrayList<>();
        for (Json item : items.items()) {
            String path = SEEDS + "[" + seeds.size() + "]";
            long seed = whole(item, path);
            if (seeds.contains(seed)) {
                throw Mistake.at(item.origin(), path, "the seed " + seed + " is given twice; remove one of the two");
            }
            seeds.add(seed);
        }
        if (seeds.isEmpty()) {
            throw Mistake.at(items.origin(), SEEDS, "must hold at least one seed, such as [1, 2, 3]");
        }
        return seeds;
    }

    private static long whole(Json value, String path) {
        if (value instanceof Json.Numeral number) {
            try {
                return new BigDecimal(number.digits()).longValueExact();
            } catch (ArithmeticException _) {
                // It has a fraction, or more digits than a seed.
            }
        }
        throw Mistake.mustBe("a whole number", value, path);
    }

    /// Returns a level for each factor, the first one where the baseline does not say which.
    Optional<List<Level>> baseline(List<Factor> factors) {
        return part(BASELINE).map(given -> {
            if (!(given instanceof Json.Fields levels)) {
                throw Mistake.mustBe("an object with the level of each factor", given, BASELINE);
            }
            List<String> known = factors.stream().map(Factor::name).toList();
            levels.fields().forEach((name, field) -> {
                if (!known.contains(name)) {
                    throw Mistake.unknown(field.origin(), BASELINE + "." + name,
                            "the sweep has no factor \"" + name + "\"", name, known);
                }
            });
            return factors.stream().map(factor -> baseline(factor, levels.fields())).toList();
        });
    }

    private static Level baseline(Factor factor, Map<String, Json.Field> levels) {
        Json.Field field = levels.get(factor.name());
        if (field == null) {
            return factor.levels().getFirst();
        }
        String path = BASELINE + "." + factor.name();
        String label = LevelReader.label(field.value(), path);
        return factor.level(label).orElseThrow(() -> Mistake.unknown(field.value().origin(), path,
                "the factor \"" + factor.name() + "\" has no level \"" + label + "\"", label, factor.labels()));
    }

    Design design() {
        return switch (part(DESIGN).orElse(null)) {
            case null -> Design.PRODUCT;
            case Json.Text text -> Design.named(text.text()).orElseThrow(() -> Mistake.unknown(text.origin(), DESIGN,
                    "there is no design \"" + text.text() + "\"", text.text(), Design.spellings()));
            case Json other -> throw Mistake.mustBe("one of " + String.join(", ", Design.spellings()), other, DESIGN);
        };
    }
}
