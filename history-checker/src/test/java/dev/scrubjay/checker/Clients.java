package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.DumbStore;
import dev.scrubjay.object.KeyValueReply;
import dev.scrubjay.object.KeyValueRequest;
import dev.scrubjay.object.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the clients of a system ask it in tests, numbered, and what it answers, right or wrong.
///
/// The system is the plainest thing that does what the object of the same name says, and keeps changing as
/// calls are made.
public interface Clients {
    /// A call: the name of an operation and what it is given.
    record Call(String f, Value argument) {}

    /// How many different calls there are.
    int calls();

    /// The name of a call's operation.
    String f(int call);

    /// What a call is given.
    Value argument(int call);

    /// Makes a call and gives its result; empty where it failed.
    Optional<Value> make(int call);

    /// Something that a call might have given back. Where it is not what [#make] gives, it is wrong.
    Value lie(int call, int choice);

    /// Whether the system might as well have given back something else than it did.
    default boolean isAsRight(int call, Value result, Value other) {
        return false;
    }

    /// The clients of every object, by its name, for a system that begins as a reading says.
    static SortedMap<String, Function<Reading, Clients>> all() {
        var all = new TreeMap<String, Function<Reading, Clients>>();
        all.put("append-store", reading -> ofAnAppendStore());
        all.put("cas-register", reading -> ofARegister(reading.initial()));
        all.put("counter", reading -> ofACounter(reading.initial()));
        all.put("fenced-lock", reading -> ofAFencedLock());
        all.put("independent:counter", reading -> ofEach(() -> ofACounter(reading.initial())));
        all.put("independent:key-value-store", reading -> ofEach(Clients::ofAStore));
        all.put("independent:queue", reading -> ofEach(() -> ofAQueue("enqueue", "dequeue", Deque::addLast)));
        all.put("independent:register", reading -> ofEach(() -> ofARegister(reading.initial())));
        all.put("independent:set", reading -> ofEach(() -> ofASet("add", "remove", "contains", "read")));
        all.put("key-value-store", reading -> ofAStore());
        all.put("lock", reading -> ofALock());
        all.put("log", reading -> ofALog());
        all.put("multi-register", reading -> ofAMultiRegister(reading.initial()));
        all.put("mutex", reading -> ofAMutex());
        all.put("priority-queue", reading -> ofAPriorityQueue());
        all.put("queue", reading -> ofAQueue("enqueue", "dequeue", Deque::addLast));
        all.put("register", reading -> ofARegister(reading.initial()));
        all.put("set", reading -> ofASet("add", "remove", "contains", "read"));
        all.put("stack", reading -> ofAQueue("push", "pop", Deque::addFirst));
        return all;
    }

    /// The clients of one object.
    static Clients of(String object, Reading reading) {
        return Objects.requireNonNull(all().get(object), object).apply(reading);
    }

    /// Clients of a key-value store with two keys and two values.
    static Clients ofAStore() {
        var keys = List.of(Value.text("k"), Value.text("l"));
        var values = List.of(Value.text("x"), Value.text("y"));
        var maybes = List.of(Optional.<Value>empty(), Optional.of(values.get(0)), Optional.of(values.get(1)));
        var requests = new ArrayList<KeyValueRequest>();
        for (var key : keys) {
            requests.add(new KeyValueRequest.Get(key));
            requests.add(new KeyValueRequest.Get(key));
            requests.add(new KeyValueRequest.Delete(key));
            for (var value : values) {
                requests.add(new KeyValueRequest.Put(key, value));
                maybes.forEach(expected -> requests.add(new KeyValueRequest.ConditionalPut(key, expected, value)));
            }
        }
        var calls = requests.stream()
                .map(request -> new Call(request.f(), request.argument()))
                .toList();
        var store = new DumbStore();
        return new Listed(calls) {
            @Override
            public Optional<Value> make(int call) {
                return Optional.of(store.answer(requests.get(call)).result());
            }

            @Override
            public Value lie(int call, int choice) {
                var held = maybes.get(choice % maybes.size());
                KeyValueReply reply = switch (requests.get(call)) {
                    case KeyValueRequest.Get get -> new KeyValueReply.Found(held);
                    case KeyValueRequest.ConditionalPut put when choice % 4 != 0 -> new KeyValueReply.Unmet(held);
                    default -> new KeyValueReply.Done();
                };
                return reply.result();
            }
        };
    }

    /// Clients of a register that holds nothing at first, with two values.
    static Clients ofARegister() {
        return ofARegister(Value.absent());
    }

