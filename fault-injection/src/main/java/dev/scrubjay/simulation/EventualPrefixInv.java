package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Operation;

/// An eventual read tells of as many slots as it asked for, or more, and of what the chosen log comes to
/// there: it may be late, and is never wrong.
final class EventualPrefixInv extends AnswerInvariant {
    private final ChosenStates states;

    EventualPrefixInv(ChosenStates states) {
        this(states, new Questions());
    }

    EventualPrefixInv(ChosenStates states, Questions questions) {
        super(questions);
        this.states = states;
    }

    @Override
    void answered(String from, Request request, Operation operation, Answered answer) {
        if (operation instanceof Operation.EventualRead(var key, var atLeast)) {
            if (answer.slot() < atLeast) {
                throw broken(from + " answered " + request + " from " + answer.slot() + " slots, and " + atLeast
                        + " were asked for");
            }
            hold(states, from, request, key, answer);
        }
    }
}
