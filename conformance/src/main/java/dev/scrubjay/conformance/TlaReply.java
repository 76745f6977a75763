package dev.scrubjay.conformance;

import dev.scrubjay.history.Value;
import dev.scrubjay.specs.ObjectEvaluator;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Whether the result in a history is what a module replied: strings for texts, records for mappings, tuples
/// for sequences. A set is a sequence that has each of its elements once, in any order; a function without
/// arguments is the empty mapping as well as the empty sequence. An absent part of a mapping is no field.
///
/// A model value, and whatever else histories have no values for, is no result.
final class TlaReply {
    private TlaReply() {}

    static boolean is(JsonNode reply, Value result) {
        var set = ObjectEvaluator.elements(reply);
        if (set.isPresent()) {
            return result instanceof Value.Sequence(var elements) && isSet(set.get(), elements);
        }
        return switch (result) {
            case Value.Absent _, Value.Decimal _ -> false;
            case Value.Truth(var holds) -> reply.isBoolean() && reply.asBoolean() == holds;
            case Value.Whole(var number) -> reply.isInt() && reply.asInt() == number;
            case Value.Text(var text) -> reply.isString() && reply.asString().equals(text);
            case Value.Sequence(var elements) -> (reply.isArray() || isEmpty(reply)) && isTuple(reply, elements);
            case Value.Mapping mapping -> (reply.isObject() || isEmpty(reply)) && isRecord(reply, mapping);
        };
    }

    private static boolean isEmpty(JsonNode reply) {
        return reply.isContainer() && reply.isEmpty();
    }

    private static boolean isTuple(JsonNode reply, List<Value> elements) {
        for (int i = 0; i < elements.size() && reply.size() == elements.size(); i++) {
            if (!is(reply.get(i), elements.get(i))) {
                return false;
            }
        }
        return reply.size() == elements.size();
    }

    /// The elements of a set differ, so each has at most one that is like it.
    private static boolean isSet(JsonNode set, List<Value> elements) {
        var left = new ArrayList<>(elements);
        for (var member : set) {
            if (!removeFirst(left, member)) {
                return false;
            }
        }
        return left.isEmpty();
    }

    private static boolean removeFirst(List<Value> elements, JsonNode member) {
        for (int i = 0; i < elements.size(); i++) {
            if (is(member, elements.get(i))) {
                elements.remove(i);
                return true;
            }
        }
        return false;
    }

    private static boolean isRecord(JsonNode reply, Value.Mapping mapping) {
        int fields = 0;
        for (var entry : mapping.entries().entrySet()) {
            if (entry.getValue() instanceof Value.Absent) {
                continue;
            }
            fields++;
            if (!reply.has(entry.getKey()) || !is(reply.get(entry.getKey()), entry.getValue())) {
                return false;
            }
        }
        return reply.size() == fields;
    }
}
