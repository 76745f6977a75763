package dev.scrubjay.checker;

import dev.scrubjay.history.History;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import dev.scrubjay.object.Access;
import dev.scrubjay.object.Family;
import dev.scrubjay.object.SequentialObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operations that matter on one part of an object, such as one key: what an engine decides. They are
/// numbered from 0 on in the order of their invocations.
final class Part<S> {
    /// The end of an operation that is open: it may have its effect at any time since, or never.
    static final int NEVER = History.NEVER;

    private final SequentialObject<S> object;
    private final Optional<Value> key;
    private final History history;
    private final int[] numbers;
    private final int[] kinds;
    private final int[] examples;
    private final @Nullable Access[] accesses;
    private final boolean isJoined;
    private @Nullable Cells cells;

    /// @param key which part of the object; empty where it has no parts
    /// @param isJoined whether it is several parts that some operations are about together
    /// @param numbers the operations, by their numbers in the history
    Part(SequentialObject<S> object, Optional<Value> key, boolean isJoined, History history, int[] numbers) {
        this.isJoined = isJoined;
        this.object = object;
        this.key = key;
        this.history = history;
        this.numbers = numbers;
        this.kinds = new int[numbers.length];
        this.examples = examples();
        this.accesses = new Access[examples.length];
        // What an operation does to a cell says nothing where there are several.
        var isOneCell = !isJoined || object.family() != Family.CELL;
        for (int kind = 0; isOneCell && kind < examples.length; kind++) {
            accesses[kind] = object.access(operation(examples[kind])).orElse(null);
        }
    }

    /// Numbers the kinds in the order in which they first occur.
    private int[] examples() {
        var known = new LongIntMap();
        var examples = new int[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            int likeness = history.likeness(numbers[i]);
            int kind = known.get(likeness);
            if (kind == LongIntMap.NONE) {
                kind = count;
                known.put(likeness, kind);
                examples[count++] = i;
            }
            kinds[i] = kind;
        }
        return Arrays.copyOf(examples, count);
    }

    SequentialObject<S> object() {
        return object;
    }

    Optional<Value> key() {
        return key;
    }

    int size() {
        return numbers.length;
    }

    /// When operation `i` was invoked. All begins and ends of a history differ.
    int begin(int i) {
        return history.begin(numbers[i]);
    }

    /// When it completed; [#NEVER] where it is open.
    int end(int i) {
        return history.end(numbers[i]);
    }

    boolean isOpen(int i) {
        return end(i) == NEVER;
    }

    /// The same number for operations that the object cannot tell from each other; from 0 on.
    int kind(int i) {
        return kinds[i];
    }

    int kinds() {
        return examples.length;
    }

    /// One operation of a kind.
    Operation example(int kind) {
        return operation(examples[kind]);
    }

    Operation operation(int i) {
        return history.operation(numbers[i]);
    }

    /// What an operation does; empty where the object has no words for it.
    Optional<Access> access(int i) {
        return Optional.ofNullable(accesses[kinds[i]]);
    }

    /// Whether operations of a kind can be done in every state, and leave the same state whatever was before.
    boolean isOverwrite(int kind) {
        return object.family() == Family.CELL && accesses[kind] instanceof Access.Write;
    }

    /// What operations of a kind do.
    Optional<Access> accessOfKind(int kind) {
        return Optional.ofNullable(accesses[kind]);
    }

    /// Whether operations of a kind, which see a value, see the one that is there at first. An open one can
    /// be done in any state, but shows what it saw by what it does.
    boolean seesInitial(int kind) {
        var initial = object.initial();
        var after = object.step(initial, example(kind));
        return after.isPresent() && !(example(kind).isOpen() && after.get().equals(initial));
    }

    /// What the operations see and leave, where the part is a cell.
    Cells cells() {
        if (cells == null) {
            cells = new Cells(this);
        }
        return cells;
    }

    /// The part without those operations that are not to be kept.
    Part<S> only(boolean[] isKept) {
        var kept = new int[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (isKept[i]) {
                kept[count++] = numbers[i];
            }
        }
        return count == numbers.length ? this : new Part<>(object, key, isJoined, history, Arrays.copyOf(kept, count));
    }

    /// What completed, the earliest completion first.
    int[] byEnd() {
        var keys = new long[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (!isOpen(i)) {
                keys[count++] = (long) end(i) << Integer.SIZE | i;
            }
        }
        Arrays.sort(keys, 0, count);
        var sorted = new int[count];
        for (int at = 0; at < count; at++) {
            sorted[at] = (int) keys[at];
        }
        return sorted;
    }

    /// Operations of this part, by the numbers that they have in it.
    List<Operation> operations(Numbers order) {
        var inHistory = new int[order.size()];
        for (int at = 0; at < order.size(); at++) {
            inHistory[at] = numbers[order.get(at)];
        }
        return history.operations(inHistory);
    }

    /// The numbers in the history of operations of this part.
    int inHistory(int i) {
        return numbers[i];
    }
}
