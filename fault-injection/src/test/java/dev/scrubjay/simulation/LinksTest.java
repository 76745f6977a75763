package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.message.ClientReply;
import dev.scrubjay.message.ClientRequest;
import dev.scrubjay.message.Frame;
import dev.scrubjay.message.FrameForm;
import dev.scrubjay.message.Message;
import dev.scrubjay.message.Operation;
import dev.scrubjay.value.ReplicaId;
import dev.scrubjay.world.World;
import dev.scrubjay.world.World.Way;
import dev.scrubjay.world.World.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Shares are counted over many frames, from one seed: they come out the same each time.
final class LinksTest {
    private static final int MANY = 20_000;
    private static final Weather CLEAR = new Weather(0, 0, 100, 1);

    /// A frame that came, and when.
    private record Brought(long number, long time) {}

    private final Timeline timeline = new Timeline();
    private final Exercised exercised = new Exercised();
    private final Links links = new Links(timeline, Randomness.of(7), exercised, List.of());
    private final List<Brought> brought = new ArrayList<>();

    LinksTest() {
        links.weather(CLEAR);
        for (var name : List.of("a", "b", "c", "client-1")) {
            links.connect(
                    name,
                    bytes -> brought.add(new Brought(FrameForm.decode(bytes).order(), timeline.now())));
        }
    }

    private void send(String from, String to, long number) {
        var frame = new Frame.Between(
                1, number, new ReplicaId(from, 1), new ReplicaId(to, 1), new Message.CatchUp(number, 1));
        links.send(from, to, FrameForm.encode(frame));
    }

    private void ask(String to, long number) {
        var request = new ClientRequest(number, "t", 0, new Operation.Read("k"));
        links.send("client-1", to, FrameForm.encode(new Frame.Asked(1, number, "client-1", request)));
    }

    private void tell(String from, long number) {
        var told = new Frame.Told(1, number, "client-1", number, new ClientReply.Throttled(1));
        links.send(from, "client-1", FrameForm.encode(told));
    }

    private void sendMany(Weather weather) {
        links.weather(weather);
        for (int number = 0; number < MANY; number++) {
            send("a", "b", number);
        }
        timeline.runUntil(Long.MAX_VALUE / 2);
    }

    @Test
    void onAClearDayEachFrameComesOnceAndInTime() {
        sendMany(CLEAR);

        assertThat(brought).hasSize(MANY).allMatch(one -> one.time() == 100);
        assertThat(exercised.counts()).containsOnlyKeys("frames brought").containsEntry("frames brought", (long) MANY);
    }

    @Test
    void theShareAskedForIsLost() {
        sendMany(new Weather(150, 0, 100, 1));

        assertThat(brought.size()).isBetween(MANY * 840 / 1000, MANY * 860 / 1000);
        assertThat(exercised.counts()).containsEntry("frames lost", (long) MANY - brought.size());
    }

    @Test
    void theShareAskedForComesTwice() {
        sendMany(new Weather(0, 150, 100, 1));

        assertThat(brought.size()).isBetween(MANY * 1140 / 1000, MANY * 1160 / 1000);
        assertThat(exercised.counts()).containsEntry("frames repeated", (long) brought.size() - MANY);
        assertThat(brought.stream().map(Brought::number).distinct()).hasSize(MANY);
    }

    @Test
    void framesOvertakeEachOtherWithinTheDelaysAskedFor() {
        links.weather(new Weather(0, 0, 1_000, 500));
        for (int number = 0; number < MANY; number++) {
            send("a", "b", number);
            timeline.runUntil(timeline.now() + 100);
        }
        timeline.runUntil(timeline.now() + 1_500);

        assertThat(brought).hasSize(MANY);
        assertThat(brought.stream()
                        .mapToLong(one -> one.time() - 100 * one.number())
                        .summaryStatistics())
                .matches(delay -> delay.getMin() == 1_000 && delay.getMax() == 1_499);
        int overtaken = 0;
        for (int i = 1; i < MANY; i++) {
            overtaken += brought.get(i).number() < brought.get(i - 1).number() ? 1 : 0;
        }
        assertThat(overtaken).isGreaterThan(MANY / 4);
    }

    private static Set<Way> way(String from, String to) {
        return Set.of(new Way(from, to));
    }

