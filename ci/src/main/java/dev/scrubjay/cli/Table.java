package dev.scrubjay.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

/// A table whose rows are printed as they come, in columns that are wide enough from the start.
final class Table {
    private static final String GAP = "   ";

    private final PrintStream out;
    private final List<Integer> widths;

    /// Prints the heads.
    ///
    /// @param widest for each column the widest text that it will hold beside its head
    Table(PrintStream out, List<String> heads, List<String> widest) {
        this.out = out;
        this.widths = IntStream.range(0, heads.size())
                .mapToObj(i -> Math.max(heads.get(i).length(), widest.get(i).length()))
                .toList();
        row(heads);
    }

    void row(List<String> cells) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i));
            if (i + 1 < cells.size()) {
                line.append(" ".repeat(Math.max(0, widths.get(i) - cells.get(i).length())))
                        .append(GAP);
            }
        }
        out.println(line);
    }
}
