package org.intarsia.runner.ablation;

import java.util.Collection;
import org.intarsia.runner.config.Json;
import org.intarsia.runner.config.Origin;
import org.intarsia.runner.error.Nearest;
import org.intarsia.runner.error.UserError;

/// The forms of errors about a sweep: where, which path in it, what is wrong, what would be right.
final class Mistake {

    private Mistake() {}

    static UserError at(Origin origin, String path, String message) {
        return new UserError(origin.place() + ": " + path + ": " + message);
    }

    static UserError mustBe(String expected, Json given, String path) {
        return at(given.origin(), path, "must be " + expected + ", not " + given.described());
    }

    /// @param problem such as `a sweep has no part "factros"`
    static UserError unknown(Origin origin, String path, String problem, String name, Collection<String> known) {
        return at(origin, path, problem + Nearest.hint(name, known) + "\n  known: "
                + (known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList())));
    }
}
