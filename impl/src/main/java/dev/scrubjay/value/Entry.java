package dev.scrubjay.value;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a slot of the log holds.
public sealed interface Entry {
    /// One request of one session. Its number is its place there, from 1 on, and tells it from every other of
    /// that session: whoever finds it in two slots knows that it is one request.
    record Write(long session, long number, Request request) implements Entry {
        /// By hand, as that of `ReplicaId`, and what differs first comes first.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Write that
                    && number == that.number
                    && session == that.session
                    && request.equals(that.request);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(session) + Long.hashCode(number)) + request.hashCode();
        }
    }

    /// A client asks for a session. The session's number is the slot in which this is chosen, so nobody has
    /// to hand out numbers. The nonce is a text that no other request has, so that asking again is asking for
    /// the same; chosen twice, it is two sessions all the same, and the client uses one.
    record Begin(String nonce) implements Entry {}

    /// A client needs its session no more, and the group may forget it.
    record End(long session) implements Entry {}

    /// Others vote from the next slot on, if the present generation is the one that this ends; nothing else
    /// otherwise. It has effect when most voters of both hold it.
    ///
    /// @param voters all voters of the next generation
    record Reconfigure(long generation, SortedSet<ReplicaId> voters) implements Entry {
        public Reconfigure {
            voters = Collections.unmodifiableSortedSet(new TreeSet<>(voters));
        }
    }

    /// Nothing: fills a slot in which something was accepted that nobody can read any more.
    record NoOp() implements Entry {}

    /// Every replica that keeps the state looks at what it has come to here, so that it can be compared.
    record ScrubMark() implements Entry {}

    Entry NO_OP = new NoOp();

    Entry SCRUB_MARK = new ScrubMark();
}
