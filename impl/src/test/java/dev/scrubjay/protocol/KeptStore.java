package dev.scrubjay.protocol;

import dev.scrubjay.protocol.Sessions.Done;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.Members;
import java.util.Optional;
import java.util.SortedMap;

/// A store that a power-off takes nothing from.
final class KeptStore implements Store {
    private final Store store;

    KeptStore(Store store) {
        this.store = store;
    }

    @Override
    public long applied() {
        return store.applied();
    }

    @Override
    public long flushed() {
        return store.applied();
    }

    @Override
    public MaybeValue held(String key) {
        return store.held(key);
    }

    @Override
    public int sessions() {
        return store.sessions();
    }

    @Override
    public Optional<Done> last(long session) {
        return store.last(session);
    }

    @Override
    public Optional<Members> members() {
        return store.members();
    }

    @Override
    public void apply(long slot, Change change) {
        store.apply(slot, change);
    }

    @Override
    public Optional<Snapshots> snapshots() {
        return store.snapshots();
    }

    @Override
    public SortedMap<String, String> state() {
        return store.state();
    }

    @Override
    public SortedMap<Long, Done> table() {
        return store.table();
    }
}
