package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A table of texts, for terminals and in Markdown.
///
/// @param head the heads of the columns
/// @param left how many columns, at least one, are aligned to the left; the others are numbers
/// @param groups of rows, with a line between two groups on terminals; each row is as long as the head
record Table(List<String> head, int left, List<List<List<String>>> groups) {

    private static final String GAP = "  ";

    /// Writes the table with columns of equal width.
    String text() {
        int[] widths = widths();
        String line = "─".repeat(IntStream.of(widths).sum() + GAP.length() * (widths.length - 1)) + "\n";
        StringBuilder text = new StringBuilder(line(head, widths));
        for (List<List<String>> rows : groups) {
            text.append(rows.isEmpty() ? "" : line);
            rows.forEach(row -> text.append(line(row, widths)));
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = IntStream.range(0, head.size())
                .map(column -> Stream.concat(Stream.of(head), rows()).filter(row -> column >= left || !spans(row))
                        .mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        int longest = rows().filter(this::spans).mapToInt(row -> row.getFirst().length()).max().orElse(0);
        widths[left - 1] += Math.max(0, longest - block(widths));
        return widths;
    }

    /// Returns whether a row has one text for all columns on the left.
    private boolean spans(List<String> row) {
        return left > 1 && row.subList(1, left).stream().allMatch(String::isEmpty);
    }

    private int block(int[] widths) {
        return IntStream.of(widths).limit(left).sum() + GAP.length() * (left - 1);
    }

    private Stream<List<String>> rows() {
        return groups.stream().flatMap(List::stream);
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        if (spans(row)) {
            cells.add(padded(row.getFirst(), block(widths), true));
        }
        for (int column = cells.isEmpty() ? 0 : left; column < row.size(); column++) {
            cells.add(padded(row.get(column), widths[column], column < left));
        }
        return String.join(GAP, cells).stripTrailing() + "\n";
    }

    private static String padded(String cell, int width, boolean toTheLeft) {
        String space = " ".repeat(width - cell.length());
        return toTheLeft ? cell + space : space + cell;
    }

    /// Writes the table in Markdown, as GitHub reads it.
    String markdown() {
        String rule = IntStream.range(0, head.size()).mapToObj(column -> column < left ? "---" : "---:")
                .collect(Collectors.joining("|", "|", "|\n"));
        return markdown(head) + rule + rows().map(this::markdown).collect(Collectors.joining());
    }

    private String markdown(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|").replace("\n", "<br>"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
