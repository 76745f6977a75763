package dev.scrubjay.simulation;

import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.world.World.Weather;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private final Timeline timeline;
    private final Randomness randomness;
    private final Exercised exercised;
    private final List<Invariant> invariants;
    private final SortedMap<String, Consumer<byte[]>> ends = new TreeMap<>();
    private Weather weather = CALM;
    private Set<String> side = Set.of();

    Links(Timeline timeline, Randomness randomness, Exercised exercised, List<Invariant> invariants) {
        this.timeline = timeline;
        this.randomness = randomness;
        this.exercised = exercised;
        this.invariants = invariants;
    }

    /// From now on, this is who answers to that name.
    void connect(String name, Consumer<byte[]> receiver) {
        ends.put(name, receiver);
    }

    void disconnect(String name) {
        ends.remove(name);
    }

    void weather(Weather weather) {
        this.weather = weather;
    }

    /// Nothing passes between these and all other nodes. Clients reach everybody.
    void cut(Set<String> side) {
        this.side = Set.copyOf(side);
    }

    void send(String from, String to, byte[] bytes) {
        var frame = FrameForm.decode(bytes);
        invariants.forEach(invariant -> invariant.sent(from, frame));
        var between = frame instanceof Frame.Between;
        if (between && isCut(from, to)) {
            exercised.count("frames cut off");
        } else if (randomness.perMille(weather.lostPerMille())) {
            exercised.count("frames lost");
        } else {
            carry(from, to, bytes, between);
            if (between && randomness.perMille(weather.repeatedPerMille())) {
                exercised.count("frames repeated");
                carry(from, to, bytes, true);
            }
        }
    }

    /// Each frame takes its own time, so that one may overtake another.
    private void carry(String from, String to, byte[] bytes, boolean between) {
        timeline.after(weather.delayNanosMin() + randomness.below(weather.delayNanosSpread()), () -> {
            var receiver = ends.get(to);
            if (receiver == null && ends.get(from) instanceof Client client) {
                client.unreachable(bytes);
            } else if (receiver != null && !(between && isCut(from, to))) {
                exercised.count("frames brought");
                receiver.accept(bytes);
            }
        });
    }

    private boolean isCut(String from, String to) {
        return side.contains(from) != side.contains(to);
    }
}
