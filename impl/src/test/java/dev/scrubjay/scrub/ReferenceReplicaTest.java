package dev.scrubjay.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.node.GroupState;
import dev.scrubjay.protocol.Sessions;
import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.HashTree;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.Request;
import dev.scrubjay.value.Row;
import dev.scrubjay.value.StateRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// What it comes to is what a replica keeps, although it shares no code with that.
final class ReferenceReplicaTest {
    private static final long GROUP = 7;

    /// Entries that have to do with each other: few sessions, few keys, numbers that come again.
    private static List<Entry> entries(long seed) {
        var random = new Random(seed);
        var entries = new ArrayList<Entry>();
        for (int slot = 1; slot <= 60; slot++) {
            var key = "k" + random.nextInt(4);
            long session = 1L + random.nextInt(6);
            int number = 1 + random.nextInt(8);
            entries.add(
                    switch (random.nextInt(10)) {
                        case 0, 1 -> new Entry.Begin("n" + slot);
                        case 2 -> new Entry.End(session);
                        case 3 -> random.nextBoolean() ? Entry.NO_OP : Entry.SCRUB_MARK;
                        case 4 ->
                            new Entry.Reconfigure(
                                    1L + random.nextInt(3),
                                    new TreeSet<>(List.of(new ReplicaId("a", 1), new ReplicaId("b", slot))));
                        case 5 -> new Entry.Write(session, number, new Request.Delete(key));
                        case 6 -> new Entry.Write(session, number, new Request.Get(key));
                        case 7 ->
                            new Entry.Write(
                                    session,
                                    number,
                                    new Request.ConditionalPut(
                                            key,
                                            random.nextBoolean() ? MaybeValue.ABSENT : MaybeValue.of("v" + slot / 2),
                                            "v" + slot));
                        default -> new Entry.Write(session, number, new Request.Put(key, "v" + slot));
                    });
        }
        return entries;
    }

    @Property(tries = 300)
    void itHasTheRowsThatAReplicaHas(@ForAll long seed) {
        var states = new MemoryStateStore(MemoryStateStore.Flush::end);
        var replica = new Sessions(new GroupState(states, GROUP));
        var reference = new ReferenceReplica();
        long slot = 0;
        for (var entry : entries(seed)) {
            replica.apply(++slot, entry);
            reference.apply(entry);
        }

        var rows = new TreeMap<Bytes, Bytes>();
        var builder = new HashTree.Builder();
        states.scan(GROUP, new byte[0], (key, value) -> {
            builder.add(new Row(Bytes.of(key), Bytes.of(value)));
            if (key[0] != StateRow.SUM) {
                rows.put(Bytes.of(key), Bytes.of(value));
            }
            return true;
        });
        assertThat(builder.isAsSaid()).as("what the state says of itself").isTrue();
        var expected = new TreeMap<Bytes, Bytes>();
        for (int leaf = 0; leaf < HashTree.LEAVES; leaf++) {
            expected.putAll(reference.rows(leaf));
        }
        assertThat(rows).isEqualTo(expected);
        assertThat(reference.tree()).isEqualTo(builder.build());
        assertThat(reference.slot()).isEqualTo(60);
    }

    /// Each of these would be a mistake that only the reference sees, since all replicas make it alike.
    @Test
    void oneRowThatIsMissedIsAnotherTree() {
        var reference = new ReferenceReplica();
        reference.apply(new Entry.Begin("n"));
        var before = reference.tree();
        reference.apply(new Entry.Write(1, 1, new Request.Get("k")));
        assertThat(reference.tree()).as("the session remembers").isNotEqualTo(before);
        reference.apply(Entry.NO_OP);
        var after = reference.tree();
        reference.apply(new Entry.Write(1, 1, new Request.Put("k", "again")));
        assertThat(reference.tree()).as("a write counts once").isEqualTo(after);
        reference.apply(new Entry.End(1));
        reference.apply(new Entry.Write(1, 2, new Request.Put("k", "late")));
        assertThat(reference.rows(HashTree.leaf(new byte[] {StateRow.KEY, 'k'})))
                .isEmpty();
    }
}
