package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.Operation;
import dev.scrubjay.simulation.Questions.Heard;
import org.jspecify.annotations.Nullable;

/// An invariant about what clients are told, beside what they asked.
abstract class AnswerInvariant extends Invariant {
    /// A request. It keeps its id when it is sent again.
    record Request(long group, String client, long id) {
        /// By hand, as that of `ReplicaId`.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Request that && id == that.id && group == that.group && client.equals(that.client);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * Long.hashCode(group) + client.hashCode()) + Long.hashCode(id);
        }

        @Override
        public String toString() {
            return "request " + id + " of " + client + " in group " + group;
        }
    }

    private final Questions questions;

    AnswerInvariant(Questions questions) {
        this.questions = questions;
    }

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
        switch (questions.hear(frame)) {
            case Heard.Nothing _ -> {}
            case Heard.Question(var request, var operation, var isFirst) -> {
                if (isFirst) {
                    asks(request, operation);
                }
            }
            case Heard.Answer(var request, var operation, var answer) -> answered(from, request, operation, answer);
            case Heard.Unasked(var request) -> throw broken(from + " answered " + request + ", which was never asked");
        }
    }
}
