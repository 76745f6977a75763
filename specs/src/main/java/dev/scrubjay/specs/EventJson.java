package dev.scrubjay.specs;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Looks at a JSON object before TLC gets it: TLA+ has no fractions, no null, and in TLC no number beyond 32
/// bits.
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Half a character pair is legal in JSON, and would not survive a file in UTF-8.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private EventJson() {}

    /// The same object, on one line and without the keys to leave out.
    ///
    /// @param where what this is, for the message if it cannot be used
    /// @throws InputException if it is no JSON object, or has a value that TLA+ has no counterpart for
    static String check(String text, Set<String> leavesOut, String where) {
        if (!(parse(text, where) instanceof ObjectNode object)) {
            throw new InputException(where + ": wants a JSON object, {...}");
        }
        object.remove(leavesOut);
        checkValues(object, where, "");
        return JSON.writeValueAsString(object);
    }

    private static JsonNode parse(String text, String where) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new InputException(where + ": not JSON: " + Diagnosis.oneLine(e.getOriginalMessage()));
        }
    }

    /// @param path how to get from the object to this value
    private static void checkValues(JsonNode value, String where, String path) {
        if (value.isObject()) {
            value.forEachEntry((name, inner) -> checkValues(inner, where, path.isEmpty() ? name : path + "." + name));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                checkValues(value.get(i), where, path + "[" + i + "]");
            }
        } else if (value.isIntegralNumber() && !value.isInt()) {
            throw new InputException(where + ": " + path + ": " + value + " is beyond the 32 bits of a number in TLC; "
                    + "leave this key out, or count from another origin or in another unit");
        } else if (!value.isString() && !value.isBoolean() && !value.isInt()) {
            throw new InputException(where + ": " + path + ": TLA+ has no value for " + value
                    + "; write a string, a whole number, true, false, an array or an object");
        }
    }
}
