package dev.scrubjay.conformance;

import dev.scrubjay.history.HistoryException;
import dev.scrubjay.history.Operation;
import dev.scrubjay.history.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a module is asked when an operation is done: a record whose `kind` is f, and whose other fields are
/// the parts of the argument. An argument that has no named parts is the field `value`; an absent one is no
/// field, and so is an absent part.
///
/// Texts are strings, sequences are tuples, mappings are records. Numbers are whole and fit into 32 bits, for
/// so TLC has them; and nothing inside a sequence is absent, for TLA+ has no null.
final class TlaRequest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private TlaRequest() {}

    /// @throws HistoryException where TLC has no value for the argument
    static JsonNode of(Operation operation) {
        var request = JSON.objectNode();
        request.put("kind", operation.f());
        switch (operation.argument()) {
            case Value.Absent _ -> {}
            case Value.Mapping parts -> {
                if (parts.get("kind").isPresent()) {
                    throw refused(operation, "has a part 'kind', which is where the module finds the f");
                }
                fields(parts, request, operation);
            }
            case Value.Truth _, Value.Whole _, Value.Decimal _, Value.Text _, Value.Sequence _ ->
                request.set("value", json(operation.argument(), operation));
        }
        return request;
    }

    private static void fields(Value.Mapping parts, ObjectNode record, Operation operation) {
        parts.entries().forEach((name, value) -> {
            if (!(value instanceof Value.Absent)) {
                record.set(name, json(value, operation));
            }
        });
    }

    private static JsonNode json(Value value, Operation operation) {
        return switch (value) {
            case Value.Truth(var holds) -> JSON.booleanNode(holds);
            case Value.Text(var text) -> JSON.stringNode(text);
            case Value.Whole(var number) when number == (int) number -> JSON.numberNode((int) number);
            case Value.Whole(var number) ->
                throw refused(operation, "has " + number + ", and TLC's numbers have 32 bits; write it as a text");
            case Value.Decimal(var number) ->
                throw refused(operation, "has " + number + ", and TLC's numbers are whole; write it as a text");
            case Value.Absent _ ->
                throw refused(operation, "has a nil in a sequence, and TLA+ has none; write [] where there is nothing");
            case Value.Sequence(var elements) -> {
                var tuple = JSON.arrayNode();
                elements.forEach(element -> tuple.add(json(element, operation)));
                yield tuple;
            }
            case Value.Mapping mapping -> {
                var record = JSON.objectNode();
                fields(mapping, record, operation);
                // TLA+ has one empty function, and TLC compares it with others only where it is a tuple.
                yield record.isEmpty() ? JSON.arrayNode() : record;
            }
        };
    }

    private static HistoryException refused(Operation operation, String what) {
        return new HistoryException(
                "event " + operation.invocation().index() + ": the argument of " + operation.f() + " " + what);
    }
}
