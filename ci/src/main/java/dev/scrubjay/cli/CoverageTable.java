package dev.scrubjay.cli;

import dev.scrubjay.simulation.Tally;
import dev.scrubjay.world.Cell;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which faults met which actions of the specification in flight.
record CoverageTable(List<Cell> cells, Tally tally) {
    private static final int COLUMN = 2;

    private long filled() {
        return cells.stream().filter(cell -> tally.covered().containsKey(cell)).count();
    }

    /// A row for each fault and a column for each action, in the order of their names; in a cell how often: a
    /// dot for never, and else the number of digits.
    void print(PrintStream people) {
        var actions = List.copyOf(new TreeSet<>(cells.stream().map(Cell::action).toList()));
        var faults = List.copyOf(new TreeSet<>(cells.stream().map(Cell::fault).toList()));
        int width = faults.stream().mapToInt(String::length).max().orElse(0);
        people.println();
        people.println("fault x action in flight: " + Words.number(filled()) + " of " + Words.number(cells.size())
                + " met (. never, 1 below ten times, 2 below a hundred, and so on)");
        people.println();
        people.println(" ".repeat(width + COLUMN) + numbers(actions.size()));
        for (var fault : faults) {
            var row = new StringBuilder(fault + " ".repeat(width - fault.length() + COLUMN));
            for (var action : actions) {
                var count = tally.covered().getOrDefault(new Cell(fault, action), 0L);
                row.append(count == 0 ? "." : String.valueOf(count).length()).append(" ".repeat(COLUMN));
            }
            people.println(row.toString().stripTrailing());
        }
        people.println();
        var names = new ArrayList<String>();
        for (int i = 0; i < actions.size(); i++) {
            names.add((i + 1) + " " + actions.get(i));
        }
        Words.lines(names, 110).forEach(people::println);
    }

    private static String numbers(int count) {
        var numbers = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            var number = String.valueOf(i);
            numbers.append(number).append(" ".repeat(COLUMN + 1 - number.length()));
        }
        return numbers.toString().stripTrailing();
    }

    /// The same for programs.
    Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("cells", cells.size());
        facts.put("met", filled());
        var never = new LinkedHashMap<String, List<String>>();
        for (var cell : cells) {
            if (!tally.covered().containsKey(cell)) {
                never.computeIfAbsent(cell.fault(), _ -> new ArrayList<>()).add(cell.action());
            }
        }
        facts.put("never", never);
        return facts;
    }
}
