package dev.scrubjay.object;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which object a history is about, where its operations say so.
public final class Guess {
    /// Objects whose operations have names that no other object's have together.
    private static final Map<String, Set<String>> OPERATIONS = operations();

    private Guess() {}

    private static Map<String, Set<String>> operations() {
        var operations = new LinkedHashMap<String, Set<String>>();
        operations.put("register", Set.of("read", "write", "cas"));
        operations.put("key-value-store", Set.of("get", "put", "delete", "conditional-put"));
        operations.put("append-store", Set.of("get", "put", "append"));
        operations.put("multi-register", Set.of("txn"));
        operations.put("counter", Set.of("add", "add-and-get", "read"));
        operations.put("set", Set.of("add", "remove", "contains", "read"));
        operations.put("log", Set.of("append", "read"));
        operations.put("queue", Set.of("enqueue", "dequeue"));
        operations.put("stack", Set.of("push", "pop"));
        operations.put("priority-queue", Set.of("insert", "delete-min"));
        operations.put("mutex", Set.of("acquire", "release"));
        operations.put("lock", Set.of("acquire", "release"));
        operations.put("fenced-lock", Set.of("acquire", "release"));
        return operations;
    }

    /// The name of the object, where there is one of ours that has all of these operations, and only one.
    public static Optional<String> name(History history) {
        var names = operations(history);
        var fitting = OPERATIONS.entrySet().stream()
                .filter(entry -> entry.getValue().containsAll(names))
                .map(Map.Entry::getKey)
                .filter(object -> takes(object, history))
                .toList();
        if (names.isEmpty() || fitting.size() != 1) {
            return Optional.empty();
        }
        var isByKey = fitting.getFirst().equals("register") && isByKey(history);
        return Optional.of((isByKey ? "independent:" : "") + fitting.getFirst());
    }

    /// The names of all operations, sorted.
    public static Set<String> operations(History history) {
        var names = new TreeSet<String>();
        for (int i = 0; i < history.size(); i++) {
            names.add(history.operation(i).f());
        }
        return names;
    }

    /// Stores differ in how an argument is written. Locks that have an owner say so, and fenced ones name its
    /// token to give it back. What is read tells a set from a counter.
    private static boolean takes(String object, History history) {
        for (int i = 0; i < history.size(); i++) {
            var operation = history.operation(i);
            var argument = operation.argument();
            var fits = switch (object) {
                case "key-value-store" -> argument instanceof Value.Mapping;
                case "append-store" -> argument instanceof Value.Sequence;
                case "mutex" -> argument instanceof Value.Absent;
                case "lock" -> !(argument instanceof Value.Absent) && !isFenced(operation);
                case "fenced-lock" ->
                    operation.f().equals("release") ? isFenced(operation) : !(argument instanceof Value.Absent);
                case "counter" -> !isRead(operation) || operation.result().orElseThrow() instanceof Value.Whole;
                case "set" -> !isRead(operation) || operation.result().orElseThrow() instanceof Value.Sequence;
                default -> true;
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFenced(Operation operation) {
        return operation.f().equals("release") && operation.argument() instanceof Value.Sequence;
    }

    private static boolean isRead(Operation operation) {
        return operation.f().equals("read") && operation.isCompleted();
    }

    /// Whether every argument is written as `jepsen.independent` writes it. A `cas` alone does not show that.
    private static boolean isByKey(History history) {
        var isShown = false;
        for (int i = 0; i < history.size(); i++) {
            var operation = history.operation(i);
            if (!(operation.argument() instanceof Value.Sequence(List<Value> parts)) || parts.size() != 2) {
                return false;
            }
            isShown |= operation.f().equals("read") && parts.getLast() instanceof Value.Absent;
        }
        return isShown;
    }
}
