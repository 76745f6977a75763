package dev.scrubjay.history;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes ours of what Clojure keeps in memory, so that a program in Clojure need not print a history to have
/// it checked. A value is what our reader of EDN makes of the value printed.
///
/// Nothing here is compiled against Clojure, whose collections are Java's as well.
public final class ClojureData {
    /// As deep as files may nest.
    private static final int DEPTH_MAX = 500;

    private ClojureData() {}

    /// A history of operations as Jepsen keeps them: maps or records, one for each event. Those of a nemesis
    /// are passed over. What has no `:index` is numbered by its place.
    ///
    /// @throws HistoryException where that is no history; the message begins with the place of an operation
    public static History history(Iterable<?> operations) {
        var recorder = new Recorder();
        var draft = new Draft();
        int next = 0;
        int place = 0;
        for (var operation : operations) {
            try {
                draft.put(value(operation, DEPTH_MAX));
                next = draft.addTo(recorder, next);
            } catch (HistoryException e) {
                throw e.at("operation " + place + " of the history");
            }
            draft.clear();
            place++;
        }
        return recorder.history();
    }

    /// What a value of Clojure is for us. What EDN has no form for is the text that it has for people.
    ///
    /// @throws HistoryException where forms nest too deeply, or two keys of a map are the same text
    public static Value value(@Nullable Object form) {
        return value(form, DEPTH_MAX);
    }

    static Value value(@Nullable Object form, int depthMax) {
        if (depthMax < 0) {
            throw tooDeep();
        }
        return switch (form) {
            case null -> Value.absent();
            case Boolean truth -> new Value.Truth(truth);
            case Long number -> Value.number(number);
            case Double number -> EdnToken.floating(number);
            case Float number -> EdnToken.floating(Double.parseDouble(number.toString()));
            case Number number -> number(number);
            case String text -> Value.text(text);
            case Character character -> Value.text(character.toString());
            case Date date -> instant(date);
            case UUID uuid -> Value.text(uuid.toString());
            case Map<?, ?> map -> mapping(map, depthMax);
            case Set<?> set -> Edn.set(values(set, depthMax));
            case Iterable<?> several -> new Value.Sequence(values(several, depthMax));
            default -> name(form);
        };
    }

    private static Value number(Number number) {
        // A ratio has no digits that end; it stays as it is written.
        var text = number.toString();
        return text.indexOf('/') < 0 ? Value.number(new BigDecimal(text)) : Value.text(text);
    }

    /// As Clojure's reader has it, which keeps milliseconds. Not every kind of date can be made an instant in
    /// another way.
    @SuppressWarnings("JavaUtilDate")
    private static Value instant(Date date) {
        return Value.text(Instant.ofEpochMilli(date.getTime()).toString());
    }

    private static List<Value> values(Iterable<?> forms, int depthMax) {
        var values = new ArrayList<Value>();
        forms.forEach(form -> values.add(value(form, depthMax - 1)));
        return values;
    }

    private static Value mapping(Map<?, ?> map, int depthMax) {
        var entries = new LinkedHashMap<String, Value>();
        map.forEach((name, entry) -> {
            var key = EdnReader.key(value(name, depthMax - 1));
            if (entries.put(key, value(entry, depthMax - 1)) != null) {
                throw new HistoryException("not EDN: " + EdnReader.twice(key));
            }
        });
        return new Value.Mapping(entries);
    }

    /// Keywords, symbols, and what has no form.
    private static Value name(Object form) {
        var text = form.toString();
        return Value.text(form.getClass().getName().equals("clojure.lang.Keyword") ? text.substring(1) : text);
    }

    static HistoryException tooDeep() {
        return new HistoryException("not EDN: too many forms inside each other");
    }
}
