package dev.scrubjay.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.world.Places;
import dev.scrubjay.world.World.Trouble;
import dev.scrubjay.world.World.Weather;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which zones a fault can be put down to. A node stands in the zone of its first letter; b1 leads.
final class BlameTest {
    private static final Weather BAD = new Weather(1, 2, 3, 4);

    private record Standing(List<String> all) implements Places {
        @Override
        public SortedSet<String> nodes() {
            return new TreeSet<>(all);
        }

        @Override
        public String zone(String node) {
            return node.substring(0, 1);
        }

        @Override
        public Optional<String> leader() {
            return Optional.of("b1");
        }
    }

    private static final Places SIX = new Standing(List.of("a1", "a2", "b1", "b2", "c1", "c2"));
    private static final Places TWO_ZONES = new Standing(List.of("a1", "b1", "b2"));

    private static String of(Fault fault, Places places) {
        return String.join(" ", Blame.of(fault, places));
    }

    private static Cast cast(String words) {
        return new Cast(Stream.of(words.split(" "))
                .map(word -> word.equals("leader") ? new Who.Leader() : named(word))
                .toList());
    }

    private static Who named(String word) {
        return word.length() == 1 ? new Who.Zone(word) : new Who.Named(word);
    }

    @ParameterizedTest
    @CsvSource({
        "a1,        a", //
        "a1 a2,     a",
        "a,         a",
        "leader,    b",
        "a1 b1,     ''",
        "a b,       ''"
    })
    void nodesAreOfTheZoneWhereAllOfThemStand(String cast, String zones) {
        assertThat(of(new Fault.PowerOff(cast(cast)), SIX)).isEqualTo(zones);
        assertThat(of(new Fault.Decay(cast(cast), false), SIX)).isEqualTo(zones);
    }

    @Test
    void aFaultOfOneNodeIsOfItsZone() {
        var c1 = cast("c1");
        assertThat(Stream.of(
                        new Fault.Leave(c1),
                        new Fault.Pause(c1),
                        new Fault.LostReplies(c1),
                        new Fault.FullDisk(c1),
                        new Fault.WipedDisk(c1)))
                .allSatisfy(fault -> assertThat(of(fault, SIX)).isEqualTo("c"));
    }

    /// A link belongs to both of its ends.
    @ParameterizedTest
    @CsvSource({
        "LINK,      a1 a2,       a",
        "LINK,      a1 b1,       a b",
        "ONE_WAY,   a1 c1,       a c",
        "MUTE,      a1,          a",
        "ISOLATION, a,           a",
        "ISOLATION, a1,          a",
        "SPLIT,     a b1,        ''",
        "SPLIT,     a b,         c",
        "BRIDGE,    c1 a1 a2,    a",
        "BRIDGE,    c1 a1 b1,    ''",
        "RING,      a1 b1 c1 a2 b2 c2, ''"
    })
    void linksAreOfAZoneWhereAllBeginOrEnd(Shape shape, String cast, String zones) {
        assertThat(of(new Fault.Cut(shape, cast(cast)), SIX)).isEqualTo(zones);
    }

    @Test
    void ofTwoZonesWhatPassesBetweenThemIsOfEither() {
        assertThat(of(new Fault.Cut(Shape.SPLIT, cast("b")), TWO_ZONES)).isEqualTo("a b");
        assertThat(of(new Fault.Slow(false, cast("b1 b2"), BAD), TWO_ZONES)).isEqualTo("b");
    }

    @Test
    void aStormIsEverywhereAndTheArchiveNowhere() {
        assertThat(of(new Fault.Storm(BAD), SIX)).isEmpty();
        assertThat(of(new Fault.LostNode(), SIX)).isEmpty();
        assertThat(of(new Fault.ArchiveTrouble(Trouble.LYING), SIX)).isEqualTo("a b c");
    }
}
