package dev.scrubjay.simulation;

import dev.scrubjay.node.Host;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.trace.TraceEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node, on or off. When it is off, only its disk is there.
final class SimulatedNode {
    private static final long TICK_NANOS = 10_000_000;

    private final Host.Member member;
    private final Timeline timeline;
    private final Randomness randomness;
    private final Links links;
    private final TraceLog traces;
    private final List<Invariant> invariants;
    private final SimulatedDisk disk;
    private final String name;
    private @Nullable Host host;
    private int life;

    SimulatedNode(
            Host.Member member,
            Timeline timeline,
            Randomness randomness,
            Links links,
            TraceLog traces,
            Disks disks,
            List<Invariant> invariants) {
        this.member = member;
        this.timeline = timeline;
        this.randomness = randomness;
        this.links = links;
        this.traces = traces;
        this.invariants = invariants;
        this.name = member.self().node();
        this.disk = new SimulatedDisk(
                name, timeline, randomness.split(), disks, records -> step(host -> host.synced(records)));
    }

    /// One thing that happens to a host.
    private interface Step {
        void take(Host host);
    }

    private void step(Step step) {
        var on = host;
        if (on != null) {
            take(step, on);
            for (var group : member.groups().keySet()) {
                var view = on.view(group);
                invariants.forEach(invariant -> invariant.stepped(name, group, view));
            }
        }
    }

    /// Whatever a node dies of in the middle of a step is a finding about the node.
    private void take(Step step, Host on) {
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
        return host != null;
    }

    void powerOn() {
        if (isOn()) {
            return;
        }
        var chance = randomness.split();
        host = new Host(
                timeline::now,
                disk,
                (to, frame) -> links.send(name, to, frame),
                traces,
                chance::below,
                member,
                traces.order(name));
        links.connect(name, frame -> step(on -> on.receive(frame)));
        // Nodes do not tick at the same moment.
        tick(life, randomness.below(TICK_NANOS));
    }

    private void tick(int begunIn, long after) {
        timeline.after(after, () -> {
            if (life == begunIn) {
                step(Host::tick);
                tick(begunIn, TICK_NANOS);
            }
        });
    }

    /// Spec: ReplicationGroup!PowerOff
    ///
    /// Says how many records of its disk are lost, or that it was off already.
    int powerOff() {
        if (!isOn()) {
            return -1;
        }
        host = null;
        life++;
        links.disconnect(name);
        int lost = disk.powerOff();
        invariants.forEach(invariant -> invariant.poweredOff(name));
        long order = traces.order(name);
        for (var group : member.groups().keySet()) {
            order++;
            traces.event(group, member.self(), order, timeline.now(), new TraceEvent.PowerOff(disk.recordsOf(group)));
        }
        return lost;
    }

    boolean leads(long group) {
        return host != null && host.view(group).role() == Role.LEADER;
    }

    /// The replica of a group, of a node that is on.
    ReplicaView view(long group) {
        if (host == null) {
            throw new IllegalStateException(name + " is off");
        }
        return host.view(group);
    }
}
