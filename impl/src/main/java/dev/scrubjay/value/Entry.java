package dev.scrubjay.value;

/// What a slot of the log holds.
public sealed interface Entry {
    /// One request of one session. Its number is its place there, from 1 on, and tells it from every other of
    /// that session: whoever finds it in two slots knows that it is one request.
    record Write(long session, long number, Request request) implements Entry {}

    /// A client asks for a session. The session's number is the slot in which this is chosen, so nobody has
    /// to hand out numbers. The nonce is a text that no other request has, so that asking again is asking for
    /// the same; chosen twice, it is two sessions all the same, and the client uses one.
    record Begin(String nonce) implements Entry {}

    /// A client needs its session no more, and the group may forget it.
    record End(long session) implements Entry {}

    /// Nothing: fills a slot in which something was accepted that nobody can read any more.
    record NoOp() implements Entry {}

    Entry NO_OP = new NoOp();
}
