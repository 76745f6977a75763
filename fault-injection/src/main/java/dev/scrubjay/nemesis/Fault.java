package dev.scrubjay.nemesis;

import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.Places;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Way;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Something that goes wrong for a while.
///
/// Faults between nodes leave clients alone: those reach every node. Only `LostReplies` is about clients.
public sealed interface Fault {
    /// How much faster or slower than true time a clock may go, of a thousand.
    int CLOCK_PER_MILLE = 10;

    /// Brings it. Gives what ends it, or nothing where nothing went wrong.
    Optional<Ongoing> begin(World world);

    /// Whom it is about, if it is about nodes: to be asked before it begins.
    default String nodes(Places places) {
        return cast().map(cast -> " " + String.join(" ", cast.in(places))).orElse("");
    }

    /// Who plays parts in it, as far as it is about nodes.
    default List<Who> parts() {
        return cast().map(Cast::parts).orElse(List.of());
    }

    private Optional<Cast> cast() {
        var casts = new ArrayList<Cast>();
        with(cast -> {
            casts.add(cast);
            return cast;
        });
        return casts.stream().findFirst();
    }

    /// Why this is more than a group survives; nothing if a group has to survive it.
    default Optional<String> excess() {
        return switch (this) {
            case ClockDrift(var _, var perMille)
            when Math.abs(perMille - 1_000) > CLOCK_PER_MILLE ->
                Optional.of("the clock is more than one hundredth too fast or too slow");
            case ClockJump _ -> Optional.of("no promise about time survives a clock that jumps");
            case DroppedSyncs _ -> Optional.of("nothing is safe on a disk that only says so");
            case PowerOff _, Leave _, Upgrade _, Downgrade _, Pause _ -> Optional.empty();
            case Cut _, Slow _, Storm _, LostReplies _, ClockDrift _ -> Optional.empty();
            case FailingSync _, SlowDisk _, StuckDisk _, FullDisk _, ReadErrors _ -> Optional.empty();
            case BitRot _, StateRot _, Decay _, ArchiveTrouble _, WipedDisk _, LostNode _ -> Optional.empty();
        };
    }

    /// The same, of others; the same altogether if it is about no nodes.
    default Fault with(UnaryOperator<Cast> changed) {
        return switch (this) {
            case PowerOff(var cast) -> new PowerOff(changed.apply(cast));
            case Leave(var cast) -> new Leave(changed.apply(cast));
            case Upgrade(var cast) -> new Upgrade(changed.apply(cast));
            case Downgrade(var cast) -> new Downgrade(changed.apply(cast));
            case Pause(var cast) -> new Pause(changed.apply(cast));
            case Cut(var shape, var cast) -> new Cut(shape, changed.apply(cast));
            case Slow(var whole, var cast, var weather) -> new Slow(whole, changed.apply(cast), weather);
            case LostReplies(var cast) -> new LostReplies(changed.apply(cast));
            case ClockDrift(var cast, var perMille) -> new ClockDrift(changed.apply(cast), perMille);
            case ClockJump(var cast, var nanos) -> new ClockJump(changed.apply(cast), nanos);
            case FailingSync(var cast) -> new FailingSync(changed.apply(cast));
            case SlowDisk(var cast, var times) -> new SlowDisk(changed.apply(cast), times);
            case StuckDisk(var cast) -> new StuckDisk(changed.apply(cast));
            case FullDisk(var cast) -> new FullDisk(changed.apply(cast));
            case ReadErrors(var cast) -> new ReadErrors(changed.apply(cast));
            case BitRot(var cast, var rot) -> new BitRot(changed.apply(cast), rot);
            case StateRot(var cast) -> new StateRot(changed.apply(cast));
            case Decay(var cast, var isWritten) -> new Decay(changed.apply(cast), isWritten);
            case DroppedSyncs(var cast) -> new DroppedSyncs(changed.apply(cast));
            case WipedDisk(var cast) -> new WipedDisk(changed.apply(cast));
            case Storm _, ArchiveTrouble _, LostNode _ -> this;
        };
    }

    /// The word for it, in counts and reports.
    String word();

    /// Nodes lose their power at the same moment, and with it what they had not synced.
    record PowerOff(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return Ongoing.together(cast.in(world).stream().map(world::powerOff).toList());
        }

