package dev.scrubjay.history;

import java.util.Locale;
import java.util.regex.Pattern;

/// Writes values and events as EDN, in the words that Jepsen uses.
final class Edn {
    /// Names that every reader of EDN takes for one keyword.
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private Edn() {}

    static String text(Event event) {
        var out = new StringBuilder("{:type :").append(event.type().word());
        out.append(", :process ").append(event.process());
        out.append(", :f ");
        name(event.f(), out);
        out.append(", :value ");
        write(event.value(), out);
        out.append(", :time ").append(event.time());
        out.append(", :index ").append(event.index());
        return out.append('}').toString();
    }

    static String text(Value value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Absent absent -> out.append("nil");
            case Value.Truth(boolean holds) -> out.append(holds);
            case Value.Whole(long number) -> out.append(number);
            case Value.Decimal(var number) -> out.append(number);
            case Value.Text(String text) -> quote(text, out);
            case Value.Sequence(var elements) -> {
                out.append('[');
                var gap = "";
                for (var element : elements) {
                    out.append(gap);
                    write(element, out);
                    gap = " ";
                }
                out.append(']');
            }
            case Value.Mapping(var entries) -> {
                out.append('{');
                var gap = "";
                for (var entry : entries.entrySet()) {
                    out.append(gap);
                    name(entry.getKey(), out);
                    out.append(' ');
                    write(entry.getValue(), out);
                    gap = ", ";
                }
                out.append('}');
            }
        }
    }

    /// A keyword where it can be one. It is read back as the same text.
    private static void name(String name, StringBuilder out) {
        if (KEYWORD.matcher(name).matches()) {
            out.append(':').append(name);
        } else {
            quote(name, out);
        }
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
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        out.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
