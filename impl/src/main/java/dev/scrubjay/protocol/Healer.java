package dev.scrubjay.protocol;

import dev.scrubjay.message.Message;
import dev.scrubjay.value.ReplicaId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a leader does about voters that are lost.
abstract class Healer extends Scrubber {
    Healer(long group, Seat seat, List<ReplicaId> voters, Settings settings, Chance chance, Outbox outbox) {
        super(group, seat, voters, settings, chance, outbox);
    }

    /// Puts another replica in the place of a voter that is lost, and a storage replica in that of a log
    /// replica that stood in for one. Who is to vote hears first all that voters do, so that it promises,
    /// grants and catches up; then nothing stands still for longer than a proposal takes.
    final void heal(long now) {
        if (!holdsLease(now)
                || successor.isPresent()
                || leadership.isReconfiguring()
                || leadership.hasToProposeAgain()) {
            return;
        }
        // Who leads without a vote may be the best to have it.
        peers.here(self, here(), now);
        var silent = peers.silent(members, self, now);
        boolean asksAgain = now >= healAt;
        if (asksAgain) {
            silent.forEach(voter -> toOthers(new Message.Probe(self, voter), List.of(voter)));
            healAt = now + settings.resendNanos();
        }
        switch (peers.plan(members, self, known, now)) {
            case Peers.Plan.Rest() -> rest();
            case Peers.Plan.Replace(var gone, var by) -> replace(gone, by, asksAgain, now);
            case Peers.Plan.Stuck(var why) -> {
                learner = Optional.empty();
                if (!why.equals(stuck)) {
                    outbox.alarm(group, why);
                }
                stuck = why;
            }
        }
    }

    private void rest() {
        learner = Optional.empty();
        stuck = "";
    }

    private void replace(ReplicaId gone, ReplicaId by, boolean asksAgain, long now) {
        stuck = "";
        learner = Optional.of(by);
        var next = new TreeSet<>(members.voters());
        next.remove(gone);
        next.add(by);
        var entry = members.replacedBy(next);
        var after = members.after(entry);
        boolean hasPromised = leadership.promises().contains(by);
        if (!hasPromised && asksAgain) {
            outbox.send(group, by, new Message.Prepare(log.promisedBallot(), leadership.heir));
        }
        if (hasPromised
                && after.isQuorum(leadership.promises())
                && after.isQuorum(leadership.grants(now))
                && leadership.counts(by, now)
                && peers.isReady(by, gone, known, now)) {
            leadership.reconfigure(entry, now + settings.healing().silentNanos());
        }
    }

    /// Whoever is asked about itself answers; others pass the question on.
    final void probed(ReplicaId from, Message.Probe probe) {
        if (probe.about().equals(self)) {
            outbox.send(group, from, new Message.Alive(probe.asker(), self));
        } else {
            outbox.send(group, probe.about(), probe);
        }
    }

    final void alive(Message.Alive alive) {
        if (!alive.asker().equals(self)) {
            outbox.send(group, alive.asker(), alive);
        } else {
            peers.vouched(alive.about(), outbox.now());
        }
    }
}
