package dev.scrubjay.specs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tlc2.tool.TLCState;

/// How far each trace has been explained. Several workers of TLC note it at once.
final class Explained {
    /// Of several states at the same event the one to show: always the same, whichever worker comes first.
    private static final Comparator<TLCState> ORDER =
            Comparator.comparingInt(TLCState::getLevel).thenComparingLong(TLCState::fingerPrint);

    private final List<Run> runs = new ArrayList<>();

    /// One trace: which numbers of events were noted, and the state to show of the greatest.
    private static final class Run {
        private final BitSet lines = new BitSet();
        private @Nullable TLCState state;

        synchronized void note(int line, TLCState candidate) {
            var last = lines.length() - 1;
            lines.set(line);
            if (state == null || line > last || (line == last && ORDER.compare(candidate, state) < 0)) {
                state = candidate;
            }
        }

        synchronized TraceFolder.Note note(int run) {
            var last = lines.length() - 1;
            return new TraceFolder.Note(run, last, lines.nextClearBit(0) > last, state == null ? "" : state.toString());
        }
    }

    /// Must be called before the first note. A second call changes nothing.
    void expect(int traces) {
        for (int i = runs.size(); i < traces; i++) {
            runs.add(new Run());
        }
    }

    /// Notes that of trace `run`, counted from 1, so many events led to this state.
    void note(int run, int line, TLCState state) {
        if (run < 1 || run > runs.size() || line < 0) {
            throw new IllegalArgumentException("Explained(" + run + ", " + line + "): there are traces 1 to "
                    + runs.size() + ", and the number of events is never below 0");
        }
        runs.get(run - 1).note(line, state);
    }

    void write(TraceFolder folder) throws IOException {
        var notes = new ArrayList<TraceFolder.Note>();
        for (int i = 0; i < runs.size(); i++) {
            notes.add(runs.get(i).note(i + 1));
        }
        folder.writeNotes(notes);
    }
}
