package dev.scrubjay.history;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// JSON lines: one event after the other, an object each.
final class JsonLines implements FormReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private int line = 1;

    JsonLines(Reader in) {
        this.parser = JSON.createParser(ObjectReadContext.empty(), in);
    }

    @Override
    public Optional<Value> next() throws IOException {
        try {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            line = parser.currentTokenLocation().getLineNr();
            return Optional.of(value());
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            line = parser.currentLocation().getLineNr();
            throw new HistoryException("not JSON: " + reason(e));
        }
    }

    @Override
    public int line() {
        return line;
    }

    /// Without the place where the open object began, of which Jackson prints everything but the place.
    private static String reason(JacksonException e) {
        var reason = e.getOriginalMessage().replace('\n', ' ');
        int begin = reason.indexOf(" (start marker");
        return begin < 0 ? reason : reason.substring(0, begin);
    }

    private Value value() {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Value.absent();
            case VALUE_TRUE -> new Value.Truth(true);
            case VALUE_FALSE -> new Value.Truth(false);
            case VALUE_STRING -> Value.text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Value.number(parser.getDecimalValue());
            case START_ARRAY -> sequence();
            case START_OBJECT -> mapping();
            default -> throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
        };
    }

    private Value sequence() {
        var elements = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return new Value.Sequence(elements);
    }

    private Value mapping() {
        var entries = new LinkedHashMap<String, Value>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            parser.nextToken();
            if (entries.put(key, value()) != null) {
                throw new HistoryException("not JSON: " + Value.text(key) + " stands twice in one object; remove one");
            }
        }
        return new Value.Mapping(entries);
    }

    static String text(Event event) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeNumberProperty("index", event.index());
            out.writeStringProperty("type", event.type().word());
            out.writeNumberProperty("process", event.process());
            out.writeNumberProperty("time", event.time());
            out.writeStringProperty("f", event.f());
            if (!(event.value() instanceof Value.Absent)) {
                out.writeName("value");
                write(event.value(), out);
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private static void write(Value value, JsonGenerator out) {
        switch (value) {
            case Value.Absent absent -> out.writeNull();
            case Value.Truth(boolean holds) -> out.writeBoolean(holds);
            case Value.Whole(long number) -> out.writeNumber(number);
            case Value.Decimal(var number) -> out.writeNumber(number);
            case Value.Text(String text) -> out.writeString(text);
            case Value.Sequence(var elements) -> {
                out.writeStartArray();
                elements.forEach(element -> write(element, out));
                out.writeEndArray();
            }
            case Value.Mapping(var entries) -> {
                out.writeStartObject();
                entries.forEach((key, entry) -> {
                    out.writeName(key);
                    write(entry, out);
                });
                out.writeEndObject();
            }
        }
    }
}
