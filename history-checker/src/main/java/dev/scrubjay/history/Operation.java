package dev.scrubjay.history;

import java.util.Optional;

/// An operation: its invocation, and its completion where there is one.
///
/// It is *completed* (its result is known), *failed* (it certainly had no effect) or *open* (an `info`, or no
/// completion at all: whether it had an effect is not known, and it may still have one after the last event).
public record Operation(Event invocation, Optional<Event> completion) {

    public Operation {
        if (invocation.type() != EventType.INVOKE) {
            throw new HistoryException("an operation begins with 'invoke', not with '"
                    + invocation.type().word() + "'");
        }
        completion.ifPresent(end -> check(invocation, end));
    }

    private static void check(Event begin, Event end) {
        if (end.type() == EventType.INVOKE || end.process() != begin.process()) {
            throw new HistoryException("an operation ends with 'ok', 'fail' or 'info' of the process that invoked it");
        }
        if (!end.f().equals(begin.f())) {
            throw new HistoryException("process " + end.process() + " completes '" + end.f() + "', but invoked '"
                    + begin.f() + "' at index " + begin.index() + "; a completion repeats the f of its invocation");
        }
    }

    public long process() {
        return invocation.process();
    }

    public String f() {
        return invocation.f();
    }

    /// What it was given.
    public Value argument() {
        return invocation.value();
    }

    /// What it gave back; empty unless it is completed.
    public Optional<Value> result() {
        return completion.filter(end -> end.type() == EventType.OK).map(Event::value);
    }

    public boolean isCompleted() {
        return completion.isPresent() && completion.get().type() == EventType.OK;
    }

    public boolean isFailed() {
        return completion.isPresent() && completion.get().type() == EventType.FAIL;
    }

    public boolean isOpen() {
        return !isCompleted() && !isFailed();
    }

    /// One line for people, such as `process 3 put {:key "k", :value "x"} -> {:outcome "done"} (events 4 to
    /// 7)`.
    @Override
    public String toString() {
        return "process " + process() + " " + f() + " " + argument() + " -> "
                + (isFailed() ? "failed" : result().map(Value::toString).orElse("unknown"))
                + completion
                        .map(end -> " (events " + invocation.index() + " to " + end.index() + ")")
                        .orElse(" (event " + invocation.index() + ")");
    }
}
