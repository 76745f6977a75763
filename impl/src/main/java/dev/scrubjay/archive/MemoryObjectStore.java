package dev.scrubjay.archive;

import dev.scrubjay.port.ObjectStore;
import dev.scrubjay.value.Bytes;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Objects in a map. Each question is answered at once, when its answer is fetched.
public final class MemoryObjectStore implements ObjectStore {
    private final NavigableMap<String, Bytes> objects = new TreeMap<>();
    private final Executor loop;

    /// @param loop runs the answers, never before it has returned
    public MemoryObjectStore(Executor loop) {
        this.loop = loop;
    }

    @Override
    public void put(String name, Bytes bytes, Consumer<Put> answer) {
        var before = objects.putIfAbsent(Names.checked(name), bytes);
        loop.execute(() -> answer.accept(before == null ? new Put.Stored() : new Put.Taken()));
    }

    @Override
    public void get(String name, Consumer<Got> answer) {
        var found = objects.get(Names.checked(name));
        loop.execute(() -> answer.accept(found == null ? new Got.Absent() : new Got.Found(found)));
    }

    @Override
    public void list(String prefix, String after, int most, Consumer<Listed> answer) {
        var names = objects.tailMap(prefix, true).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .filter(name -> name.compareTo(after) > 0)
                .limit(most)
                .toList();
        loop.execute(() -> answer.accept(new Listed.Names(names)));
    }

    /// Somebody changes an object where it lies, or takes it away.
    public void replace(String name, Bytes bytes) {
        objects.put(name, bytes);
    }

    public void remove(String name) {
        objects.remove(name);
    }
}
