package dev.scrubjay.history;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes values and events as EDN, in the words that Jepsen uses.
final class Edn {
    private static final HexFormat HEX = HexFormat.of();

    /// Whole numbers by their worth, then everything else by its text.
    private static final Comparator<Value> SET_ORDER = Comparator.comparing(
                    (Value value) -> !(value instanceof Value.Whole))
            .thenComparingLong(value -> value instanceof Value.Whole(long number) ? number : 0)
            .thenComparing(value -> value instanceof Value.Whole ? "" : canonical(value));

    private Edn() {}

    static String text(Value value) {
        var out = new StringBuilder();
        write(value, false, out);
        return out.toString();
    }

    /// The same text for equal values: with the names of mappings in order.
    static String canonical(Value value) {
        var out = new StringBuilder();
        write(value, true, out);
        return out.toString();
    }

    /// What a set is for us: the sequence of its elements in an order that does not depend on how it was
    /// written.
    static Value set(List<Value> elements) {
        var sorted = new ArrayList<>(elements);
        sorted.sort(SET_ORDER);
        return new Value.Sequence(sorted);
    }

    static void write(Event event, StringBuilder out) {
        out.append("{:type :").append(event.type().word());
        out.append(", :process ").append(event.process());
        out.append(", :f ");
        name(event.f(), out);
        out.append(", :value ");
        write(event.value(), false, out);
        out.append(", :time ").append(event.time());
        out.append(", :index ").append(event.index());
        out.append('}');
    }

    private static void write(Value value, boolean isCanonical, StringBuilder out) {
        switch (value) {
            case Value.Absent absent -> out.append("nil");
            case Value.Truth(boolean holds) -> out.append(holds);
            case Value.Whole(long number) -> out.append(number);
            case Value.Decimal(var number) -> decimal(number, out);
            case Value.Text(String text) -> quote(text, out);
            case Value.Sequence(var elements) -> {
                out.append('[');
                for (int i = 0; i < elements.size(); i++) {
                    out.append(i == 0 ? "" : " ");
                    write(elements.get(i), isCanonical, out);
                }
                out.append(']');
            }
            case Value.Mapping(var entries) ->
                mapping(isCanonical ? new TreeMap<>(entries) : entries, isCanonical, out);
        }
    }

    private static void mapping(Map<String, Value> entries, boolean isCanonical, StringBuilder out) {
        out.append('{');
        var gap = "";
        for (var entry : entries.entrySet()) {
            out.append(gap);
            name(entry.getKey(), out);
            out.append(' ');
            write(entry.getValue(), isCanonical, out);
            gap = ", ";
        }
        out.append('}');
    }

    /// Marked as exact where a reader would else round it to 64 bits.
    private static void decimal(BigDecimal number, StringBuilder out) {
        out.append(number);
        if (!EdnToken.floating(number.doubleValue()).equals(new Value.Decimal(number))) {
            out.append('M');
        }
    }

    /// A keyword where it can be one. It is read back as the same text.
    private static void name(String name, StringBuilder out) {
        if (isKeyword(name)) {
            out.append(':').append(name);
        } else {
            quote(name, out);
        }
    }

    /// Whether every reader of EDN takes a name for one keyword.
    private static boolean isKeyword(String name) {
        if (name.isEmpty() || (!EdnToken.isLetter(name.charAt(0)) && name.charAt(0) != '_')) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!EdnToken.isLetter(c) && !EdnToken.isDigit(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || (c > '~' && (Character.isISOControl(c) || c == '\u2028' || c == '\u2029'))) {
                        out.append("\\u").append(HEX.toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
