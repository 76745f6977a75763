package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the operations on one cell see and leave, as numbers of values.
final class Cells {
    static final int NONE = -1;

    /// Of each kind of operation the value that it sees there, and the one that it leaves.
    private final int[] sees;

    private final int[] leaves;
    private final List<Value> values = new ArrayList<>();
    private int initial = NONE;
    private boolean isWhole = true;

    private final Map<Value, Integer> numbers = new HashMap<>();

    Cells(Part<?> part) {
        this.sees = new int[part.kinds()];
        this.leaves = new int[part.kinds()];
        Arrays.fill(sees, NONE);
        Arrays.fill(leaves, NONE);
        if (part.object().family() != Family.CELL) {
            isWhole = false;
            return;
        }
        for (int kind = 0; kind < sees.length; kind++) {
            var access = part.accessOfKind(kind).orElse(null);
            if (access instanceof Access.Read(var value)) {
                sees[kind] = number(value);
            } else if (access instanceof Access.Write(var value)) {
                leaves[kind] = number(value);
            } else if (access instanceof Access.Swap(var from, var to)) {
                sees[kind] = number(from);
                leaves[kind] = number(to);
            } else {
                isWhole = false;
            }
            if (initial == NONE && sees[kind] != NONE && part.seesInitial(kind)) {
                initial = sees[kind];
            }
        }
        numbers.clear();
    }

    private int number(Value value) {
        return numbers.computeIfAbsent(value, unseen -> {
            values.add(unseen);
            return values.size() - 1;
        });
    }

    /// Whether every operation is one on a cell, and nothing else.
    boolean isWhole() {
        return isWhole;
    }

    int values() {
        return values.size();
    }

    Value value(int number) {
        return values.get(number);
    }

    /// A value as people call it.
    String name(int number) {
        return values.get(number) instanceof Value.Absent ? "nothing" : String.valueOf(values.get(number));
    }

    /// The value that the cell holds at first; [#NONE] where no operation saw it.
    int initial() {
        return initial;
    }

    /// The value that operations of a kind see; [#NONE] where they do not look.
    int sees(int kind) {
        return sees[kind];
    }

    /// The value that operations of a kind leave; [#NONE] where they leave the cell as it was.
    int leaves(int kind) {
        return leaves[kind];
    }
}
