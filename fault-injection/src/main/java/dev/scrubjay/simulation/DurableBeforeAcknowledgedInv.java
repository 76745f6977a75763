package dev.scrubjay.simulation;

import dev.scrubjay.message.ClientReply.Answered;
import dev.scrubjay.message.Operation;
import dev.scrubjay.value.Reply;

/// What a client is told is chosen, in the slot that it is told. That it stays so is what `AgreementInv`
/// says.
final class DurableBeforeAcknowledgedInv extends AnswerInvariant {
    private final Disks disks;

    DurableBeforeAcknowledgedInv(Disks disks) {
        this(disks, new Questions());
    }

    DurableBeforeAcknowledgedInv(Disks disks, Questions questions) {
        super(questions);
        this.disks = disks;
    }

    @Override
    void answered(String from, Request request, Operation operation, Answered answer) {
        if (claims(answer.reply()) && !isDurable(request.group(), operation, answer.slot())) {
            throw broken(from + " answered " + request + ", and no quorum has synced it in slot " + answer.slot() + ": "
                    + operation);
        }
    }

    /// Who is told that its session is over, or went on without it, is not told that anything was done.
    private static boolean claims(Reply reply) {
        return switch (reply) {
            case Reply.NoSession _, Reply.Stale _ -> false;
            case Reply.Done _, Reply.Found _, Reply.Unmet _, Reply.Begun _, Reply.Ended _ -> true;
        };
    }

    /// A read leaves nothing that could be lost.
    private boolean isDurable(long group, Operation operation, long slot) {
        var log = disks.chosenLog(group);
        var entry = operation.entry();
        return entry.isEmpty() || (slot <= log.size() && log.get((int) slot - 1).equals(entry.get()));
    }
}
