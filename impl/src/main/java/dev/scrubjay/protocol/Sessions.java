package dev.scrubjay.protocol;

import dev.scrubjay.protocol.Store.Change;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import dev.scrubjay.value.Reply;
import java.util.Optional;
import java.util.SortedMap;

/// What a group keeps: a key-value store, and of each session the last write and what came of it.
///
/// A client that hears nothing sends its write again, so one write may stand in the log twice, or more often.
/// It is done where it stands first; later it only has its reply. One reply a session is enough for that,
/// because a session does not write again before it has that reply.
///
/// All of it follows from the log alone. Every replica that has applied the same slots holds the same, and it
/// is compared and copied with the store: a replica that forgot a reply would do a write a second time.
public final class Sessions {
    /// The last write of a session.
    ///
    /// @param number its place in the session; 0 is before the first
    /// @param slot where in the log it was done
    /// @param reply what came of it
    public record Done(long number, long slot, Reply reply) {}

    private final Store store;

    /// Nothing yet, and in memory alone.
    public Sessions() {
        this(new MemoryStore());
    }

    /// What is in this store, and goes into it.
    public Sessions(Store store) {
        this.store = store;
    }

    /// The slot that was applied last; 0 if there is none.
    public long applied() {
        return store.applied();
    }

    /// The last slot that a power-off leaves.
    public long flushed() {
        return store.flushed();
    }

    /// Does what stands in the next slot, and says what came of it.
    public Reply apply(long slot, Entry entry) {
        return switch (entry) {
            case Entry.Begin _ -> begin(slot);
            case Entry.End(var session) -> end(slot, session);
            case Entry.Write write -> write(slot, write);
            case Entry.Reconfigure reconfigure -> reconfigure(slot, reconfigure);
            case Entry.NoOp _, Entry.ScrubMark _ -> nothing(slot, Reply.DONE);
        };
    }

    /// To begin is what a session does before its first write. Asked for again and chosen again, it is
    /// another session, which nobody writes in.
    private Reply begin(long slot) {
        var begun = new Reply.Begun(slot);
        store.apply(slot, new Change.Began(new Done(0, slot, begun)));
        return begun;
    }

    /// Who ends it again, having heard nothing, has what it wants.
    private Reply end(long slot, long session) {
        store.apply(slot, store.last(session).isPresent() ? new Change.Ended(session) : Change.NONE);
        return Reply.ENDED;
    }

    private Reply write(long slot, Entry.Write write) {
        var last = store.last(write.session());
        if (last.isEmpty()) {
            return nothing(slot, Reply.NO_SESSION);
        }
        var before = last.get();
        if (write.number() < before.number()) {
            return nothing(slot, Reply.STALE);
        }
        if (write.number() == before.number()) {
            return nothing(slot, before.reply());
        }
        var effect = KeyValueStore.apply(write.request(), store::held);
        var done = new Done(write.number(), slot, effect.reply());
        store.apply(
                slot,
                switch (effect) {
                    case KeyValueStore.Effect.Looked _ -> new Change.Answered(write.session(), done);
                    case KeyValueStore.Effect.Wrote(var _, var left) ->
                        new Change.Wrote(write.session(), done, write.request().key(), left);
                });
        return effect.reply();
    }

    private Reply reconfigure(long slot, Entry.Reconfigure entry) {
        long present = store.members().map(Members::generation).orElse(1L);
        boolean ends = entry.generation() == present;
        store.apply(slot, ends ? new Change.Reconfigured(new Members(present + 1, entry.voters())) : Change.NONE);
        return Reply.DONE;
    }

    private Reply nothing(long slot, Reply reply) {
        store.apply(slot, Change.NONE);
        return reply;
    }

    /// The last write of a session: of number 0, and with the slot and reply of its beginning, if there was
    /// none yet. Empty if there is no such session, or no more.
    public Optional<Done> last(long session) {
        return store.last(session);
    }

    /// Who votes in the slot after the last that was applied; empty if they are those that voted first.
    public Optional<Members> members() {
        return store.members();
    }

    /// The state as a whole, if the store can give and take that.
    Optional<Snapshots> snapshots() {
        return store.snapshots();
    }

    /// How many sessions there are.
    public int count() {
        return store.sessions();
    }

    /// What the store holds under this key.
    public MaybeValue held(String key) {
        return store.held(key);
    }

    /// Everything in the store, in the order of the keys.
    public SortedMap<String, String> state() {
        return store.state();
    }

    /// All sessions with their last writes, in the order of their numbers.
    public SortedMap<Long, Done> table() {
        return store.table();
    }
}