    /// Clients of a register with two values.
    static Clients ofARegister(Value initial) {
        int values = 2;
        var calls = new ArrayList<Call>();
        for (int i = 0; i < values; i++) {
            calls.add(new Call("read", Value.absent()));
            calls.add(new Call("write", Value.number(i)));
            for (int j = 0; j < values; j++) {
                calls.add(new Call("cas", Value.sequence(Value.number(i), Value.number(j))));
            }
        }
        return new Listed(calls) {
            private Value held = initial;

            @Override
            public Optional<Value> make(int call) {
                var argument = argument(call);
                switch (f(call)) {
                    case "read" -> {
                        return Optional.of(held);
                    }
                    case "write" -> held = argument;
                    default -> {
                        if (!elements(argument).getFirst().equals(held)) {
                            return Optional.empty();
                        }
                        held = elements(argument).getLast();
                    }
                }
                return Optional.of(argument);
            }

            @Override
            public Value lie(int call, int choice) {
                int value = choice % (values + 1);
                return f(call).equals("read") ? value == values ? Value.absent() : Value.number(value) : argument(call);
            }
        };
    }

    /// Clients of an append store with two keys and two letters.
    private static Clients ofAnAppendStore() {
        var calls = new ArrayList<Call>();
        for (var key : List.of(Value.text("k"), Value.text("l"))) {
            for (var text : List.of("a", "b")) {
                calls.add(new Call("get", Value.sequence(key, Value.absent())));
                calls.add(new Call("put", Value.sequence(key, Value.text(text))));
                calls.add(new Call("append", Value.sequence(key, Value.text(text))));
            }
            calls.add(new Call("put", Value.sequence(key, Value.text(""))));
        }
        return new Listed(calls) {
            private final Map<Value, String> texts = new HashMap<>();

            @Override
            public Optional<Value> make(int call) {
                var key = elements(argument(call)).getFirst();
                var held = texts.getOrDefault(key, "");
                if (f(call).equals("get")) {
                    return Optional.of(Value.sequence(key, Value.text(held)));
                }
                var text = ((Value.Text) elements(argument(call)).getLast()).text();
                texts.put(key, f(call).equals("put") ? text : held + text);
                return Optional.of(Value.absent());
            }

            @Override
            public Value lie(int call, int choice) {
                var texts = List.of("", "a", "b", "ab", "ba", "aa");
                return f(call).equals("get")
                        ? Value.sequence(
                                elements(argument(call)).getFirst(), Value.text(texts.get(choice % texts.size())))
                        : Value.absent();
            }
        };
    }

    /// Clients of a counter, which go up and down by little.
    private static Clients ofACounter(Value initial) {
        var calls = new ArrayList<Call>();
        for (int added = -1; added <= 2; added++) {
            calls.add(new Call("read", Value.absent()));
            calls.add(new Call("add", Value.number(added)));
        }
        calls.add(new Call("add-and-get", Value.number(1)));
        calls.add(new Call("add-and-get", Value.number(-2)));
        return new Listed(calls) {
            private long sum = initial instanceof Value.Whole(long number) ? number : 0;

            @Override
            public Optional<Value> make(int call) {
                if (argument(call) instanceof Value.Whole(long added)) {
                    sum += added;
                }
                return Optional.of(f(call).equals("add") ? argument(call) : Value.number(sum));
            }

            @Override
            public Value lie(int call, int choice) {
                return f(call).equals("add") ? argument(call) : Value.number(choice % 6 - 2);
            }
        };
    }

    /// Clients of a set of two values. One of them hears whether it changed the set.
    ///
    /// @param names of the operations that they use
    static Clients ofASet(String... names) {
        var calls = new ArrayList<Call>();
        for (var name : names) {
            for (int value = 1; value <= 2; value++) {
                calls.add(new Call(name, name.equals("read") ? Value.absent() : Value.number(value)));
            }
        }
        return new Listed(calls) {
            private final TreeSet<Long> set = new TreeSet<>();

            @Override
            public Optional<Value> make(int call) {
                if (!(argument(call) instanceof Value.Whole(long value))) {
                    return Optional.of(
                            new Value.Sequence(set.stream().map(Value::number).toList()));
                }
                var holds = f(call).equals("contains")
                        ? set.contains(value)
                        : f(call).equals("add") ? set.add(value) : set.remove(value);
                return Optional.of(hears(call) ? new Value.Truth(holds) : argument(call));
            }

            private boolean hears(int call) {
                return f(call).equals("contains") || argument(call).equals(Value.number(1));
            }

            @Override
            public Value lie(int call, int choice) {
                var reads = List.of(
                        Value.sequence(),
                        Value.sequence(Value.number(1)),
                        Value.sequence(Value.number(2)),
                        Value.sequence(Value.number(1), Value.number(2)));
                if (f(call).equals("read")) {
                    return reads.get(choice % reads.size());
                }
                return hears(call) ? new Value.Truth(choice % 2 == 0) : argument(call);
            }
        };
    }