        @Override
        public String word() {
            return "power-off";
        }
    }

    /// A node is taken out of service, as for an upgrade: it may hand over what it leads before it is
    /// switched off.
    record Leave(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.leave(cast.first(world));
        }

        @Override
        public String word() {
            return "leave";
        }
    }

    /// A node is stopped, and a later version of the program is started on its disk.
    record Upgrade(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.upgrade(cast.first(world));
        }

        @Override
        public String word() {
            return "upgrade";
        }
    }

    /// A node that was upgraded is stopped, and this version is started again, on what the later one wrote.
    record Downgrade(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.downgrade(cast.first(world));
        }

        @Override
        public String word() {
            return "downgrade";
        }
    }

    /// A node stands still, as under a long garbage collection, and goes on without noticing.
    record Pause(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.pause(cast.first(world));
        }

        @Override
        public String word() {
            return "pause";
        }
    }

    /// Nothing passes on some ways between nodes.
    record Cut(Shape shape, Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.cut(shape.ways(cast.in(world), cast.rest(world)));
        }

        @Override
        public String word() {
            return shape.word();
        }
    }

    /// A link is slow, or everything that a node sends to others.
    ///
    /// @param whole whether it is the node
    record Slow(boolean whole, Cast cast, Weather weather) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.weather(ways(world), weather);
        }

        Set<Way> ways(Places places) {
            var shape = whole ? Shape.MUTE : Shape.LINK;
            return shape.ways(cast.in(places), cast.rest(places));
        }

        @Override
        public String word() {
            return whole ? "slow node" : "slow link";
        }
    }

    /// All links between nodes lose, repeat and delay.
    record Storm(Weather weather) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.weather(ways(world), weather);
        }

        static Set<Way> ways(Places places) {
            var ways = new LinkedHashSet<Way>();
            for (var from : places.nodes()) {
                for (var to : places.nodes()) {
                    ways.add(new Way(from, to));
                }
            }
            return ways;
        }

        @Override
        public String word() {
            return "storm";
        }
    }

    /// A node hears its clients, and its replies are lost: whoever asks again must not have it done twice.
    record LostReplies(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.cut(Set.of(new Way(cast.first(world), World.CLIENTS)));
        }

        @Override
        public String word() {
            return "lost replies";
        }
    }

    /// A clock goes much too fast or too slow. No promise about time survives that.
    record ClockDrift(Cast cast, int perMille) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.drift(cast.first(world), perMille);
        }

        @Override
        public String word() {
            return "clock drift";
        }
    }

    /// A clock jumps. Nothing mends that: the clock goes on from there.
    record ClockJump(Cast cast, long nanos) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.jump(cast.first(world), nanos) ? Optional.of(() -> {}) : Optional.empty();
        }

        @Override
        public String word() {
            return "clock jump";
        }
    }

    /// A disk cannot write what it was to make safe, and says so once.
    record FailingSync(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.failSync(cast.first(world));
        }

        @Override
        public String word() {
            return "failing sync";
        }
    }

    /// A disk takes so many times as long for each sync.
    record SlowDisk(Cast cast, int times) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.slowDisk(cast.first(world), times);
        }

        @Override
        public String word() {
            return "slow disk";
        }
    }

    /// A disk does not answer.
    record StuckDisk(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.stuckDisk(cast.first(world));
        }

        @Override
        public String word() {
            return "stuck disk";
        }
    }

    /// A disk has no room for another file.
    record FullDisk(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.fullDisk(cast.first(world));
        }

        @Override
        public String word() {
            return "full disk";
        }
    }

    /// A node restarts, and its disk cannot be read.
    record ReadErrors(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            var node = cast.first(world);
            var errors = world.readErrors(node);
            if (errors.isPresent()) {
                world.powerOff(node).ifPresent(Ongoing::end);
            }
            return errors;
        }

        @Override
        public String word() {
            return "read errors";
        }
    }

    /// What was synced rots on a disk.
    record BitRot(Cast cast, World.Rot rot) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.rot(cast.first(world), rot);
        }

        @Override
        public String word() {
            return "bit rot";
        }
    }

    /// The state of a group rots on a disk.
    record StateRot(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.rotState(cast.first(world));
        }

        @Override
        public String word() {
            return "state rot";
        }
    }

    /// A value that nobody reads is another one all of a sudden.
    ///
    /// @param cast in whose states: in each of them another one
    /// @param isWritten whether it is as if a program had written it
    record Decay(Cast cast, boolean isWritten) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.decay(cast.in(world), isWritten);
        }

        @Override
        public String word() {
            if (isWritten) {
                return "wrong apply";
            }
            return cast.parts().size() == 1 ? "decay" : "decay of two copies";
        }
    }

    /// Something is wrong with what keeps the archive.
    record ArchiveTrouble(World.Trouble trouble) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.troubleArchive(trouble);
        }

        @Override
        public String word() {
            return "archive " + trouble.word();
        }
    }

    /// A disk says that it made safe what it did not. No promise about what is written survives that.
    record DroppedSyncs(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.dropSyncs(cast.first(world));
        }

        @Override
        public String word() {
            return "dropped syncs";
        }
    }

    /// The next node that still has its first disk loses it. So in time all are replaced.
    record LostNode() implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.originals().stream()
                    .map(world::wipe)
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        @Override
        public String word() {
            return "lost node";
        }
    }

    /// A disk loses all that it had.
    record WipedDisk(Cast cast) implements Fault {
        @Override
        public Optional<Ongoing> begin(World world) {
            return world.wipe(cast.first(world));
        }

        @Override
        public String word() {
            return "wiped disk";
        }
    }
}
