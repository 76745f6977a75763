package dev.scrubjay.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.nemesis.Fault.Target;
import dev.scrubjay.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultTest {
    /// A world that only remembers.
    private static final class Remembering implements World {
        private final TreeSet<String> on = new TreeSet<>(List.of("a", "b", "c"));
        private Optional<String> leader = Optional.of("b");
        private Set<String> side = Set.of();
        private Optional<Weather> weather = Optional.empty();

        @Override
        public SortedSet<String> nodes() {
            return new TreeSet<>(List.of("a", "b", "c"));
        }

        @Override
        public Optional<String> leader() {
            return leader;
        }

        @Override
        public boolean powerOff(String node) {
            return on.remove(node);
        }

        @Override
        public void powerOn(String node) {
            on.add(node);
        }

        @Override
        public boolean cut(Set<String> side) {
            this.side = Set.copyOf(side);
            return !side.isEmpty();
        }

        @Override
        public void join() {
            side = Set.of();
        }

        @Override
        public boolean weather(Weather weather) {
            this.weather = Optional.of(weather);
            return true;
        }

        @Override
        public void calm() {
            weather = Optional.empty();
        }
    }

    private final Remembering world = new Remembering();

    /// Here b leads, or nobody does: then the first is as good as any.
    @ParameterizedTest
    @CsvSource({
        "LEADER, b,     a b c -> a c",
        "OTHER,  b,     a b c -> b c",
        "MOST,   b,     a b c -> a",
        "ALL,    b,     a b c ->",
        "LEADER, nobody,a b c -> b c",
        "OTHER,  nobody,a b c -> a c",
        "MOST,   nobody,a b c -> b"
    })
    void aPowerOffStrikesItsTarget(Target target, String leader, String onBeforeAndAfter) {
        world.leader = Optional.of(leader).filter(name -> !name.equals("nobody"));
        var fault = new Fault.PowerOff(target);

        assertThat(fault.begin(world)).isTrue();
        assertThat(String.join(" ", world.on)).isEqualTo(onBeforeAndAfter.replaceAll(".*-> ?", ""));

        fault.end(world);
        assertThat(world.on).containsExactly("a", "b", "c");
    }

    @Test
    void aPowerOffOfWhatIsOffHasNoEffect() {
        var fault = new Fault.PowerOff(Target.ALL);
        assertThat(fault.begin(world)).isTrue();
        assertThat(fault.begin(world)).isFalse();
    }

    @Test
    void aPartitionCutsItsSideOffAndJoinsItAgain() {
        var fault = new Fault.Partition(Target.LEADER);
        assertThat(fault.begin(world)).isTrue();
        assertThat(world.side).containsExactly("b");

        fault.end(world);
        assertThat(world.side).isEmpty();
    }

    @Test
    void aStormPasses() {
        var fault = new Fault.Storm(new World.Weather(1, 2, 3, 4));
        assertThat(fault.begin(world)).isTrue();
        assertThat(world.weather).contains(new World.Weather(1, 2, 3, 4));

        fault.end(world);
        assertThat(world.weather).isEmpty();
    }
}
