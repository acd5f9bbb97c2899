package org.intarsia.curriculum;

import static org.intarsia.api.component.InvalidSettingException.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The catalogue of recurrences. A new family is a new row of it.
final class Recurrences {

    private static final List<Family> CATALOGUE = List.of(
            new Family("order-0", "x, x, x, …", Recurrences::constant),
            new Family("order-1", "xₙ₊₁ = xₙ + d", Recurrences::arithmetic),
            new Family("order-2", "xₙ₊₁ = a·xₙ + b·xₙ₋₁ + c", Recurrences::linear));

    private Recurrences() {}

    /// Returns the families of these names, which commas separate.
    ///
    /// @throws org.intarsia.api.component.InvalidSettingException if one is not in the catalogue or stands there twice
    static List<Family> named(String names) {
        List<Family> selected = new ArrayList<>();
        for (String part : names.split(",", -1)) {
            Family family = named(part.strip(), names);
            check(!selected.contains(family), "families", "names '" + family.name() + "' twice, in '" + names + "'");
            selected.add(family);
        }
        return List.copyOf(selected);
    }

    private static Family named(String name, String names) {
        List<Family> matching = CATALOGUE.stream().filter(family -> family.name().equals(name)).toList();
        check(!matching.isEmpty(), "families",
                "has no family '" + name + "', in '" + names + "'; known: " + String.join(", ", names(CATALOGUE)));
        return matching.getFirst();
    }

    private static List<String> names(List<Family> families) {
        return families.stream().map(Family::name).toList();
    }

    private static boolean constant(int[] terms, int maximum, RandomGenerator random) {
        Arrays.fill(terms, random.nextInt(maximum + 1));
        return true;
    }

    /// The start and the difference are uniform over all pairs that stay within the range: a difference that is larger
    /// than the range allows is not tried, others are rejected with their start.
    private static boolean arithmetic(int[] terms, int maximum, RandomGenerator random) {
        int largest = maximum / Math.max(1, terms.length - 1);
        int difference = random.nextInt(-largest, largest + 1);
        int last = random.nextInt(maximum + 1) + difference * (terms.length - 1);
        for (int i = terms.length - 1, term = last; i >= 0; i--, term -= difference) {
            terms[i] = term;
        }
        return 0 <= last && last <= maximum;
    }

    /// The coefficients are uniform on −2 … 2, with b ≠ 0. Most of them grow fast, and starts that are uniform on the
    /// range would leave little but periodic sequences; so the size of the starts and of the constant is drawn first,
    /// as a power of two. Sequences that are arithmetic or constant are left to the lower orders.
    private static boolean linear(int[] terms, int maximum, RandomGenerator random) {
        int a = random.nextInt(-2, 3);
        int b = random.nextInt(4) - 2;
        b = b < 0 ? b : b + 1;
        int size = 1 << random.nextInt(Integer.SIZE - Integer.numberOfLeadingZeros(maximum));
        int c = random.nextInt(-size, size + 1);
        int before = random.nextInt(size + 1);
        int term = random.nextInt(size + 1);
        for (int i = 0; i < terms.length; i++) {
            if (before < 0 || before > maximum) {
                return false;
            }
            terms[i] = before;
            int next = a * term + b * before + c;
            before = term;
            term = next;
        }
        return !isArithmetic(terms);
    }

    private static boolean isArithmetic(int[] terms) {
        for (int i = 2; i < terms.length; i++) {
            if (terms[i] - terms[i - 1] != terms[1] - terms[0]) {
                return false;
            }
        }
        return true;
    }
}
