package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Operation;
import java.util.HashMap;
import java.util.Map;

/// An invariant about what clients are told, beside what they asked.
abstract class AnswerInvariant extends Invariant {
    /// A request. It keeps its id when it is sent again.
    record Request(long group, String client, long id) {
        @Override
        public String toString() {
            return "request " + id + " of " + client + " in group " + group;
        }
    }

    private final Map<Request, Operation> asked = new HashMap<>();

    /// A client asks for something for the first time.
    void asks(Request request, Operation operation) {}

    /// A node answers.
    abstract void answered(String from, Request request, Operation operation, Answered answer);

    /// What was found under a key has to be what the chosen log comes to at the slot of the answer.
    final void hold(ChosenStates states, String from, Request request, String key, Answered answer) {
        states.objection(request.group(), key, answer).ifPresent(objection -> {
            throw broken(from + " answered " + request + " " + objection);
        });
    }

    @Override
    final void sent(String from, Frame frame) {
        if (frame instanceof Frame.Asked(var group, var _, var client, var asking)) {
            var request = new Request(group, client, asking.id());
            if (asked.putIfAbsent(request, asking.operation()) == null) {
                asks(request, asking.operation());
            }
        } else if (frame instanceof Frame.Told(var group, var _, var client, var id, Answered answer)) {
            var request = new Request(group, client, id);
            var operation = asked.get(request);
            if (operation == null) {
                throw broken(from + " answered " + request + ", which was never asked");
            }
            answered(from, request, operation, answer);
        }
    }
}
