package org.intarsia.runner.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A table of texts, for terminals and in Markdown.
///
/// @param head the heads of the columns
/// @param left how many columns are aligned to the left; the others are numbers
/// @param groups of rows, with a line between two groups on terminals; a row may be shorter than the head
record Table(List<String> head, int left, List<List<List<String>>> groups) {

    private static final String GAP = "  ";

    /// Writes the table with columns of equal width.
    String text() {
        int[] widths = IntStream.range(0, head.size()).map(column -> Stream.concat(Stream.of(head), rows())
                .mapToInt(row -> column < row.size() ? row.get(column).length() : 0).max().orElse(0)).toArray();
        String line = "─".repeat(IntStream.of(widths).sum() + GAP.length() * (widths.length - 1)) + "\n";
        StringBuilder text = new StringBuilder(line(head, widths));
        for (List<List<String>> rows : groups) {
            text.append(rows.isEmpty() ? "" : line);
            rows.forEach(row -> text.append(line(row, widths)));
        }
        return text.toString();
    }

    private Stream<List<String>> rows() {
        return groups.stream().flatMap(List::stream);
    }

    private String line(List<String> row, int[] widths) {
        List<String> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            cells.add(column < left ? cell + space : space + cell);
        }
        return String.join(GAP, cells).stripTrailing() + "\n";
    }

    /// Writes the table in Markdown, as GitHub reads it.
    String markdown() {
        String rule = IntStream.range(0, head.size()).mapToObj(column -> column < left ? "---" : "---:")
                .collect(Collectors.joining("|", "|", "|\n"));
        return markdown(head) + rule + rows().map(this::markdown).collect(Collectors.joining());
    }

    private String markdown(List<String> row) {
        return IntStream.range(0, head.size()).mapToObj(column -> column < row.size() ? row.get(column) : "")
                .map(cell -> cell.replace("|", "\\|").replace("\n", "<br>")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
