package dev.scrubjay.simulation;

import dev.scrubjay.log.Recovery;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.node.Host;
import dev.scrubjay.port.StateStore;
import dev.scrubjay.protocol.GroupStatus;
import dev.scrubjay.protocol.ReplicaView;
import dev.scrubjay.protocol.Role;
import dev.scrubjay.state.MemoryStateStore;
import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.value.MaybeValue;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.world.Ongoing;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A node, on or off. When it is off, only its disk is there: clock and queue are others each time.
///
/// It is there only when it has read its disk. A process that its disk stopped is started again by whoever
/// supervises it, again and again, as long as the machine has power.
final class SimulatedNode {
    private static final long TICK_NANOS = 10_000_000;
    private static final long LEAVE_NANOS = 100_000_000;
    private static final long START_NANOS = 50_000_000;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final long FLUSH_NANOS_MIN = 5_000_000;
    private static final long FLUSH_NANOS_SPREAD = 200_000_000;

    private final Host.Member member;
    private final Ground ground;
    private final Randomness randomness;
    private final SimulatedDisk disk;
    private final String name;
    private final List<StepWatcher> watchers;
    private MemoryStateStore states = new MemoryStateStore(this::flush);
    private @Nullable Life life;

    /// Which version of the program starts next.
    private Host.Forms version = Host.Forms.CURRENT;

    /// Which one wrote to its disk last.
    private Host.Forms writer = Host.Forms.CURRENT;

    /// The process is gone, and will be started again.
    private boolean isSupervised;

    /// Its disk is gone for good, and so is the node.
    private boolean isLost;

    /// What its own clock showed when it went, as long as nobody knows what its disk kept.
    private OptionalLong wentAt = OptionalLong.empty();

    /// From one start of the process to its end. There is a host when the disk was read.
    private static final class Life {
        private final Inbox inbox;
        private final SimulatedClock clock;
        private final Randomness chance;
        private final Host.Forms version;
        private @Nullable Host host;
        private long alarmed;

        Life(Inbox inbox, SimulatedClock clock, Randomness chance, Host.Forms version) {
            this.inbox = inbox;
            this.clock = clock;
            this.chance = chance;
            this.version = version;
        }
    }

    SimulatedNode(Host.Member member, Ground ground, Randomness randomness) {
        this.member = member;
        this.ground = ground;
        this.randomness = randomness;
        this.name = self().node();
        this.watchers = ground.invariants().stream()
                .filter(StepWatcher.class::isInstance)
                .map(StepWatcher.class::cast)
                .toList();
        this.disk = new SimulatedDisk(name, member.log(), ground, randomness.split());
    }

    private void take(Inbox.Step step) {
        var taking = life;
        if (taking != null) {
            guarded(step);
            var host = taking.host;
            if (taking == life && host != null) {
                look(host);
            }
        }
    }

    private void flush(MemoryStateStore.Flush flush) {
        var flushing = life;
        ground.timeline().after(FLUSH_NANOS_MIN + randomness.below(FLUSH_NANOS_SPREAD), () -> {
            if (flushing != null && flushing == life) {
                flushing.inbox.arrive(Inbox.Kind.SYNC, flush::end);
            }
        });
    }

    private void look(Host host) {
        var looking = life;
        if (looking != null && host.alarmed() > looking.alarmed) {
            looking.alarmed = host.alarmed();
            ground.wrongs().alarmed(host.alarms().getLast());
        }
        if (host.failure().isPresent()) {
            ground.exercised().count("nodes stopped by their disk");
            die();
        } else {
            for (long group : changed(host)) {
                var view = host.view(group);
                for (var watcher : watchers) {
                    watcher.stepped(name, group, view);
                }
            }
        }
    }

    /// The groups about which an invariant may say something else than after the step before: those that the
    /// step touched, and those in which something is wrong, for what scrub says of it goes by the time too.
    /// That a lease is over is no news to anybody.
    private Collection<Long> changed(Host host) {
        var touched = host.touched();
        var wrong = ground.wrongs().groups();
        if (wrong.isEmpty()) {
            return touched;
        }
        var changed = new TreeSet<>(touched);
        changed.addAll(wrong);
        changed.retainAll(member.groups().keySet());
        return changed;
    }

