package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Way;
import dev.scrubjay.world.World.Weather;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// All links: between nodes, and between clients and nodes.
///
/// A client's link is a connection: it may break and take a request or a reply with it, but it brings nothing
/// twice.
final class Links {
    /// An end that hears of a frame that found nobody at the other one.
    interface Client extends Consumer<byte[]> {
        void unreachable(byte[] frame);
    }

    static final Weather CALM = new Weather(2, 2, 300_000, 1_500_000);

    /// What goes wrong on one way now. Counted, because faults overlap.
    private static final class Trouble {
        private final Layers<Weather> weathers = new Layers<>();
        private int cuts;
    }

    private final Timeline timeline;
    private final Randomness randomness;
    private final Exercised exercised;
    private final List<Invariant> invariants;
    private final Map<String, Consumer<byte[]>> ends = new HashMap<>();
    private final Map<Way, Trouble> troubles = new HashMap<>();
    private Weather ordinary = CALM;
    private Consumer<String> asked = _ -> {};
    private Consumer<String> travelling = _ -> {};
    private Watcher watcher = (_, _, _, _, _) -> {};
    private Runnable changed = () -> {};

    Links(Timeline timeline, Randomness randomness, Exercised exercised, List<Invariant> invariants) {
        this.timeline = timeline;
        this.randomness = randomness;
        this.exercised = exercised;
        this.invariants = invariants;
    }

    /// From now on, this is who answers to that name.
    void connect(String name, Consumer<byte[]> receiver) {
        ends.put(name, receiver);
        changed.run();
    }

    /// From now on, this one hears whenever somebody came or went.
    void endsHeardBy(Runnable listener) {
        changed = listener;
    }

    /// From now on, this one hears of each node at which a client's request arrives, before the node does.
    void requestsHeardBy(Consumer<String> listener) {
        asked = listener;
    }

    /// From now on, this one hears of each node that gives or takes a part of a snapshot, before it is there.
    void partsHeardBy(Consumer<String> listener) {
        travelling = listener;
    }

    /// Hears what becomes of each frame, when it arrives or is lost.
    interface Watcher {
        void carried(String from, String to, Frame frame, long sentAt, boolean hasArrived);
    }

    /// From now on, this one hears what becomes of each frame.
    void watchedBy(Watcher listener) {
        watcher = listener;
    }

    void disconnect(String name) {
        ends.remove(name);
        changed.run();
    }

    /// The weather where no fault makes another.
    void weather(Weather weather) {
        ordinary = weather;
    }

    /// These ways have this weather, until it ends.
    Ongoing weather(Set<Way> ways, Weather weather) {
        var laid = ways.stream().map(way -> trouble(way).weathers.lay(weather)).toList();
        return () -> laid.forEach(Ongoing::end);
    }

    /// Nothing passes on these ways, until it ends. Nothing where nothing passed before.
    Optional<Ongoing> cut(Set<Way> ways) {
        var isNew = ways.stream().anyMatch(way -> !isCut(way));
        if (!isNew) {
            return Optional.empty();
        }
        ways.forEach(way -> trouble(way).cuts++);
        return Optional.of(() -> ways.forEach(way -> trouble(way).cuts--));
    }

    private Trouble trouble(Way way) {
        return troubles.computeIfAbsent(way, _ -> new Trouble());
    }

    boolean isCut(Way way) {
        var trouble = troubles.get(way);
        return trouble != null && trouble.cuts > 0;
    }

    void send(String from, String to, byte[] bytes) {
        var frame = FrameForm.decode(bytes);
        for (var invariant : invariants) {
            invariant.sent(from, frame);
        }
        var between = frame instanceof Frame.Between;
        var way = switch (frame) {
            case Frame.Between _ -> new Way(from, to);
            case Frame.Asked _ -> new Way(World.CLIENTS, to);
            case Frame.Told _ -> new Way(from, World.CLIENTS);
        };
        // Looked up once for each frame: it is asked for up to five times until the frame is there.
        var trouble = trouble(way);
        var weather = trouble.weathers.over(ordinary);
        if (trouble.cuts > 0) {
            cutOff(way);
            watcher.carried(from, to, frame, timeline.now(), false);
        } else if (randomness.perMille(weather.lostPerMille())) {
            exercised.count("frames lost");
            watcher.carried(from, to, frame, timeline.now(), false);
        } else {
            carry(from, to, bytes, way, trouble, frame);
            if (between && randomness.perMille(weather.repeatedPerMille())) {
                exercised.count("frames repeated");
                carry(from, to, bytes, way, trouble, frame);
            }
        }
    }

    private void cutOff(Way way) {
        exercised.count(way.to().equals(World.CLIENTS) ? "replies cut off" : "frames cut off");
    }

    private void arrives(String from, String to, Frame frame) {
        if (frame instanceof Frame.Asked) {
            asked.accept(to);
        } else if (frame instanceof Frame.Between between && between.message() instanceof Message.Part) {
            exercised.count("parts of snapshots brought");
            travelling.accept(to);
            travelling.accept(from);
        }
    }

    /// Each frame takes its own time, so that one may overtake another.
    private void carry(String from, String to, byte[] bytes, Way way, Trouble trouble, Frame frame) {
        var weather = trouble.weathers.over(ordinary);
        long sentAt = timeline.now();
        timeline.after(weather.delayNanosMin() + randomness.below(weather.delayNanosSpread()), () -> {
            var receiver = ends.get(to);
            watcher.carried(from, to, frame, sentAt, receiver != null && trouble.cuts == 0);
            if (receiver == null && ends.get(from) instanceof Client client) {
                client.unreachable(bytes);
            } else if (trouble.cuts > 0) {
                cutOff(way);
            } else if (receiver != null) {
                exercised.count("frames brought");
                arrives(from, to, frame);
                receiver.accept(bytes);
            }
        });
    }
}
