package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.SequentialObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes a history apart into what can be decided alone.
final class Parts {
    /// Of the kinds of operations that do not matter.
    private static final int NOWHERE = -1;

    private Parts() {}

    /// The parts in the order of their first operations. Operations on several keys join these keys to one
    /// part; a single one on the whole object joins everything.
    ///
    /// @throws HistoryException where the object has no such operation
    static <S> List<Part<S>> of(SequentialObject<S> object, History history) {
        var join = new Join();
        var keys = new ArrayList<Optional<Value>>();
        var places = places(object, history, join, keys);
        var counts = new int[join.size()];
        for (int i = 0; i < history.size(); i++) {
            int place = places[history.likeness(i)];
            if (place != NOWHERE) {
                counts[join.root(place)]++;
            }
        }
        var numbers = new int[join.size()][];
        var order = new ArrayList<Integer>();
        for (int i = 0; i < history.size(); i++) {
            int place = places[history.likeness(i)];
            if (place != NOWHERE) {
                int root = join.root(place);
                if (numbers[root] == null) {
                    numbers[root] = new int[counts[root]];
                    counts[root] = 0;
                    order.add(root);
                }
                numbers[root][counts[root]++] = i;
            }
        }
        var members = members(join, keys);
        return order.stream()
                .map(root -> {
                    var those = members.getOrDefault(root, List.of());
                    return new Part<>(object, name(those), those.size() > 1, history, numbers[root]);
                })
                .toList();
    }

    /// For each likeness the number of its key, or of the first of its keys.
    private static <S> int[] places(
            SequentialObject<S> object, History history, Join join, List<Optional<Value>> keys) {
        var places = new int[history.likenesses()];
        Arrays.fill(places, Integer.MIN_VALUE);
        Map<Optional<Value>, Integer> known = new HashMap<>();
        var isWhole = false;
        for (int i = 0; i < history.size(); i++) {
            int likeness = history.likeness(i);
            if (places[likeness] != Integer.MIN_VALUE) {
                continue;
            }
            var operation = history.operation(i);
            // Asked of every operation, for else it would depend on the search whether a wrong one is
            // noticed.
            object.step(object.initial(), operation);
            var isIdle = operation.isOpen() && object.isObservation(operation);
            if (isIdle || !object.matters(operation)) {
                places[likeness] = NOWHERE;
                continue;
            }
            var named = object.keys(operation);
            isWhole |= named.isEmpty();
            int first = NOWHERE;
            for (var key : named.isEmpty() ? List.of(Optional.<Value>empty()) : wrapped(named)) {
                int place = known.computeIfAbsent(key, unseen -> {
                    keys.add(unseen);
                    return join.add();
                });
                if (first == NOWHERE) {
                    first = place;
                } else {
                    join.join(first, place);
                }
            }
            places[likeness] = first;
        }
        for (int place = 1; isWhole && place < join.size(); place++) {
            join.join(0, place);
        }
        return places;
    }

    private static List<Optional<Value>> wrapped(List<Value> keys) {
        return keys.stream().map(Optional::of).toList();
    }

    /// All keys of each part; an empty one stands for the whole object.
    private static Map<Integer, List<Optional<Value>>> members(Join join, List<Optional<Value>> keys) {
        Map<Integer, List<Optional<Value>>> members = new HashMap<>();
        for (int place = 0; place < join.size(); place++) {
            members.computeIfAbsent(join.root(place), root -> new ArrayList<>()).add(keys.get(place));
        }
        return members;
    }

    private static Optional<Value> name(List<Optional<Value>> keys) {
        if (keys.contains(Optional.<Value>empty())) {
            return Optional.empty();
        }
        return keys.size() == 1
                ? keys.getFirst()
                : Optional.of(new Value.Sequence(
                        keys.stream().map(Optional::orElseThrow).toList()));
    }

    /// Sets of numbers that can be joined.
    private static final class Join {
        private final List<Integer> parents = new ArrayList<>();

        int add() {
            parents.add(parents.size());
            return parents.size() - 1;
        }

        int size() {
            return parents.size();
        }

        void join(int one, int other) {
            parents.set(root(other), root(one));
        }

        int root(int of) {
            int root = of;
            while (parents.get(root) != root) {
                root = parents.get(root);
            }
            for (int at = of; at != root; ) {
                int next = parents.get(at);
                parents.set(at, root);
                at = next;
            }
            return root;
        }
    }
}
