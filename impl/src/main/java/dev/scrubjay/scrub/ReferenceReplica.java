package dev.scrubjay.scrub;

import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Encoder;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Reference;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Reply;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.StateRow;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A replica that takes part in nothing: it is told the archived log from its first slot on, and says what
/// rows the state must have.
///
/// It shares nothing with what it judges but the way that values are written. What an entry does is said here
/// once more, in the plainest way, so that a mistake in the one is not a mistake in the other.
public final class ReferenceReplica implements Reference {
    private static final byte VERSION = 1;

    private record Last(long number, long slot, Reply reply) {}

    private final Map<String, String> values = new HashMap<>();
    private final Map<Long, Last> sessions = new HashMap<>();
    private final TreeMap<Bytes, Bytes> rows = new TreeMap<>();
    private final HashTree.Builder sums = new HashTree.Builder();
    private long generation = 1;
    private long slot;

    @Override
    public long slot() {
        return slot;
    }

    /// What stands in the next slot.
    public void apply(Entry entry) {
        slot++;
        if (entry instanceof Entry.Begin) {
            remember(slot, new Last(0, slot, new Reply.Begun(slot)));
            count();
        } else if (entry instanceof Entry.End(var session) && sessions.remove(session) != null) {
            set(keyOf(session), null);
            count();
        } else if (entry instanceof Entry.Reconfigure(var ended, var voters) && ended == generation) {
            generation++;
            set(new Encoder().put(StateRow.MEMBERS), members(voters));
        } else if (entry instanceof Entry.Write write) {
            write(write);
        }
    }

    private void write(Entry.Write write) {
        var last = sessions.get(write.session());
        if (last != null && last.number() < write.number()) {
            remember(write.session(), new Last(write.number(), slot, reply(write.request())));
        }
    }

    private Reply reply(Request request) {
        var value = values.get(request.key());
        var held = value == null ? MaybeValue.ABSENT : MaybeValue.of(value);
        if (request instanceof Request.Get) {
            return new Reply.Found(held);
        }
        if (request instanceof Request.ConditionalPut conditional
                && !conditional.expected().equals(held)) {
            return new Reply.Unmet(held);
        }
        switch (request) {
            case Request.Get _ -> {}
            case Request.Delete(var key) -> {
                values.remove(key);
                set(keyOf(key), null);
            }
            case Request.Put(var key, var next) -> put(key, next);
            case Request.ConditionalPut(var key, var _, var next) -> put(key, next);
        }
        return Reply.DONE;
    }

    private void put(String key, String value) {
        values.put(key, value);
        set(keyOf(key), new Encoder().put(VERSION).putLast(value));
    }

    private void remember(long session, Last last) {
        sessions.put(session, last);
        set(
                keyOf(session),
                new Encoder().put(VERSION).put(last.number()).put(last.slot()).put(last.reply()));
    }

    private void count() {
        set(new Encoder().put(StateRow.COUNT), new Encoder().put(VERSION).put(sessions.size()));
    }

    private Encoder members(SortedSet<ReplicaId> voters) {
        return new Encoder().put(VERSION).put(generation).put(voters);
    }

    private static Encoder keyOf(String key) {
        return new Encoder().put(StateRow.KEY).putLast(key);
    }

    private static Encoder keyOf(long session) {
        return new Encoder().put(StateRow.SESSION).put(session);
    }

    /// The row is this from now on, or nothing.
    private void set(Encoder at, @Nullable Encoder value) {
        var key = Bytes.of(at.bytes());
        var before = rows.remove(key);
        if (before != null) {
            sums.remove(new Row(key, before));
        }
        if (value != null) {
            var row = new Row(key, Bytes.of(value.bytes()));
            rows.put(key, row.value());
            sums.add(row);
        }
    }

    @Override
    public HashTree tree() {
        return sums.build();
    }

    /// All its rows, in their order.
    public SortedMap<Bytes, Bytes> rows() {
        return Collections.unmodifiableSortedMap(rows);
    }

    @Override
    public SortedMap<Bytes, Bytes> rows(int leaf) {
        var found = new TreeMap<Bytes, Bytes>();
        rows.forEach((key, value) -> {
            if (HashTree.leaf(key.toArray()) == leaf) {
                found.put(key, value);
            }
        });
        return found;
    }
}
