package dev.scrubjay.state;

import dev.scrubjay.port.StateStore;
import dev.scrubjay.port.StateStore.Changes;
import dev.scrubjay.port.StateStore.Reader;
import dev.scrubjay.port.StateStore.Snapshot;
import dev.scrubjay.value.Bytes;
import dev.scrubjay.value.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Rows as tests write them: `key=value`.
final class StateRows {
    private StateRows() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static Consumer<Changes> puts(String... rows) {
        return changes -> {
            for (var row : rows) {
                int equals = row.indexOf('=');
                changes.put(bytes(row.substring(0, equals)), bytes(row.substring(equals + 1)));
            }
        };
    }

    static List<Row> rows(String... rows) {
        return Arrays.stream(rows)
                .map(row -> row.split("=", -1))
                .map(row -> new Row(Bytes.of(bytes(row[0])), Bytes.of(bytes(row[1]))))
                .toList();
    }

    /// Rows in the order of their keys, of some 70 bytes each, which do not get shorter when they are
    /// compressed.
    static String[] many(int count) {
        var random = new Random(1);
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%04d=%016x%016x%016x%016x",
                        i,
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong(),
                        random.nextLong()))
                .toArray(String[]::new);
    }

    static Optional<String> get(StateStore store, long group, String key) {
        return store.get(group, bytes(key)).map(StateRows::text);
    }

    static List<String> all(StateStore store, long group) {
        var rows = new ArrayList<String>();
        store.scan(group, new byte[0], into(rows));
        return rows;
    }

    static List<String> all(Snapshot snapshot) {
        var rows = new ArrayList<String>();
        snapshot.scan(new byte[0], into(rows));
        return rows;
    }

    private static Reader into(List<String> rows) {
        return (key, value) -> rows.add(text(key) + "=" + text(value));
    }
}
