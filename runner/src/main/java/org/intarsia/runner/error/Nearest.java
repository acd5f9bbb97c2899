package org.intarsia.runner.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which name was meant.
public final class Nearest {

    private Nearest() {}

    /// Returns the known name that is the fewest edits away, unless that takes more edits than a third of its letters;
    /// upper case, hyphens and underscores do not count. Of several, the first in alphabetical order.
    public static Optional<String> to(String given, Collection<String> known) {
        return known.stream().filter(name -> 3 * distance(given, name) <= Math.max(3, plain(name).length()))
                .min(Comparator.<String>comparingInt(name -> distance(given, name)).thenComparing(name -> name));
    }

    /// Returns the guess as the end of a sentence: `; did you mean "rope"?`, or nothing.
    public static String hint(String given, Collection<String> known) {
        return to(given, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    /// Counts insertions, deletions, substitutions and swaps of neighbours (the optimal string alignment distance).
    private static int distance(String given, String name) {
        String a = plain(given);
        String b = plain(name);
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                } else {
                    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    edits[i][j] = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                        edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
                    }
                }
            }
        }
        return edits[a.length()][b.length()];
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
