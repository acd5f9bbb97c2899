package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.intarsia.runner.config.Assignment;
import org.intarsia.runner.config.Json;

/// Reads factors and their levels.
final class LevelReader {

    private static final String LABEL = "label";
    private static final String SET = "set";
    private static final String NAME = "name";
    private static final String SEED = "seed";

    private LevelReader() {}

    static Factor factor(String name, Json.Field field) {
        String path = "factors." + name;
        if (!(field.value() instanceof Json.Items items)) {
            throw Mistake.mustBe("a list of levels", field.value(), path);
        }
        List<Level> levels = new ArrayList<>();
        for (Json item : items.items()) {
            levels.add(level(name, item, path + "[" + levels.size() + "]", levels));
        }
        if (levels.isEmpty()) {
            throw Mistake.at(items.origin(), path, "must hold at least one level");
        }
        return new Factor(name, levels);
    }

    private static Level level(String factor, Json item, String path, List<Level> before) {
        String label = label(item, path);
        List<Assignment> assignments = item instanceof Json.Fields object && isLabelled(object)
                ? assignments(object, path)
                : List.of(new Assignment(factor, item));
        if (assignments.stream().anyMatch(assignment -> assignment.path().equals(SEED))) {
            throw Mistake.at(item.origin(), path, "the seed is no factor, because seeds pair the cells;"
                    + " write \"seeds\": [1, 2, 3] beside \"factors\"");
        }
        before.stream().filter(level -> level.label().equals(label)).findFirst().ifPresent(level -> {
            throw Mistake.at(item.origin(), path, "the level \"" + label + "\" is given twice; the first is at "
                    + level.origin().place() + "\n  remove one of the two");
        });
        return new Level(label, assignments, item.origin());
    }

    /// Returns how tables call a level.
    static String label(Json level, String path) {
        return switch (level) {
            case Json.Text text -> text.text();
            case Json.Numeral number -> number.digits();
            case Json.Bool bool -> bool.described();
            case Json.Fields object when isLabelled(object) -> given(object, path);
            case Json.Fields object -> described(object);
            case Json.Items items when !items.items().isEmpty() -> described(items);
            case Json.Null _, Json.Items _ -> throw Mistake.mustBe(
                    "a value, or an object with \"label\" and \"set\"", level, path);
        };
    }

    /// A component has a name, a section has neither.
    private static boolean isLabelled(Json.Fields object) {
        return !object.fields().containsKey(NAME)
                && (object.fields().containsKey(LABEL) || object.fields().containsKey(SET));
    }

    private static String given(Json.Fields object, String path) {
        Json.Field label = object.fields().get(LABEL);
        if (label == null) {
            throw Mistake.at(object.origin(), path + "." + LABEL, "must be given: how tables call the level");
        } else if (label.value() instanceof Json.Text text) {
            return text.text();
        }
        throw Mistake.mustBe("a text in quotes", label.value(), path + "." + LABEL);
    }

    /// A component's name and settings, `rope base=500`, or a section's settings alone.
    private static String described(Json.Fields object) {
        return object.fields().entrySet().stream()
                .map(field -> field.getKey().equals(NAME)
                        ? described(field.getValue().value())
                        : field.getKey() + "=" + described(field.getValue().value()))
                .collect(Collectors.joining(" "));
    }

    private static String described(Json value) {
        return switch (value) {
            case Json.Text text -> text.text();
            case Json.Fields object -> "(" + described(object) + ")";
            case Json.Items items -> items.items().stream().map(LevelReader::described)
                    .collect(Collectors.joining(" + "));
            case Json.Numeral _, Json.Bool _, Json.Null _ -> value.described();
        };
    }

    private static List<Assignment> assignments(Json.Fields object, String path) {
        object.fields().forEach((name, field) -> {
            if (!name.equals(LABEL) && !name.equals(SET)) {
                throw Mistake.unknown(field.origin(), path + "." + name, "a level has no part \"" + name + "\"", name,
                        List.of(LABEL, SET));
            }
        });
        Json.Field set = object.fields().get(SET);
        if (set == null) {
            throw Mistake.at(object.origin(), path + "." + SET,
                    "must be given: the settings of the level, such as {\"model.width\": 16}");
        } else if (set.value() instanceof Json.Fields settings) {
            List<Assignment> assignments = new ArrayList<>();
            for (Map.Entry<String, Json.Field> setting : settings.fields().entrySet()) {
                assignments.add(new Assignment(setting.getKey(), setting.getValue().value()));
            }
            return assignments;
        }
        throw Mistake.mustBe("an object with a value for each path", set.value(), path + "." + SET);
    }
}
