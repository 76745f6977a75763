package dev.scrubjay.history;

/// One thing that a client saw: an operation began, or ended.
///
/// @param index its place among the events of a history; grows, and may leave gaps
/// @param process who saw it; a process has one operation open at a time
/// @param time nanoseconds since some moment, for people; what came first is said by the index alone
/// @param f the operation's name, such as `put`
/// @param value what the operation was given, or, in an `ok`, what it gave back
public record Event(int index, EventType type, long process, long time, String f, Value value) {

    public Event {
        Unicode.requireWhole(f);
    }
}
