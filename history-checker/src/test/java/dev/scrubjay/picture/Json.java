package dev.scrubjay.picture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON as maps, lists, texts, numbers and truths; a null is no entry at all.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    static Map<?, ?> read(String text) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            var object = mapping(parser);
            if (parser.nextToken() != null) {
                throw new IllegalStateException("something stands behind the JSON: " + parser.currentToken());
            }
            return object;
        }
    }

    private static Map<String, Object> mapping(JsonParser parser) {
        var mapping = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                mapping.put(name, value(parser));
            }
        }
        return mapping;
    }

    private static List<Object> sequence(JsonParser parser) {
        var sequence = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            sequence.add(value(parser));
        }
        return sequence;
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser);
            case START_ARRAY -> sequence(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IllegalStateException("a value cannot be " + parser.currentToken());
        };
    }

    /// A part that has to be there.
    static Object part(Map<?, ?> mapping, String name) {
        return Objects.requireNonNull(mapping.get(name), name);
    }

    static Map<?, ?> mapping(Map<?, ?> mapping, String name) {
        return (Map<?, ?>) part(mapping, name);
    }

    static List<?> sequence(Map<?, ?> mapping, String name) {
        return (List<?>) part(mapping, name);
    }

    static long number(Map<?, ?> mapping, String name) {
        return (long) part(mapping, name);
    }

    /// A text in quotes.
    static String quote(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c <= '~' && c != '"' && c != '\\' ? "" + c : String.format("\\u%04x", (int) c));
        }
        return out.append('"').toString();
    }
}
