package dev.scrubjay.specs;

import tlc2.value.impl.BoolValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tools.jackson.core.JsonGenerator;

/// Values of TLA+ as JSON: the other way of [TlaJson], and more, for JSON has no sets.
///
/// A set is an object whose one name is [#SET], and what JSON has nothing for is one whose one name is
/// [#OTHER], with TLA+'s text for it. Neither is a name that a record can have.
final class ValueJson {
    static final String SET = "{}";
    static final String OTHER = "=";

    private ValueJson() {}

    static void write(Value value, JsonGenerator json) {
        switch (value) {
            case BoolValue truth -> json.writeBoolean(truth.val);
            case IntValue number -> json.writeNumber(number.val);
            case StringValue text -> json.writeString(text.val.toString());
            case TupleValue tuple -> sequence(tuple.elems, json);
            case RecordValue record -> record(record, json);
            default -> other(value, json);
        }
    }

    private static void sequence(Value[] elements, JsonGenerator json) {
        json.writeStartArray();
        for (var element : elements) {
            write(element, json);
        }
        json.writeEndArray();
    }

    private static void record(RecordValue record, JsonGenerator json) {
        json.writeStartObject();
        for (int i = 0; i < record.names.length; i++) {
            json.writeName(record.names[i].toString());
            write(record.values[i], json);
        }
        json.writeEndObject();
    }

    /// Functions may be tuples or records, and many a thing is a set.
    private static void other(Value value, JsonGenerator json) {
        if (value.toTuple() instanceof TupleValue tuple) {
            sequence(tuple.elems, json);
        } else if (value.toRcd() instanceof RecordValue record) {
            record(record, json);
        } else if (value.toSetEnum() instanceof SetEnumValue set) {
            json.writeStartObject();
            json.writeName(SET);
            sequence(set.elems.toArray(), json);
            json.writeEndObject();
        } else {
            json.writeStartObject();
            json.writeStringProperty(OTHER, Diagnosis.oneLine(value.toString()));
            json.writeEndObject();
        }
    }
}
