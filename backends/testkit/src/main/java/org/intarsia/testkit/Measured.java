package org.intarsia.testkit;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The errors that comparisons met, beside the bounds that they were held to. A check notes them where it runs: inside a
/// scope of [#HERE], from any thread.
final class Measured {

    /// Where comparisons note what they met, if anybody wants to know.
    static final ScopedValue<Measured> HERE = ScopedValue.newInstance();

    private final Map<String, Row> rows = new HashMap<>();

    /// @param bound the bound of the comparison that came nearest to its bound
    /// @param error the error there, in the same measure: |x − r| / max(1, |r|)
    /// @param numbers how many numbers were compared for this reason
    private record Row(double bound, double error, long numbers) {

        Row and(Row other) {
            Row nearer = other.share() > share() || (other.share() == share() && other.bound > bound) ? other : this;
            return new Row(nearer.bound, nearer.error, numbers + other.numbers);
        }

        double share() {
            return error == 0 ? 0 : error / bound;
        }
    }

    /// Notes a comparison.
    static void note(String reason, double bound, double error, int numbers) {
        if (HERE.isBound()) {
            HERE.get().add(reason, new Row(bound, error, numbers));
        }
    }

    private synchronized void add(String reason, Row row) {
        rows.merge(reason, row, Row::and);
    }

    /// Returns a table with a line for each reason: how far numbers may be off, and how far they were at most.
    synchronized String table(String title) {
        if (rows.isEmpty()) {
            return title + ": no number was compared";
        }
        StringBuilder table = new StringBuilder(title + ": |x - r| / max(1, |r|), where it came nearest to its bound");
        table.append("\n      bound   measured   share     numbers");
        rows.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Row> e) -> requireNonNull(e.getValue()).bound)
                        .thenComparing(Map.Entry::getKey))
                .forEach(e -> {
                    Row row = requireNonNull(e.getValue());
                    table.append(String.format(Locale.ROOT, "%n%11.2g%11.2g%7.0f%%%12d  %s", row.bound, row.error,
                            100 * row.share(), row.numbers, e.getKey()));
                });
        return table.toString();
    }
}
