package dev.scrubjay.history;

import java.io.Reader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// JSON lines: one event after the other, an object each.
final class JsonLines {
    /// Half of a surrogate pair is a text too, but no file can hold it unless it is escaped.
    private static final int SURROGATES_BEGIN = 0xD800;

    private static final JsonFactory JSON =
            JsonFactory.builder().highestNonEscapedChar(SURROGATES_BEGIN - 1).build();

    private final Reader in;
    private final String name;

    JsonLines(Reader in, String name) {
        this.in = in;
        this.name = name;
    }

    void read(Histories.Forms forms) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            while (parser.nextToken() != null) {
                int line = parser.currentTokenLocation().getLineNr();
                forms.take(value(parser), line);
            }
        } catch (JacksonException e) {
            var location = e.getLocation();
            throw new HistoryException(
                    name + ":" + (location == null ? 1 : location.getLineNr()) + ": not JSON: " + reason(e));
        }
    }

    /// Without the place where the open object began, of which Jackson prints everything but the place.
    private static String reason(JacksonException e) {
        var reason = e.getOriginalMessage().replace('\n', ' ');
        int begin = reason.indexOf(" (start marker");
        return begin < 0 ? reason : reason.substring(0, begin);
    }

    private Value value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> Value.absent();
            case VALUE_TRUE -> new Value.Truth(true);
            case VALUE_FALSE -> new Value.Truth(false);
            case VALUE_STRING -> Value.text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Value.number(parser.getDecimalValue());
            case START_ARRAY -> sequence(parser);
            case START_OBJECT -> mapping(parser);
            default -> throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
        };
    }

    private Value sequence(JsonParser parser) {
        var elements = new ArrayList<Value>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Value.Sequence(elements);
    }

    private Value mapping(JsonParser parser) {
        var entries = new LinkedHashMap<String, Value>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            if (entries.put(key, value(parser)) != null) {
                throw new HistoryException(
                        name + ":" + line + ": " + Value.text(key) + " stands twice in one object; remove one");
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
