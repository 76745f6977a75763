package dev.scrubjay.history;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Histories of every shape that may be recorded, with values of every kind.
final class ArbitraryHistories {
    /// What one process does next. An idle process invokes; a busy one ends its operation, in one of three
    /// ways.
    private record Turn(int process, int ending, String f, Value value, long time) {}

    private ArbitraryHistories() {}

    static Arbitrary<History> histories() {
        var turn = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.of("put", "get", "a name with blanks", "nil", "1", ""),
                        values(2),
                        Arbitraries.longs())
                .as(Turn::new);
        return turn.list().ofMaxSize(20).map(ArbitraryHistories::play);
    }

    private static History play(List<Turn> turns) {
        var recorder = new Recorder();
        Map<Integer, Integer> open = new HashMap<>();
        Map<Integer, Long> names = new HashMap<>();
        for (var turn : turns) {
            long process = names.computeIfAbsent(turn.process(), Integer::longValue);
            if (!open.containsKey(turn.process())) {
                open.put(turn.process(), recorder.invoke(process, turn.time(), turn.f(), turn.value()));
                continue;
            }
            int invocation = open.remove(turn.process());
            switch (turn.ending()) {
                case 0 -> recorder.fail(invocation, turn.time());
                case 1 -> {
                    recorder.info(invocation, turn.time());
                    names.put(turn.process(), process + 1_000_000_000_000L);
                }
                default -> recorder.ok(invocation, turn.time(), turn.value());
            }
        }
        return recorder.history();
    }

    private static Arbitrary<Value> values(int depth) {
        var simple = Arbitraries.oneOf(
                Arbitraries.just(Value.absent()),
                Arbitraries.of(true, false).map(Value.Truth::new),
                Arbitraries.longs().map(Value::number),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e30"), new BigDecimal("1e30"))
                        .ofScale(5)
                        .map(Value::number),
                texts().map(Value::text));
        if (depth == 0) {
            return simple;
        }
        var inner = values(depth - 1);
        return Arbitraries.oneOf(
                simple,
                inner.list().ofMaxSize(3).map(Value.Sequence::new),
                Combinators.combine(texts(), inner)
                        .as(Value.Mapping::of)
                        .list()
                        .ofMaxSize(3)
                        .map(ArbitraryHistories::union));
    }

    private static Value union(List<Value.Mapping> mappings) {
        var entries = new LinkedHashMap<String, Value>();
        mappings.forEach(mapping -> entries.putAll(mapping.entries()));
        return new Value.Mapping(entries);
    }

    /// Any characters that make a text.
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(text -> text.replaceAll("\\p{Cs}", "")),
                Arbitraries.strings().ascii().ofMaxLength(8),
                Arbitraries.of("key", "nil", ":key", "1", "\\", "\"", "\u2028", "\ud83d\ude00"));
    }
}
