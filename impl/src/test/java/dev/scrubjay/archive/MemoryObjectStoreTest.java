package dev.scrubjay.archive;

import dev.scrubjay.port.ObjectStore;

final class MemoryObjectStoreTest extends ObjectStoreContract {
    private final MemoryObjectStore store = new MemoryObjectStore(heard::add);

    @Override
    ObjectStore store() {
        return store;
    }
}
