package org.intarsia.curriculum;

import java.util.Arrays;

/// A line of the OEIS's file `stripped`: an A-number, a space, and the first terms with a comma before and after each,
/// such as `A000005 ,1,2,2,3,` (oeis.org/stripped.gz).
final class StrippedLine {

    private static final String LIKE = "; a line is like A000005 ,1,2,2,3,";
    private static final int SHOWN = 40;

    private final String id;
    private final int[] terms;

    private StrippedLine(String id, int[] terms) {
        this.id = id;
        this.terms = terms;
    }

    /// Reads a line, and of its terms those before the first that is not in `0 … maximum`.
    ///
    /// @throws org.intarsia.api.component.InvalidSettingException if the line has another form
    static StrippedLine parse(SourceFile file, SourceFile.Line line, int maximum) {
        String text = line.text();
        int space = text.indexOf(" ,");
        if (space < 2 || text.charAt(0) != 'A' || !digits(text, 1, space)) {
            throw error(file, line, "does not begin with an A-number and ' ,': it says '" + shown(text) + "'");
        }
        if (text.charAt(text.length() - 1) != ',') {
            throw error(file, line, "does not end with a comma: it may be cut off");
        }
        int[] terms = new int[text.length() / 2];
        int count = 0;
        boolean within = true;
        for (int start = space + 2; start < text.length();) {
            int end = text.indexOf(',', start);
            boolean negative = text.charAt(start) == '-';
            if (!digits(text, negative ? start + 1 : start, end)) {
                throw error(file, line,
                        "has the term '" + shown(text.substring(start, end)) + "', which is not an integer");
            }
            within &= !negative && magnitude(text, start, end, maximum) <= maximum;
            if (within) {
                terms[count++] = magnitude(text, start, end, maximum);
            }
            start = end + 1;
        }
        return new StrippedLine(text.substring(0, space), Arrays.copyOf(terms, count));
    }

    /// Returns the A-number.
    String id() {
        return id;
    }

    /// Returns how many terms were read.
    int count() {
        return terms.length;
    }

    /// Returns at most `most` terms, from `start` on.
    int[] terms(int start, int most) {
        return Arrays.copyOfRange(terms, start, Math.min(terms.length, start + most));
    }

    private static boolean digits(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < end;
    }

    /// Returns the number, or if it is larger than the maximum, some number that is.
    private static int magnitude(String text, int start, int end, int maximum) {
        int number = 0;
        for (int i = start; i < end && number <= maximum; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    private static RuntimeException error(SourceFile file, SourceFile.Line line, String message) {
        return file.error("whose line " + line.number() + " " + message + LIKE);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
