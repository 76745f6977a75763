package dev.scrubjay.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.world.Ongoing;
import dev.scrubjay.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FaultTest {
    private static final Cast LEADER = Cast.of(new Who.Leader());
    private static final Cast ALL = Cast.of(new Who.Leader(), new Who.Other(1), new Who.Other(2));
    private static final Cast LEADER_AND_OTHER = Cast.of(new Who.Leader(), new Who.Other(1));
    private static final Cast ZONE = Cast.of(new Who.Zone("zone-a"));
    private static final World.Weather BAD = new World.Weather(1, 2, 3, 4);

    /// A world that only remembers.
    private static final class Remembering implements World {
        private final TreeSet<String> on = new TreeSet<>(List.of("a", "b", "c"));
        private Optional<String> leader = Optional.of("b");
        private Consumer<String> restarted = _ -> {};

        /// What goes wrong now, in words.
        private final List<String> wrong = new ArrayList<>();

        private Ongoing goesWrong(String what) {
            wrong.add(what);
            return () -> wrong.remove(what);
        }

        private static String words(Set<Way> ways) {
            return String.join(
                    " ",
                    new TreeSet<>(ways.stream()
                            .map(way -> way.from() + ">" + way.to())
                            .toList()));
        }

        @Override
        public SortedSet<String> nodes() {
            return new TreeSet<>(List.of("a", "b", "c"));
        }

        /// Each is a zone of its own, but that c stands with a.
        @Override
        public String zone(String node) {
            return node.equals("c") ? "zone-a" : "zone-" + node;
        }

        @Override
        public SortedSet<String> originals() {
            return new TreeSet<>(List.of("a", "c"));
        }

        @Override
        public Optional<String> leader() {
            return leader;
        }

        @Override
        public Optional<Ongoing> powerOff(String node) {
            return on.remove(node) ? Optional.of(() -> powerOn(node)) : Optional.empty();
        }

        private void powerOn(String node) {
            on.add(node);
            restarted.accept(node + " while " + wrong);
        }

        @Override
        public Optional<Ongoing> leave(String node) {
            return Optional.of(goesWrong("left " + node));
        }

        @Override
        public Optional<Ongoing> upgrade(String node) {
            return Optional.of(goesWrong("later " + node));
        }

        @Override
        public Optional<Ongoing> downgrade(String node) {
            return Optional.of(goesWrong("back " + node));
        }

        @Override
        public Optional<Ongoing> pause(String node) {
            return Optional.of(goesWrong("paused " + node));
        }

        @Override
        public Optional<Ongoing> cut(Set<Way> ways) {
            return Optional.of(goesWrong("cut " + words(ways)));
        }

        @Override
        public Optional<Ongoing> weather(Set<Way> ways, Weather weather) {
            return Optional.of(goesWrong("bad " + words(ways)));
        }

        @Override
        public Optional<Ongoing> drift(String node, int perMille) {
            return Optional.of(goesWrong("drift " + node + " " + perMille));
        }

        @Override
        public boolean jump(String node, long nanos) {
            wrong.add("jump " + node + " " + nanos);
            return true;
        }

        @Override
        public Optional<Ongoing> failSync(String node) {
            return Optional.of(goesWrong("failing " + node));
        }

        @Override
        public Optional<Ongoing> slowDisk(String node, int times) {
            return Optional.of(goesWrong("slow " + node + " " + times));
        }

        @Override
        public Optional<Ongoing> stuckDisk(String node) {
            return Optional.of(goesWrong("stuck " + node));
        }

        @Override
        public Optional<Ongoing> fullDisk(String node) {
            return Optional.of(goesWrong("full " + node));
        }

        @Override
        public Optional<Ongoing> readErrors(String node) {
            return Optional.of(goesWrong("unreadable " + node));
        }

        @Override
        public Optional<Ongoing> rot(String node, Rot rot) {
            return Optional.of(goesWrong("rotten " + node + " " + rot));
        }

        @Override
        public Optional<Ongoing> rotState(String node) {
            return Optional.of(goesWrong("rotten state " + node));
        }

        @Override
        public Optional<Ongoing> decay(List<String> nodes, boolean isWritten) {
            return Optional.of(goesWrong("decayed " + nodes + " " + isWritten));
        }

        @Override
        public Optional<Ongoing> troubleArchive(Trouble trouble) {
            return Optional.of(goesWrong("archive " + trouble));
        }

        @Override
        public Optional<Ongoing> dropSyncs(String node) {
            return Optional.of(goesWrong("dropping " + node));
        }

        @Override
        public Optional<Ongoing> wipe(String node) {
            return node.equals("a") ? Optional.empty() : Optional.of(goesWrong("wiped " + node));
        }

        @Override
        public void when(Moment moment, Supplier<String> node, Runnable then) {
            then.run();
        }
    }

    private final Remembering world = new Remembering();

    /// Here b leads, or nobody does: then the first is as good as any.
    @ParameterizedTest
    @CsvSource({
        "leader,               b,     a b c -> a c",
        "other1,               b,     a b c -> b c",
        "other2,               b,     a b c -> a b",
        "other3,               b,     a b c -> b c",
        "leader other1,        b,     a b c -> c",
        "other2 other1,        b,     a b c -> b",
        "leader other2 other1, b,     a b c ->",
        "c leader,             b,     a b c -> a",
        "b leader,             b,     a b c -> a c",
        "zone=zone-a,          b,     a b c -> b",
        "zone=zone-a b,        b,     a b c ->",
        "zone=zone-b,          c,     a b c -> a c",
        "leader-zone,          b,     a b c -> a c",
        "leader-zone,          c,     a b c -> b",
        "leader-zone,          nobody,a b c -> b",
        "leader,               nobody,a b c -> b c",
        "other1,               nobody,a b c -> a c"
    })
    void aPowerOffStrikesItsCast(String cast, String leader, String onBeforeAndAfter) {
        world.leader = Optional.of(leader).filter(name -> !name.equals("nobody"));
        var parts = Stream.of(cast.split(" ")).map(FaultTest::who).toList();
        var ongoing = new Fault.PowerOff(new Cast(parts)).begin(world);

        assertThat(String.join(" ", world.on)).isEqualTo(onBeforeAndAfter.replaceAll(".*-> ?", ""));

        ongoing.orElseThrow().end();
        assertThat(world.on).containsExactly("a", "b", "c");
    }

    private static Who who(String word) {
        if (word.equals("leader")) {
            return new Who.Leader();
        }
        if (word.equals("leader-zone")) {
            return new Who.LeaderZone();
        }
        if (word.startsWith("zone=")) {
            return new Who.Zone(word.substring("zone=".length()));
        }
        return word.startsWith("other") ? new Who.Other(word.charAt(5) - '0') : new Who.Named(word);
    }

    /// The second one takes what is left, and gives back no more than that.
    @Test
    void powerOffsThatOverlapEndEachForItself() {
        var first = new Fault.PowerOff(LEADER).begin(world).orElseThrow();
        var all = new Fault.PowerOff(ALL).begin(world).orElseThrow();
        assertThat(world.on).isEmpty();
        assertThat(new Fault.PowerOff(ALL).begin(world)).as("nothing is on").isEmpty();

        all.end();
        assertThat(world.on).containsExactly("a", "c");

        first.end();
        assertThat(world.on).containsExactly("a", "b", "c");
    }

    static Stream<List<Object>> faults() {
        return Stream.of(
                List.of(new Fault.Leave(LEADER), "leave", "left b"),
                List.of(new Fault.Pause(LEADER), "pause", "paused b"),
                List.of(new Fault.Pause(Cast.of(new Who.Other(1))), "pause", "paused a"),
                List.of(new Fault.Cut(Shape.ISOLATION, LEADER), "isolation", "cut a>b b>a b>c c>b"),
                List.of(new Fault.Cut(Shape.ISOLATION, ZONE), "isolation", "cut a>b b>a b>c c>b"),
                List.of(new Fault.Cut(Shape.SPLIT, ZONE), "split", "cut a>b b>a b>c c>b"),
                List.of(new Fault.Cut(Shape.LINK, LEADER_AND_OTHER), "broken link", "cut a>b b>a"),
                List.of(new Fault.Slow(false, LEADER_AND_OTHER, BAD), "slow link", "bad a>b b>a"),
                List.of(new Fault.Slow(true, LEADER, BAD), "slow node", "bad b>a b>c"),
                List.of(new Fault.FailingSync(LEADER), "failing sync", "failing b"),
                List.of(new Fault.SlowDisk(LEADER, 30), "slow disk", "slow b 30"),
                List.of(new Fault.StuckDisk(LEADER), "stuck disk", "stuck b"),
                List.of(new Fault.FullDisk(LEADER), "full disk", "full b"),
                List.of(new Fault.ReadErrors(LEADER), "read errors", "unreadable b"),
                List.of(new Fault.StateRot(LEADER), "state rot", "rotten state b"),
                List.of(new Fault.DroppedSyncs(LEADER), "dropped syncs", "dropping b"),
                List.of(new Fault.BitRot(LEADER, World.Rot.ZEROED), "bit rot", "rotten b ZEROED"),
                List.of(new Fault.ArchiveTrouble(World.Trouble.SILENT), "archive silent", "archive SILENT"),
                List.of(new Fault.Decay(LEADER, false), "decay", "decayed [b] false"),
                List.of(new Fault.Decay(LEADER_AND_OTHER, false), "decay of two copies", "decayed [b, a] false"),
                List.of(new Fault.Decay(LEADER, true), "wrong apply", "decayed [b] true"),
                List.of(new Fault.WipedDisk(LEADER), "wiped disk", "wiped b"),
                List.of(new Fault.LostNode(), "lost node", "wiped c"),
                List.of(new Fault.LostReplies(LEADER), "lost replies", "cut b>clients"),
                List.of(new Fault.ClockDrift(LEADER, 5_000), "clock drift", "drift b 5000"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultGoesWrongAsItSaysUntilItEnds(List<Object> row) {
        var fault = (Fault) row.get(0);
        assertThat(fault.word()).isEqualTo(row.get(1));

        var ongoing = fault.begin(world);
        assertThat(world.wrong).containsExactly((String) row.get(2));

        ongoing.orElseThrow().end();
        assertThat(world.wrong).isEmpty();
    }

    @Test
    void aStormIsOnAllLinksUntilItPasses() {
        var storm = new Fault.Storm(BAD).begin(world).orElseThrow();
        assertThat(world.wrong).singleElement().asString().contains("a>b", "a>c", "b>a", "b>c", "c>a", "c>b");

        storm.end();
        assertThat(world.wrong).isEmpty();
    }

    @Test
    void aClockThatJumpedStaysWhereItIs() {
        new Fault.ClockJump(LEADER, -7).begin(world).orElseThrow().end();

        assertThat(world.wrong).containsExactly("jump b -7");
    }

    /// It has to read its disk for that: so its power goes, and is back at once.
    @Test
    void aNodeWhoseDiskCannotBeReadRestarts() {
        var restarted = new ArrayList<String>();
        world.restarted = restarted::add;
        assertThat(new Fault.ReadErrors(LEADER).begin(world)).isPresent();

        assertThat(restarted).containsExactly("b while [unreadable b]");
        assertThat(world.on).containsExactly("a", "b", "c");
    }
}
