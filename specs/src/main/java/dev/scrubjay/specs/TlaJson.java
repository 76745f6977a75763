package dev.scrubjay.specs;

import java.util.ArrayList;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import util.UniqueString;

/// JSON as values of TLA+: an object is a record, an array a sequence. What has no counterpart was refused
/// before TLC was started ([EventJson]).
final class TlaJson {
    private TlaJson() {}

    /// The value that begins at the current token. Afterwards the current token is its last one.
    static Value value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> record(json);
            case START_ARRAY -> sequence(json);
            case VALUE_STRING -> new StringValue(json.getString());
            case VALUE_NUMBER_INT -> IntValue.gen(json.getIntValue());
            case VALUE_TRUE -> BoolValue.ValTrue;
            case VALUE_FALSE -> BoolValue.ValFalse;
            case null, default ->
                throw new IllegalArgumentException(
                        json.currentToken() + " at " + json.currentTokenLocation() + " is no value of TLA+");
        };
    }

    private static Value record(JsonParser json) {
        var names = new ArrayList<UniqueString>();
        var values = new ArrayList<Value>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            names.add(UniqueString.uniqueStringOf(json.currentName()));
            json.nextToken();
            values.add(value(json));
        }
        return new RecordValue(names.toArray(UniqueString[]::new), values.toArray(Value[]::new), false);
    }

    private static Value sequence(JsonParser json) {
        var elements = new ArrayList<Value>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(json));
        }
        return new TupleValue(elements.toArray(Value[]::new));
    }
}
