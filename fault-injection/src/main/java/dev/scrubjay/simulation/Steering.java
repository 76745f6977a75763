package dev.scrubjay.simulation;

import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.world.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks which faults have not met which actions in flight yet, and has the next runs bring them together.
///
/// Drawn by chance, a fault that is rare does not meet an action that is rare in any number of runs that
/// anybody waits for. So a run is given steps that wait for the action, and the more often a cell was
/// aimed at in vain, the later it comes again: some faults cannot meet some actions.
final class Steering {
    /// More would leave little of what a seed draws by itself.
    static final int AIMS = 3;

    private Steering() {}

    /// All cells that runs of this plan could fill.
    static List<Cell> cells(Plan plan) {
        var cells = new ArrayList<Cell>();
        for (var fault : plan.faults()) {
            for (var action : ScenarioForm.actions()) {
                cells.add(new Cell(fault, action));
            }
        }
        return cells;
    }

    /// At which cells each of so many runs is to aim: those that were never filled, first those that were
    /// aimed at least.
    static List<List<Cell>> aims(Plan plan, Tally tally, int runs) {
        var empty = cells(plan).stream()
                .filter(cell -> !tally.covered().containsKey(cell))
                .sorted(Comparator.comparingLong(tally::aimedAt))
                .toList();
        var aims = new ArrayList<List<Cell>>();
        for (int run = 0; run < runs; run++) {
            var own = new ArrayList<Cell>();
            for (int i = 0; i < Math.min(AIMS, empty.size()); i++) {
                own.add(empty.get((run * AIMS + i) % empty.size()));
            }
            aims.add(own);
        }
        return aims;
    }
}
