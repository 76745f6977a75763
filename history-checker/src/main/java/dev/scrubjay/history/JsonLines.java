package dev.scrubjay.history;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// JSON lines: one event after the other, an object each.
final class JsonLines implements EventReader {
    /// A text may be as long as the source lets an event be.
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(2 * Source.EVENT_MAX)
                    .build())
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final Source source;
    private final JsonParser parser;
    private final Tokens tokens = new Tokens();
    private int line = 1;

    JsonLines(Source source) {
        this.source = source;
        this.parser = JSON.createParser(ObjectReadContext.empty(), source);
    }

    @Override
    public boolean next(Draft draft) throws IOException {
        source.begin();
        try {
            var token = parser.nextToken();
            if (token == null) {
                return false;
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token != JsonToken.START_OBJECT) {
                draft.put(value());
                return true;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                draft.put(name, value());
            }
            return true;
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
            case VALUE_STRING ->
                tokens.text(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> Value.number(parser.getLongValue());
                    default -> Value.number(new BigDecimal(parser.getBigIntegerValue()));
                };
            case VALUE_NUMBER_FLOAT -> Value.number(parser.getDecimalValue());
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

    /// Writes all events, one a line.
    static void write(History history, Writer to) throws IOException {
        try (var out = JSON.createGenerator(ObjectWriteContext.empty(), to)) {
            for (var event : history.events()) {
                write(event, out);
            }
            if (!history.events().isEmpty()) {
                out.writeRaw('\n');
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    private static void write(Event event, JsonGenerator out) {
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
