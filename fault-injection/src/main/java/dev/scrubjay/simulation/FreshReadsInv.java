package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Operation;
import java.util.HashMap;
import java.util.Map;

/// A consistent read tells of every slot that any client had been told of when it was asked, but for eventual
/// reads, and of what the chosen log comes to there.
final class FreshReadsInv extends AnswerInvariant {
    private final ChosenStates states;

    /// How many slots of each group clients were told of.
    private final Map<Long, Long> lastSeen = new HashMap<>();

    /// The same, as it was when each read was asked first.
    private final Map<Request, Long> seenThen = new HashMap<>();

    FreshReadsInv(ChosenStates states) {
        this(states, new Questions());
    }

    FreshReadsInv(ChosenStates states, Questions questions) {
        super(questions);
        this.states = states;
    }

    @Override
    void asks(Request request, Operation operation) {
        if (operation instanceof Operation.Read) {
            seenThen.put(request, lastSeen.getOrDefault(request.group(), 0L));
        }
    }

    @Override
    void answered(String from, Request request, Operation operation, Answered answer) {
        if (operation instanceof Operation.Read(var key)) {
            long least = seenThen.getOrDefault(request, 0L);
            if (answer.slot() < least) {
                throw broken(from + " answered " + request + " from " + answer.slot()
                        + " slots; when that was asked, a client had been told of " + least);
            }
            hold(states, from, request, key, answer);
        }
        if (!(operation instanceof Operation.EventualRead)) {
            lastSeen.merge(request.group(), answer.slot(), Math::max);
        }
    }
}
