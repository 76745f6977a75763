package dev.scrubjay.history;

/// Takes events in the order in which they happen and makes a history of them. For one thread; for several
/// there is [LiveRecorder].
///
/// It is also the one place that knows which events make a history, whether they are recorded or read: a
/// process has one operation open at a time, and after an `info`, which leaves its operation open for ever,
/// none again.
public final class Recorder {
    private final Columns columns = new Columns();

    /// For each process its last operation.
    private final LongIntMap last = new LongIntMap();

    /// Records that an operation begins.
    ///
    /// @return the invocation's index, by which its completion names it
    public int invoke(long process, long time, String f, Value argument) {
        int index = columns.events;
        add(index, EventType.INVOKE, process, time, f, argument);
        return index;
    }

    /// Records that an operation ended with this result.
    public void ok(int invocation, long time, Value result) {
        complete(invocation, EventType.OK, time, result);
    }

    /// Records that an operation certainly had no effect and will have none. Whoever is in doubt records an
    /// [#info].
    public void fail(int invocation, long time) {
        complete(invocation, EventType.FAIL, time, Value.absent());
    }

    /// Records that an operation may or may not have had an effect. Its process invokes nothing afterwards:
    /// whoever goes on does so under a new number.
    public void info(int invocation, long time) {
        complete(invocation, EventType.INFO, time, Value.absent());
    }

    /// What was recorded so far.
    public History history() {
        return new History(columns);
    }

    private void complete(int invocation, EventType type, long time, Value value) {
        add(columns.events, type, columns.processes[invocation], time, f(invocation), value);
    }

    void add(Event event) {
        add(event.index(), event.type(), event.process(), event.time(), event.f(), event.value());
    }

    void add(int index, EventType type, long process, long time, String f, Value value) {
        try {
            int operation = last.get(process);
            if (type == EventType.INVOKE) {
                checkOrder(index);
                checkIdle(process, f, operation);
                int name = columns.names.number(f);
                last.put(process, columns.operation(columns.event(index, type, process, time, name, value)));
            } else {
                checkOrder(index);
                checkOpen(process, f, operation);
                int name = columns.fs[columns.invocations[operation]];
                int place = columns.event(index, type, process, time, name, value);
                columns.completions[operation] = type == EventType.INFO ? ~place : place;
            }
        } catch (HistoryException e) {
            throw e.at("event " + index);
        }
    }

    private void checkOrder(int index) {
        if (columns.events > 0 && index <= columns.indexes[columns.events - 1]) {
            throw new HistoryException("comes after event " + columns.indexes[columns.events - 1]
                    + "; put the events into the order of their indexes");
        }
    }

    private void checkIdle(long process, String f, int operation) {
        Unicode.requireWhole(f);
        if (operation == LongIntMap.NONE || columns.completions[operation] >= 0) {
            return;
        }
        int invocation = columns.invocations[operation];
        var begin = "process " + process + " invokes '" + f + "' while its '" + f(invocation) + "' of index "
                + columns.indexes[invocation];
        throw new HistoryException(
                columns.completions[operation] == Columns.NONE
                        ? begin + " is not complete; a process has one operation at a time"
                        : begin + " may still run, for it ended in 'info'; go on as a process with a new number");
    }

    private void checkOpen(long process, String f, int operation) {
        if (operation == LongIntMap.NONE || columns.completions[operation] != Columns.NONE) {
            throw new HistoryException("process " + process + " completes '" + f
                    + "', but has invoked nothing that is not complete; an 'invoke' comes first");
        }
        int invocation = columns.invocations[operation];
        if (!f.equals(f(invocation))) {
            throw new HistoryException("process " + process + " completes '" + f + "', but invoked '" + f(invocation)
                    + "' at index " + columns.indexes[invocation]
                    + "; a completion repeats the f of its invocation");
        }
    }

    private String f(int place) {
        return columns.names.get(columns.fs[place]);
    }
}