    /// Whatever a node dies of in the middle of a step is a finding about the node.
    private void guarded(Inbox.Step step) {
        try {
            step.take();
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
        return life != null && life.host != null && !life.inbox.isPaused();
    }

    void powerOn() {
        if (life == null && !isSupervised && !isLost) {
            start();
        }
    }

    /// Rots the state of one of its groups. What it does not read before that ends, it reads when it is
    /// started again.
    Optional<Ongoing> rotState() {
        var rotting = life;
        if (rotting == null) {
            return Optional.empty();
        }
        states.damage(randomness.oneOf(List.copyOf(member.groups().keySet())));
        ground.exercised().count("states rotted");
        return Optional.of(() -> {
            if (rotting.equals(life)) {
                end(rotting);
                disk.kill();
                powerOn();
            }
        });
    }

    /// What a cold key of a group holds becomes something else.
    ///
    /// Spec: ReplicationGroup!Decay
    ///
    /// @param isWritten whether a program wrote it so: then it does not look damaged
    boolean decay(long group, String key, boolean isWritten) {
        if (!goes()) {
            return false;
        }
        var row = ColdRow.of(states, group, key);
        if (row.isEmpty()) {
            return false;
        }
        var wrong = row.get().value() + "~" + name;
        row.get().alter(states, wrong, isWritten);
        ground.wrongs()
                .add(
                        name,
                        group,
                        new Wrongs.Wrong(
                                key,
                                row.get().value(),
                                wrong,
                                isWritten,
                                ground.timeline().now()));
        ground.exercised().count("values gone wrong");
        trace(group, new TraceEvent.Decay(key, MaybeValue.of(wrong)));
        return true;
    }

    /// What was wrong may be so still after a restart, or not, if it was not safe.
    private void decayAgain(long group) {
        ground.wrongs().of(name, group).ifPresent(wrong -> {
            boolean isThere = ColdRow.of(states, group, wrong.key())
                    .filter(row -> row.value().equals(wrong.wrong()))
                    .isPresent();
            if (isThere) {
                trace(group, new TraceEvent.Decay(wrong.key(), MaybeValue.of(wrong.wrong())));
            } else {
                ground.wrongs().gone(name, group);
            }
        });
    }

    /// The node knows nothing of it, and goes on counting as before.
    private void trace(long group, TraceEvent event) {
        ground.traces()
                .event(
                        group,
                        self(),
                        ground.traces().order(self()),
                        ground.timeline().now(),
                        event);
    }

    /// Its disk, unless that is gone for good.
    Optional<SimulatedDisk> disk() {
        return isLost ? Optional.empty() : Optional.of(disk);
    }

    boolean isLost() {
        return isLost;
    }

    String name() {
        return name;
    }

    /// Its replica of each group.
    ReplicaId self() {
        return member.seat().self();
    }

    ReplicaKind kind() {
        return member.seat().site().kind();
    }

    /// How a group is, if this node leads it.
    Optional<GroupStatus> status(long group) {
        return life == null || life.host == null
                ? Optional.empty()
                : view(group).status(life.clock.now());
    }

    /// What a person has to know.
    List<String> alarms() {
        return life == null || life.host == null ? List.of() : life.host.alarms();
    }

    /// How many slots of a group its state has for good.
    long flushed(long group) {
        return readable(() -> states.flushed(group));
    }

    /// A corrupt state is as good as none.
    private static long readable(LongSupplier slots) {
        try {
            return slots.getAsLong();
        } catch (StateStore.CorruptException _) {
            return 0;
        }
    }

    /// Takes all that its disk has, and so the node: it comes back as somebody else.
    void wipe() {
        if (life != null) {
            end(life);
        }
        if (disk.powerOff() instanceof Recovery.Whole whole) {
            left(whole);
        }
        lose();
        disk.wipe();
    }

    /// Spec: ReplicationGroup!LoseDisk
    private void lose() {
        if (life != null) {
            end(life);
        }
        disk.kill();
        isSupervised = false;
        isLost = true;
        ground.disks().gone(name);
        ground.exercised().count("nodes lost");
        trace(ground.timeline().now(), _ -> new TraceEvent.LoseDisk());
    }

    private void trace(long now, LongFunction<TraceEvent> event) {
        long order = ground.traces().order(self());
        for (long group : member.groups().keySet()) {
            order++;
            ground.traces().event(group, self(), order, now, event.apply(group));
        }
    }

    private void start() {
        isSupervised = false;
        var chance = randomness.split();
        // As wrong as the protocol allows for, and no more: a fault may make it worse.
        int driftPerMille = member.settings().lease().driftPerMille();
        var clock = new SimulatedClock(ground.timeline(), randomness.split(), driftPerMille);
        var inbox = new Inbox(ground.timeline(), ground.exercised(), this::take);
        var starting = new Life(inbox, clock, chance, version);
        life = starting;
        guarded(() -> disk.recover(
                version.records(),
                step -> inbox.arrive(Inbox.Kind.SYNC, step),
                recovery -> recovered(starting, recovery)));
    }

    private void recovered(Life starting, Recovery recovery) {
        switch (recovery) {
            case Recovery.Whole whole -> begin(starting, whole);
            case Recovery.Unknown _ -> {
                ground.exercised().count("recoveries that know nothing");
                die();
            }
            case Recovery.Lost(var where) -> {
                ground.disks().lost(name, where);
                lose();
            }
        }
    }

    private void begin(Life starting, Recovery.Whole found) {
        left(found);
        var ports = new Host.Ports(
                starting.clock,
                disk,
                states,
                ground.objects().of(step -> starting.inbox.arrive(Inbox.Kind.ARCHIVE, step)),
                (to, frame) -> ground.links().send(name, to, frame),
                ground.traces(),
                starting.chance::below,
                starting.version);
        long order = ground.traces().order(self());
        var host = new Host(ports, SimulatedDisk.SIZES, member, found, order);
        starting.host = host;
        countLog(starting.version, found);
        for (var group : member.groups().keySet()) {
            var view = host.view(group);
            ground.invariants().forEach(invariant -> invariant.poweredOn(name, group, view, starting.clock));
        }
        member.groups().keySet().forEach(this::decayAgain);
        ground.links().connect(name, frame -> {
            countFrame(starting.version, frame);
            starting.inbox.arrive(Inbox.Kind.FRAME, () -> host.receive(frame));
        });
        // Nodes do not tick at the same moment.
        tick(starting.inbox, host, randomness.below(TICK_NANOS));
    }

    private void countLog(Host.Forms reader, Recovery.Whole found) {
        if (!reader.equals(writer) && !found.records().isEmpty()) {
            ground.exercised()
                    .count(
                            reader.equals(Host.Forms.CURRENT)
                                    ? "logs of a later version read"
                                    : "logs of an earlier version read");
        }
        writer = reader;
    }

    private void countFrame(Host.Forms reader, byte[] frame) {
        boolean isCurrent = FrameForm.isCurrent(frame);
        if (isCurrent != reader.equals(Host.Forms.CURRENT)) {
            ground.exercised()
                    .count(isCurrent ? "frames of an earlier version taken" : "frames of a later version taken");
        }
    }

    /// What ticks is not the node's own clock: when a tick comes is no promise.
    private void tick(Inbox inbox, Host host, long after) {
        ground.timeline().after(after, () -> {
            if (life != null && life.inbox == inbox) {
                inbox.arrive(Inbox.Kind.TICK, host::tick);
                tick(inbox, host, TICK_NANOS);
            }
        });
    }

    /// Says how many records of its disk are lost, or that it was off already.
    int powerOff() {
        if (life == null && !isSupervised) {
            return -1;
        }
        isSupervised = false;
        if (life != null) {
            end(life);
        }
        return switch (disk.powerOff()) {
            case Recovery.Whole whole -> left(whole);
            case Recovery.Unknown unknown -> throw new IllegalStateException(name + ": " + unknown);
            case Recovery.Lost(var where) -> {
                ground.disks().lost(name, where);
                lose();
                yield 0;
            }
        };
    }

    /// The process ends because of its disk.
    private void die() {
        if (life != null) {
            end(life);
        }
        disk.kill();
        isSupervised = true;
        ground.timeline().after(RETRY_NANOS, () -> {
            if (isSupervised) {
                start();
            }
        });
    }

    /// The state store has no log of its own: what it did not flush goes with the process.
    private void end(Life ending) {
        ending.inbox.close();
        life = null;
        states.close();
        states = states.powerOff(bound -> (int) randomness.below(bound));
        ground.links().disconnect(name);
        if (ending.host != null) {
            wentAt = OptionalLong.of(ending.clock.now());
            ground.invariants().forEach(invariant -> invariant.poweredOff(name));
        }
    }

    /// It is known what its disk kept. After a kill that is only when it was read and synced: the power may
    /// go before that.
    ///
    /// Spec: ReplicationGroup!PowerOff
    private int left(Recovery.Whole found) {
        int trimmed = disk.trimmed(found);
        int lost = ground.disks().left(name, trimmed, found.records());
        if (wentAt.isPresent()) {
            trace(wentAt.getAsLong(), group -> new TraceEvent.PowerOff(recordsOf(group), kept(group)));
            wentAt = OptionalLong.empty();
        }
        return lost;
    }

    /// How many slots its state has; a corrupt one is thrown away.
    private long kept(long group) {
        try {
            return states.applied(group);
        } catch (StateStore.CorruptException _) {
            ground.exercised().count("states found corrupt");
            return 0;
        }
    }

    /// How many records of a group are left, those that were trimmed among them.
    private long recordsOf(long group) {
        return ground.disks().written(name).stream()
                .filter(logged -> logged.group() == group)
                .count();
    }

    /// Tells it to stop, and switches it off when its leaders have had time to hand over. Nothing where it
    /// does not go: it would not hear.
    ///
    /// @param off is run once it is switched off
    Optional<Ongoing> leave(Runnable off) {
        var leaving = life;
        if (leaving == null || leaving.host == null || leaving.inbox.isPaused()) {
            return Optional.empty();
        }
        leaving.inbox.arrive(Inbox.Kind.LEAVE, leaving.host::leave);
        var leave = new Leave(leaving, off);
        ground.timeline().after(LEAVE_NANOS, leave::switchOff);
        return Optional.of(leave);
    }

    /// Stops it and starts another version of the program on the same disk; where it is off, that is what
    /// starts next. Nothing where it is that version already.
    ///
    /// @param off is run once it is switched off, and once it is back
    boolean become(Host.Forms other, Runnable off) {
        if (isLost || version.equals(other)) {
            return false;
        }
        if (life == null) {
            version = other;
            return true;
        }
        var leaving = leave(off);
        leaving.ifPresent(leave -> ground.timeline().after(LEAVE_NANOS + START_NANOS, () -> {
            version = other;
            leave.end();
            off.run();
        }));
        return leaving.isPresent();
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
                SimulatedNode.this.end(leaving);
                disk.kill();
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

    Optional<Ongoing> pause() {
        return life == null ? Optional.empty() : life.inbox.pause();
    }

    Optional<Ongoing> drift(int perMille) {
        return life == null ? Optional.empty() : Optional.of(life.clock.drift(perMille));
    }

    boolean jump(long nanos) {
        if (life != null) {
            life.clock.jump(nanos);
        }
        return life != null;
    }

    boolean leads(long group) {
        return life != null && life.host != null && life.host.view(group).role() == Role.LEADER;
    }

    /// The replica of a group, of a node that is there.
    ReplicaView view(long group) {
        if (life == null || life.host == null) {
            throw new IllegalStateException(name + " is off");
        }
        return life.host.view(group);
    }
}