    /// How a value goes into a queue or a stack.
    interface Insertion {
        /// Puts a value where it belongs.
        void insert(Deque<Value> queue, Value value);
    }

    /// Clients of a queue or a stack of three values.
    private static Clients ofAQueue(String put, String take, Insertion insertion) {
        var queue = new ArrayDeque<Value>();
        return ofACollection(
                put, take, value -> insertion.insert(queue, value), () -> Optional.ofNullable(queue.poll()));
    }

    private static Clients ofAPriorityQueue() {
        var queue = new PriorityQueue<Long>();
        return ofACollection(
                "insert",
                "delete-min",
                value -> queue.add(((Value.Whole) value).number()),
                () -> Optional.ofNullable(queue.poll()).map(Value::number));
    }

    /// Some that take hear that there was nothing, others fail then.
    private static Clients ofACollection(
            String put, String take, Consumer<Value> insert, Supplier<Optional<Value>> remove) {
        var orFail = Value.text("or fail");
        var calls = new ArrayList<Call>();
        for (int value : new int[] {2, 1, 3}) {
            calls.add(new Call(put, Value.number(value)));
            calls.add(new Call(take, value == 2 ? orFail : Value.absent()));
        }
        return new Listed(calls) {
            @Override
            public Optional<Value> make(int call) {
                if (f(call).equals(take)) {
                    var value = remove.get();
                    return argument(call).equals(orFail) ? value : Optional.of(value.orElse(Value.absent()));
                }
                insert.accept(argument(call));
                return Optional.of(argument(call));
            }

            @Override
            public Value lie(int call, int choice) {
                var values = List.of(Value.number(1), Value.absent(), Value.number(2), Value.number(3));
                return f(call).equals(take) ? values.get(choice % values.size()) : argument(call);
            }
        };
    }

    /// Clients of a log of two values.
    private static Clients ofALog() {
        var calls = new ArrayList<Call>();
        for (int value = 1; value <= 2; value++) {
            calls.add(new Call("append", Value.number(value)));
            calls.add(new Call("read", Value.absent()));
        }
        return new Listed(calls) {
            private final List<Value> log = new ArrayList<>();

            @Override
            public Optional<Value> make(int call) {
                if (f(call).equals("read")) {
                    return Optional.of(new Value.Sequence(log));
                }
                log.add(argument(call));
                return Optional.of(argument(call));
            }

            @Override
            public Value lie(int call, int choice) {
                var one = Value.number(1);
                var two = Value.number(2);
                var reads = List.of(
                        Value.sequence(),
                        Value.sequence(one),
                        Value.sequence(two),
                        Value.sequence(one, two),
                        Value.sequence(two, one),
                        Value.sequence(one, one));
                return f(call).equals("read") ? reads.get(choice % reads.size()) : argument(call);
            }
        };
    }

    private static Clients ofAMutex() {
        var calls = List.of(new Call("acquire", Value.absent()), new Call("release", Value.absent()));
        return new Listed(calls) {
            private boolean isHeld;

            @Override
            public Optional<Value> make(int call) {
                var isAcquire = f(call).equals("acquire");
                if (isHeld == isAcquire) {
                    return Optional.empty();
                }
                isHeld = isAcquire;
                return Optional.of(Value.absent());
            }

            @Override
            public Value lie(int call, int choice) {
                return Value.absent();
            }
        };
    }

    /// Clients of a lock that two may own.
    private static Clients ofALock() {
        var calls = new ArrayList<Call>();
        for (var owner : List.of(Value.text("a"), Value.text("b"))) {
            calls.add(new Call("acquire", owner));
            calls.add(new Call("release", owner));
        }
        return new Listed(calls) {
            private Optional<Value> owner = Optional.empty();

            @Override
            public Optional<Value> make(int call) {
                var isAcquire = f(call).equals("acquire");
                if (!owner.equals(isAcquire ? Optional.empty() : Optional.of(argument(call)))) {
                    return Optional.empty();
                }
                owner = isAcquire ? Optional.of(argument(call)) : Optional.empty();
                return Optional.of(argument(call));
            }

            @Override
            public Value lie(int call, int choice) {
                return argument(call);
            }
        };
    }

