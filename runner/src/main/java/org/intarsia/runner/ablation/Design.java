package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which combinations of levels are tried.
enum Design {
    /// Each level with each level of the other factors; the last factor changes fastest.
    PRODUCT {
        @Override
        List<List<Level>> combinations(List<Factor> factors, List<Level> baseline) {
            List<List<Level>> combinations = List.of(List.of());
            for (Factor factor : factors) {
                combinations = combinations.stream()
                        .flatMap(chosen -> factor.levels().stream().map(level -> with(chosen, chosen.size(), level)))
                        .toList();
            }
            return combinations;
        }
    },
    /// The baseline, and then each other level in its place alone.
    ONE_AT_A_TIME {
        @Override
        List<List<Level>> combinations(List<Factor> factors, List<Level> baseline) {
            List<List<Level>> combinations = new ArrayList<>(List.of(baseline));
            for (int i = 0; i < factors.size(); i++) {
                for (Level level : factors.get(i).levels()) {
                    if (!level.equals(baseline.get(i))) {
                        combinations.add(with(baseline, i, level));
                    }
                }
            }
            return combinations;
        }
    };

    /// Returns the combinations in the order of tables, each a level per factor.
    ///
    /// @param baseline a level per factor
    abstract List<List<Level>> combinations(List<Factor> factors, List<Level> baseline);

    private static List<Level> with(List<Level> levels, int index, Level level) {
        List<Level> changed = new ArrayList<>(levels);
        if (index == changed.size()) {
            changed.add(level);
        } else {
            changed.set(index, level);
        }
        return List.copyOf(changed);
    }

    /// Returns the name in sweeps, such as `one-at-a-time`.
    String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> spellings() {
        return Arrays.stream(values()).map(Design::spelling).toList();
    }

    static Optional<Design> named(String spelling) {
        return Arrays.stream(values()).filter(design -> design.spelling().equals(spelling)).findFirst();
    }
}