    private List<Long> numbers() {
        timeline.runUntil(timeline.now() + 1_000);
        return brought.stream().map(Brought::number).toList();
    }

    @Test
    void nothingPassesACutWayUntilItEnds() {
        var cut = links.cut(way("a", "b")).orElseThrow();
        send("a", "b", 1);
        send("b", "a", 2);
        send("b", "c", 3);
        assertThat(numbers()).containsExactly(2L, 3L);
        assertThat(exercised.counts()).containsEntry("frames cut off", 1L);

        cut.end();
        send("a", "b", 4);
        assertThat(numbers()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void whatIsUnderWayWhenAWayIsCutIsLost() {
        send("a", "b", 1);
        links.cut(way("a", "b"));

        assertThat(numbers()).isEmpty();
    }

    @Test
    void cutsThatOverlapEndEachForItself() {
        var one = links.cut(way("a", "b")).orElseThrow();
        var both = links.cut(Set.of(new Way("a", "b"), new Way("b", "a"))).orElseThrow();
        assertThat(links.cut(way("b", "a"))).as("nothing passed there before").isEmpty();

        one.end();
        send("a", "b", 1);
        assertThat(numbers()).isEmpty();

        both.end();
        send("a", "b", 2);
        send("b", "a", 3);
        assertThat(numbers()).containsExactly(2L, 3L);
    }

    @Test
    void ofWeathersThatOverlapTheLastCountsAndEachEndsForItself() {
        var slow = links.weather(way("a", "b"), new Weather(0, 0, 500, 1));
        var slower = links.weather(way("a", "b"), new Weather(0, 0, 700, 1));
        send("a", "b", 1);
        send("b", "a", 2);
        timeline.runUntil(1_000);
        assertThat(brought).containsExactly(new Brought(2, 100), new Brought(1, 700));

        slow.end();
        send("a", "b", 3);
        slower.end();
        send("a", "b", 4);
        timeline.runUntil(2_000);
        assertThat(brought.subList(2, 4)).containsExactly(new Brought(4, 1_100), new Brought(3, 1_700));
    }

    @Test
    void clientsReachBothSidesOfACut() {
        links.cut(Set.of(new Way("a", "b"), new Way("b", "a")));
        ask("a", 1);
        ask("b", 2);
        tell("a", 3);

        assertThat(numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void repliesAreLostWhereTheWayToClientsIsCut() {
        var cut = links.cut(way("a", World.CLIENTS)).orElseThrow();
        ask("a", 1);
        tell("a", 2);
        tell("b", 3);
        send("a", "b", 4);
        assertThat(numbers()).containsExactly(1L, 3L, 4L);
        assertThat(exercised.counts()).containsEntry("replies cut off", 1L).doesNotContainKey("frames cut off");

        cut.end();
        tell("a", 5);
        assertThat(numbers()).endsWith(5L);
    }

    @Test
    void aRequestIsHeardOfBeforeItsNodeTakesIt() {
        var heard = new ArrayList<String>();
        links.requestsHeardBy(node -> heard.add(node + " after " + brought.size()));
        ask("a", 1);
        send("b", "a", 2);
        tell("a", 3);
        timeline.runUntil(1_000);

        assertThat(heard).containsExactly("a after 0");
    }

    /// A connection brings nothing twice; nothing tells a group yet that two requests are one.
    @Test
    void aClientsFramesMayBeLostButNeverComeTwice() {
        links.weather(new Weather(150, 500, 100, 1_000));
        for (int number = 0; number < MANY; number++) {
            ask("a", number);
        }
        timeline.runUntil(10_000);

        assertThat(brought.size()).isBetween(MANY * 840 / 1000, MANY * 860 / 1000);
        assertThat(brought).extracting(Brought::number).doesNotHaveDuplicates();
    }

    @Test
    void aClientHearsThatItsNodeIsNotThere() {
        var unreached = new ArrayList<Long>();
        links.connect("client-1", new Links.Client() {
            @Override
            public void unreachable(byte[] frame) {
                unreached.add(FrameForm.decode(frame).order());
            }

            @Override
            public void accept(byte[] bytes) {}
        });
        links.disconnect("a");
        ask("a", 5);
        send("b", "a", 6);
        timeline.runUntil(1_000);

        assertThat(unreached).containsExactly(5L);
        assertThat(brought).isEmpty();
    }
}
