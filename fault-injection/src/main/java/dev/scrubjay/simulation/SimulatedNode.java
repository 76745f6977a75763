package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.world.Ongoing;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A node, on or off. When it is off, only its disk is there: clock and queue are others each time.
final class SimulatedNode {
    private static final long TICK_NANOS = 10_000_000;
    private static final long LEAVE_NANOS = 100_000_000;

    private final Host.Member member;
    private final Ground ground;
    private final Randomness randomness;
    private final SimulatedDisk disk;
    private final String name;
    private @Nullable Life life;

    /// From one power-on to the next power-off.
    private record Life(Host host, Inbox inbox, SimulatedClock clock) {}

    SimulatedNode(Host.Member member, Ground ground, Randomness randomness) {
        this.member = member;
        this.ground = ground;
        this.randomness = randomness;
        this.name = member.self().node();
        this.disk = new SimulatedDisk(
                name,
                ground.timeline(),
                randomness.split(),
                ground.disks(),
                records -> arrive(Inbox.Kind.SYNC, host -> host.synced(records)));
    }

    private void arrive(Inbox.Kind kind, Inbox.Step step) {
        if (life != null) {
            life.inbox().arrive(kind, step);
        }
    }

    private void take(Inbox.Step step) {
        if (life != null) {
            var host = life.host();
            take(step, host);
            for (var group : member.groups().keySet()) {
                var view = host.view(group);
                ground.invariants().forEach(invariant -> invariant.stepped(name, group, view));
            }
        }
    }

    /// Whatever a node dies of in the middle of a step is a finding about the node.
    private void take(Inbox.Step step, Host on) {
        try {
            step.take(on);
        } catch (Invariant.Violation e) {
            throw e;
        } catch (RuntimeException e) {
            var place = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
            throw new Invariant.Violation("Node", name + " died of " + e + place);
        }
    }

    boolean isOn() {
        return life != null;
    }

    /// Whether it takes what comes.
    boolean goes() {
        return life != null && !life.inbox().isPaused();
    }

    void powerOn() {
        if (isOn()) {
            return;
        }
        var chance = randomness.split();
        // As wrong as the protocol allows for, and no more: a fault may make it worse.
        int driftPerMille = member.settings().lease().driftPerMille();
        var clock = new SimulatedClock(ground.timeline(), randomness.split(), driftPerMille);
        var host = new Host(
                clock,
                disk,
                (to, frame) -> ground.links().send(name, to, frame),
                ground.traces(),
                chance::below,
                member,
                ground.traces().order(name));
        var inbox = new Inbox(ground.timeline(), ground.exercised(), this::take);
        life = new Life(host, inbox, clock);
        for (var group : member.groups().keySet()) {
            var view = host.view(group);
            ground.invariants().forEach(invariant -> invariant.poweredOn(name, group, view, clock));
        }
        ground.links().connect(name, frame -> inbox.arrive(Inbox.Kind.FRAME, on -> on.receive(frame)));
        // Nodes do not tick at the same moment.
        tick(inbox, randomness.below(TICK_NANOS));
    }

    /// What ticks is not the node's own clock: when a tick comes is no promise.
    private void tick(Inbox inbox, long after) {
        ground.timeline().after(after, () -> {
            if (life != null && life.inbox() == inbox) {
                inbox.arrive(Inbox.Kind.TICK, Host::tick);
                tick(inbox, TICK_NANOS);
            }
        });
    }

    /// Says how many records of its disk are lost, or that it was off already.
    int powerOff() {
        return life == null ? -1 : end(life, SimulatedDisk::powerOff);
    }

    /// Tells it to stop, and switches it off when its leaders have had time to hand over. Nothing where it
    /// does not go: it would not hear.
    ///
    /// @param off is run once it is switched off
    Optional<Ongoing> leave(Runnable off) {
        var leaving = life;
        if (leaving == null || leaving.inbox().isPaused()) {
            return Optional.empty();
        }
        arrive(Inbox.Kind.LEAVE, Host::leave);
        var leave = new Leave(leaving, off);
        ground.timeline().after(LEAVE_NANOS, leave::switchOff);
        return Optional.of(leave);
    }

    /// From the word that it is to stop until it is back. It may lose its power before it is switched off,
    /// and may stay after all.
    private final class Leave implements Ongoing {
        private final Life leaving;
        private final Runnable off;
        private boolean isOff;
        private boolean isOver;

        Leave(Life leaving, Runnable off) {
            this.leaving = leaving;
            this.off = off;
        }

        void switchOff() {
            if (leaving.equals(life) && !isOver) {
                isOff = true;
                SimulatedNode.this.end(leaving, SimulatedDisk::stop);
                off.run();
            }
        }

        @Override
        public void end() {
            isOver = true;
            if (isOff) {
                powerOn();
            }
        }
    }

    /// Spec: ReplicationGroup!PowerOff
    private int end(Life ending, ToIntFunction<SimulatedDisk> fate) {
        long now = ending.clock().now();
        ending.inbox().close();
        life = null;
        ground.links().disconnect(name);
        int lost = fate.applyAsInt(disk);
        ground.invariants().forEach(invariant -> invariant.poweredOff(name));
        long order = ground.traces().order(name);
        for (var group : member.groups().keySet()) {
            order++;
            ground.traces().event(group, member.self(), order, now, new TraceEvent.PowerOff(disk.recordsOf(group)));
        }
        return lost;
    }

    Optional<Ongoing> pause() {
        return life == null ? Optional.empty() : life.inbox().pause();
    }

    Optional<Ongoing> drift(int perMille) {
        return life == null ? Optional.empty() : Optional.of(life.clock().drift(perMille));
    }

    boolean jump(long nanos) {
        if (life != null) {
            life.clock().jump(nanos);
        }
        return life != null;
    }

    boolean leads(long group) {
        return life != null && life.host().view(group).role() == Role.LEADER;
    }

    /// The replica of a group, of a node that is on.
    ReplicaView view(long group) {
        if (life == null) {
            throw new IllegalStateException(name + " is off");
        }
        return life.host().view(group);
    }
}
