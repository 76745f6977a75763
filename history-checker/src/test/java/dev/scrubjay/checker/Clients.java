package dev.scrubjay.checker;

import dev.scrubjay.history.Value;
import dev.scrubjay.object.DumbStore;
import dev.scrubjay.object.KeyValueReply;
import dev.scrubjay.object.KeyValueRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the clients of a system ask it in tests, numbered, and what it answers, right or wrong.
interface Clients {
    /// How many different calls there are.
    int calls();

    String f(int call);

    Value argument(int call);

    /// Makes a call and gives its result; empty where it failed.
    Optional<Value> make(int call);

    /// Something that a call might have given back.
    Value lie(int call, int choice);

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
        var store = new DumbStore();
        return new Clients() {
            @Override
            public int calls() {
                return requests.size();
            }

            @Override
            public String f(int call) {
                return requests.get(call).f();
            }

            @Override
            public Value argument(int call) {
                return requests.get(call).argument();
            }

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

    /// Clients of a register with two values.
    static Clients ofARegister() {
        record Call(String f, Value argument) {}
        int values = 2;
        var calls = new ArrayList<Call>();
        for (int i = 0; i < values; i++) {
            calls.add(new Call("read", Value.absent()));
            calls.add(new Call("write", Value.number(i)));
            for (int j = 0; j < values; j++) {
                calls.add(new Call("cas", Value.sequence(Value.number(i), Value.number(j))));
            }
        }
        return new Clients() {
            private Value held = Value.absent();

            @Override
            public int calls() {
                return calls.size();
            }

            @Override
            public String f(int call) {
                return calls.get(call).f();
            }

            @Override
            public Value argument(int call) {
                return calls.get(call).argument();
            }

            @Override
            public Optional<Value> make(int call) {
                var argument = argument(call);
                switch (f(call)) {
                    case "read" -> {
                        return Optional.of(held);
                    }
                    case "write" -> held = argument;
                    default -> {
                        var oldAndNew = ((Value.Sequence) argument).elements();
                        if (!oldAndNew.getFirst().equals(held)) {
                            return Optional.empty();
                        }
                        held = oldAndNew.getLast();
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
}