    /// Clients of a lock that two may own. It gives tokens without gaps, which it need not.
    private static Clients ofAFencedLock() {
        var calls = new ArrayList<Call>();
        for (var owner : List.of(Value.text("a"), Value.text("b"))) {
            for (int token = 1; token <= 3; token++) {
                calls.add(new Call("acquire", owner));
                calls.add(new Call("release", Value.sequence(owner, Value.number(token))));
            }
        }
        return new Listed(calls) {
            private Value held = Value.absent();
            private long token;

            @Override
            public Optional<Value> make(int call) {
                if (f(call).equals("acquire")) {
                    if (!(held instanceof Value.Absent)) {
                        return Optional.empty();
                    }
                    token++;
                    held = Value.sequence(argument(call), Value.number(token));
                    return Optional.of(Value.number(token));
                }
                if (!held.equals(argument(call))) {
                    return Optional.empty();
                }
                held = Value.absent();
                return Optional.of(argument(call));
            }

            @Override
            public Value lie(int call, int choice) {
                return f(call).equals("acquire") ? Value.number(choice % 4) : argument(call);
            }

            // The first token may be any, and the next any that is greater.
            @Override
            public boolean isAsRight(int call, Value result, Value other) {
                return result instanceof Value.Whole(long given)
                        && other instanceof Value.Whole(long chosen)
                        && (given == 1 || chosen > given);
            }
        };
    }

    /// Clients of two registers.
    private static Clients ofAMultiRegister(Value initial) {
        var x = Value.text("x");
        var y = Value.text("y");
        var calls = new ArrayList<Call>();
        for (var steps : List.of(
                List.of(read(x)),
                List.of(read(y)),
                List.of(read(x), read(y)),
                List.of(write(x, 1)),
                List.of(write(x, 2)),
                List.of(write(y, 1)),
                List.of(write(x, 0)),
                List.of(write(x, 1), write(y, 2)),
                List.of(read(x), write(x, 2)),
                List.of(read(x), read(x), write(x, 1), read(x)),
                List.of(read(y), write(x, 2)),
                List.<Value>of())) {
            calls.add(new Call("txn", new Value.Sequence(steps)));
        }
        return new Listed(calls) {
            private final Map<Value, Value> registers = new HashMap<>();

            @Override
            public Optional<Value> make(int call) {
                var done = new ArrayList<Value>();
                for (var step : elements(argument(call))) {
                    var register = elements(step).get(1);
                    if (elements(step).getFirst().equals(Value.text("write"))) {
                        registers.put(register, elements(step).getLast());
                        done.add(step);
                    } else {
                        done.add(Value.sequence(
                                Value.text("read"), register, registers.getOrDefault(register, initial)));
                    }
                }
                return Optional.of(new Value.Sequence(done));
            }

            @Override
            public Value lie(int call, int choice) {
                var done = new ArrayList<Value>();
                int rest = choice;
                for (var step : elements(argument(call))) {
                    if (elements(step).getFirst().equals(Value.text("write"))) {
                        done.add(step);
                    } else {
                        done.add(Value.sequence(
                                Value.text("read"), elements(step).get(1), Value.number(rest % 3)));
                        rest /= 3;
                    }
                }
                return new Value.Sequence(done);
            }
        };
    }

    private static Value read(Value register) {
        return Value.sequence(Value.text("read"), register, Value.absent());
    }

    private static Value write(Value register, long value) {
        return Value.sequence(Value.text("write"), register, Value.number(value));
    }

    /// Clients of two systems of the same kind, under two keys.
    private static Clients ofEach(Supplier<Clients> system) {
        var systems = List.of(system.get(), system.get());
        int each = systems.getFirst().calls();
        return new Clients() {
            @Override
            public int calls() {
                return 2 * each;
            }

            @Override
            public String f(int call) {
                return systems.getFirst().f(call % each);
            }

            @Override
            public Value argument(int call) {
                return with(call, systems.getFirst().argument(call % each));
            }

            private Value with(int call, Value value) {
                return Value.sequence(Value.text(call < each ? "one" : "other"), value);
            }

            @Override
            public Optional<Value> make(int call) {
                return systems.get(call / each).make(call % each).map(result -> with(call, result));
            }

            @Override
            public Value lie(int call, int choice) {
                return with(call, systems.getFirst().lie(call % each, choice));
            }
        };
    }

    private static List<Value> elements(Value sequence) {
        return ((Value.Sequence) sequence).elements();
    }

    /// Clients whose calls stand in a list.
    abstract class Listed implements Clients {
        private final List<Call> calls;

        Listed(List<Call> calls) {
            this.calls = List.copyOf(calls);
        }

        @Override
        public final int calls() {
            return calls.size();
        }

        @Override
        public final String f(int call) {
            return calls.get(call).f();
        }

        @Override
        public final Value argument(int call) {
            return calls.get(call).argument();
        }
    }
}
