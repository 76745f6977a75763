package dev.scrubjay.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes events in the order in which they happen and makes a history of them. For one thread.
///
/// It is also the one place that knows which events make a history, whether they are recorded or read: a
/// process has one operation open at a time, and after an `info`, which leaves its operation open for ever,
/// none again.
public final class Recorder {
    private static final int NONE = -1;

    private final List<Event> events = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();

    /// For each process with an open operation, where that is in `operations`.
    private final Map<Long, Integer> open = new HashMap<>();

    /// Records that an operation begins.
    ///
    /// @return the invocation's index, by which its completion names it
    public int invoke(long process, long time, String f, Value argument) {
        int index = events.size();
        add(new Event(index, EventType.INVOKE, process, time, f, argument));
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
        return new History(events, operations);
    }

    private void complete(int invocation, EventType type, long time, Value value) {
        var begin = events.get(invocation);
        add(new Event(events.size(), type, begin.process(), time, begin.f(), value));
    }

    void add(Event event) {
        try {
            check(event);
        } catch (HistoryException e) {
            throw e.at("event " + event.index());
        }
        events.add(event);
    }

    private void check(Event event) {
        if (!events.isEmpty() && event.index() <= events.getLast().index()) {
            throw new HistoryException("comes after event " + events.getLast().index()
                    + "; put the events into the order of their indexes");
        }
        int position = open.getOrDefault(event.process(), NONE);
        switch (event.type()) {
            case INVOKE -> {
                if (position != NONE) {
                    throw new HistoryException(secondOperation(event, operations.get(position)));
                }
                open.put(event.process(), operations.size());
                operations.add(new Operation(event, Optional.empty()));
            }
            case OK, FAIL, INFO -> {
                if (position == NONE || operations.get(position).completion().isPresent()) {
                    throw new HistoryException("process " + event.process() + " completes '" + event.f()
                            + "', but has invoked nothing that is not complete; an 'invoke' comes first");
                }
                operations.set(position, new Operation(operations.get(position).invocation(), Optional.of(event)));
                if (event.type() != EventType.INFO) {
                    open.remove(event.process());
                }
            }
        }
    }

    private static String secondOperation(Event event, Operation first) {
        var begin = "process " + event.process() + " invokes '" + event.f() + "' while its '" + first.f()
                + "' of index " + first.invocation().index();
        return first.completion().isEmpty()
                ? begin + " is not complete; a process has one operation at a time"
                : begin + " may still run, for it ended in 'info'; go on as a process with a new number";
    }
}
