package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// One in memory. A power-off leaves all that one may leave.
public final class TestedMemory implements TestedStore {
    private final Deque<MemoryStateStore.Flush> underWay = new ArrayDeque<>();
    private final MemoryStateStore store = new MemoryStateStore(underWay::add);

    @Override
    public MemoryStateStore store() {
        return store;
    }

    @Override
    public void carryOut() {}

    @Override
    public void hear() {
        underWay.remove().end();
    }

    void fail(String what) {
        underWay.remove().fail(what);
    }

    @Override
    public List<StateStore> powerOffs() {
        return new ArrayList<>(store.images());
    }

    @Override
    public void damage(long group) {
        store.damage(group);
    }

    @Override
    public void close() {
        store.close();
    }
}
