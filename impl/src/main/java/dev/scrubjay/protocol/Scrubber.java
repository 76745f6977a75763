package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.Entry;
import dev.scrubjay.value.Reference;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.StateRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a leader does for what is at rest: it has all copies compared with the archive, and lets no more in
/// than that takes.
abstract class Scrubber extends Voter {
    Scrubber(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    abstract void propose(Entry entry);

    /// Now and then a mark goes through the log, at which all who keep the state say what it has come to.
    final void scrub(long now) {
        if (leadership.comparison.isPresent()) {
            compare(leadership.comparison.get(), now);
        } else if (now >= markAt && holdsLease(now) && !isBusy()) {
            markAt = now + settings.scrub().everyNanos();
            propose(Entry.SCRUB_MARK);
        }
    }

    @Override
    final void markApplied(long slot) {
        if (role == Role.LEADER) {
            archiveBy = outbox.now();
            var replicas = peers.storages(members, self, outbox.now());
            leadership.comparison = Optional.of(new Comparison(slot, replicas, settings, outbox.now()));
        }
    }

    final void referred(Reference reference) {
        leadership.comparison.ifPresent(comparison -> comparison.refer(reference));
    }

    private void compare(Comparison comparison, long now) {
        if (verified >= comparison.slot() && comparison.needsReference(now)) {
            outbox.refer(group, comparison.slot());
        }
        comparison.questions(now).forEach(question -> toReplica(question.to(), question.ask()));
        if (comparison.isOver(now)) {
            leadership.comparison = Optional.empty();
            if (comparison.hasReference()) {
                judge(comparison);
            }
        }
    }

    private void judge(Comparison comparison) {
        var verdict = comparison.verdict();
        mayTrim = verdict.isDecided();
        if (verdict.different().isEmpty() && verdict.sound().containsAll(peers.storages(members, self))) {
            verifiedAt = OptionalLong.of(comparison.begun());
        }
        verdict.different()
                .forEach(
                        (replica, copy) -> outbox.alarm(
                                group,
                                "scrub at slot " + comparison.slot() + ": " + replica + " has "
                                        + copy.keys().stream()
                                                .map(StateRow::name)
                                                .toList()
                                        + " other than the archive; "
                                        + (verdict.isDecided()
                                                ? verdict.sound() + " agree with it, so " + replica + " is made again"
                                                : "nobody agrees with it, so nobody knows who is wrong, and nothing is trimmed")));
        if (verdict.isDecided()) {
            verdict.different()
                    .forEach((replica, copy) -> toReplica(
                            replica, new Message.Quarantine(comparison.slot(), copy.root(), verdict.sound())));
        }
    }

    /// What the archive does not have yet must not be trimmed, whatever becomes of the archive. So when it
    /// does not keep up, writes come in one by one, and then not at all, before the log is full.
    final boolean isAdmitted() {
        long behind = leadership.next() - 1 - verified;
        var archiving = settings.archiving();
        if (behind < archiving.behindMax()) {
            isRefusing = false;
            return true;
        }
        if (behind >= archiving.refusedFrom()) {
            if (!isRefusing) {
                outbox.alarm(group, "the archive is " + behind + " slots behind; writes are refused");
            }
            isRefusing = true;
            return false;
        }
        boolean mayCome = outbox.now() >= admitAt;
        if (mayCome) {
            admitAt = outbox.now() + settings.resendNanos();
        }
        return mayCome;
    }
}
