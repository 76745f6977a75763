package dev.scrubjay.checker;

import java.util.Arrays;
import java.util.BitSet;

/// Leaves out open operations that cannot matter.
///
/// An open operation on a cell matters only if somebody saw the value that it leaves: a completed operation,
/// or an open one that matters itself. If nobody did, and there is an order with it, there is one without it:
/// what comes between it and the next write, other than operations that look at nothing, saw its value. All
/// this holds only while every operation is known to see one value or none: one that saw that a value was
/// *not* there may be right because of a write that nobody else saw.
final class Trim {
    private Trim() {}

    static <S> Part<S> of(Part<S> part) {
        var cells = part.cells();
        if (!cells.isWhole()) {
            return part;
        }
        var isSeen = new BitSet();
        var open = new int[part.size()];
        int count = 0;
        for (int i = 0; i < part.size(); i++) {
            if (part.isOpen(i)) {
                open[count++] = i;
            } else if (cells.sees(part.kind(i)) != Cells.NONE) {
                isSeen.set(cells.sees(part.kind(i)));
            }
        }
        if (count == 0) {
            return part;
        }
        var matters = new boolean[part.size()];
        Arrays.fill(matters, true);
        for (int at = 0; at < count; at++) {
            matters[open[at]] = false;
        }
        // An open swap that matters makes others matter; each round finds some or is the last.
        for (var isMore = true; isMore; ) {
            isMore = false;
            for (int at = 0; at < count; at++) {
                int i = open[at];
                int leaves = cells.leaves(part.kind(i));
                if (!matters[i] && leaves != Cells.NONE && isSeen.get(leaves)) {
                    matters[i] = true;
                    int sees = cells.sees(part.kind(i));
                    isMore |= sees != Cells.NONE && !isSeen.get(sees);
                    if (sees != Cells.NONE) {
                        isSeen.set(sees);
                    }
                }
            }
        }
        return part.only(matters);
    }
}
