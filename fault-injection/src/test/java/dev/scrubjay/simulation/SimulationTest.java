package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whole runs.
final class SimulationTest {
    private static final long MILLI = 1_000_000;
    private static final Pattern EVENT = Pattern.compile(
            "\\{\"group\":(\\d+),\"replica\":\"(\\w+)\\.1\",\"count\":(\\d+),\"order\":(\\d+),\"now\":\\d+,\"action\":\"(\\w+)\".*");

    // ---------------------------------------------------------------- one seed, one run

    @Test
    void aSeedGivesTheSameBytesAgain() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(digest(seed)).isEqualTo(digest(seed));
        }
    }

    /// Another JVM: collections that shuffle themselves do so anew, hashes of identity are others, and so are
    /// language, time zone and encoding.
    @Test
    void aSeedGivesTheSameBytesInAnotherJvm() throws IOException, InterruptedException {
        var expected = new ArrayList<String>();
        for (long seed = 1; seed <= 3; seed++) {
            expected.add(digest(seed));
        }

        assertThat(elsewhere("-XX:hashCode=2", "-Duser.language=en", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8"))
                .isEqualTo(expected);
        assertThat(elsewhere("-XX:hashCode=3", "-Duser.language=ar", "-Duser.country=EG", "-Dfile.encoding=COMPAT"))
                .isEqualTo(expected);
    }

    private static String digest(long seed) throws IOException {
        return RunDigest.of(Simulation.run(seed, Plan.TRACE, "test"));
    }

    private static List<String> elsewhere(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockExperimentalVMOptions"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunDigest.class.getName(), "1", "2", "3"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void anotherSeedGivesAnotherRun() throws IOException {
        var digests = new ArrayList<String>();
        for (long seed = 1; seed <= 5; seed++) {
            digests.add(digest(seed));
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    /// Watching takes no part: what an unwatched run does is what the watched one does.
    @Test
    void watchingARunDoesNotChangeIt() throws IOException {
        assertThat(RunDigest.of(Simulation.runUnwatched(4, Plan.TRACE, "test"))).isEqualTo(digest(4));
    }

    // ---------------------------------------------------------------- what runs are for

    /// Twenty seeds hold, and they were worth it.
    @Test
    void aCampaignHoldsAndDoesWhatItIsFor() {
        var exercised = new TreeMap<String, Long>();
        for (long seed = 1; seed <= 20; seed++) {
            var run = Simulation.run(seed, Plan.CAMPAIGN, "test");
            assertThat(run.findings()).as("seed " + seed).isEmpty();
            run.exercised().forEach((what, count) -> exercised.merge(what, count, Long::sum));
        }

        for (var what : List.of("fault power-off", "fault partition", "fault storm", "frames cut off")) {
            assertThat(exercised).as(what).containsKey(what);
        }
        assertThat(exercised.get("action Lead"))
                .as("leaders of twice twenty groups")
                .isGreaterThan(120);
        assertThat(exercised.get("power-offs with loss")).isGreaterThan(20);
        assertThat(exercised.get("records lost")).isGreaterThan(40);
        assertThat(exercised.get("action Restart")).isGreaterThan(100);
        assertThat(exercised.get("requests sent again")).isGreaterThan(1_000);
        assertThat(exercised.get("operations answered")).isGreaterThan(20_000);
        assertThat(exercised.get("operations unknown")).isGreaterThan(100);
        assertThat(exercised.get("frames lost")).isGreaterThan(500);
        assertThat(exercised.get("frames repeated")).isGreaterThan(500);
    }

    @Test
    void noRequestIsTakenTwice() {
        for (long seed = 1; seed <= 5; seed++) {
            var run = Simulation.run(seed, Plan.CAMPAIGN, "test");

            assertThat(run.exercised().get("requests sent again")).isPositive();
            assertThat(askedTwice(run)).as("asked twice by seed " + seed).isEmpty();
        }
    }

    /// The requests that a leader took more than once. The client may send one again only when nobody took
    /// it.
    private static List<String> askedTwice(Run run) {
        var asked = new HashMap<String, Integer>();
        run.trace().get().stream()
                .filter(line -> line.contains("\"action\":\"Ask\""))
                .forEach(line -> asked.merge(line.substring(line.indexOf("\"entry\"")), 1, Integer::sum));
        return asked.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void onACalmDayNothingGoesWrongAndThousandsAreAnswered() {
        var run = Simulation.run(1, Plan.CALM, "test");

        assertThat(run.findings()).isEmpty();
        assertThat(run.exercised().get("operations answered")).isGreaterThan(1_000);
        assertThat(run.exercised())
                .doesNotContainKeys(
                        "power-offs", "fault power-off", "fault partition", "fault storm", "action PowerOff");
    }

    @Test
    void everyActionOfTheProtocolHappensInATrace() {
        var actions = new ArrayList<String>();
        for (long seed = 1; seed <= 5; seed++) {
            Simulation.run(seed, Plan.TRACE, "test").exercised().keySet().stream()
                    .filter(what -> what.startsWith("action "))
                    .forEach(actions::add);
        }

        for (var action : TraceEvent.class.getPermittedSubclasses()) {
            assertThat(actions).contains("action " + action.getSimpleName());
        }
    }

    // ---------------------------------------------------------------- traces

    @Test
    void aTraceBeginsWithAHeaderOfEachNodeAndIsInOrder() {
        var lines = Simulation.run(7, Plan.CAMPAIGN, "0.1").trace().get();
        assertThat(lines.subList(0, 3)).containsExactly(header("a"), header("b"), header("c"));

        var counts = new HashMap<String, Long>();
        var orders = new HashMap<String, Long>();
        long order = 0;
        for (var line : lines.subList(3, lines.size())) {
            var event = EVENT.matcher(line);
            assertThat(event.matches()).as(line).isTrue();
            long count = counts.merge(event.group(1) + event.group(2), 1L, Long::sum);
            assertThat(event.group(3)).as("count in %s", line).isEqualTo("" + count);
            long own = Long.parseLong(event.group(4));
            assertThat(own).as("order in %s", line).isGreaterThanOrEqualTo(order);
            assertThat(orders.getOrDefault(event.group(2), 0L))
                    .as("the order before it of the same node, %s", line)
                    .isLessThan(own);
            orders.put(event.group(2), own);
            order = own;
        }
        assertThat(lines).hasSizeGreaterThan(10_000);
    }

    private static String header(String node) {
        return "{\"trace\":1,\"node\":\"" + node
                + "\",\"build\":\"0.1\",\"groups\":{\"1\":[\"a.1\",\"b.1\",\"c.1\"],\"2\":[\"a.1\",\"b.1\",\"c.1\"]}}";
    }

    // ---------------------------------------------------------------- healing

    /// No group elects a leader within the tenth of a second that this plan leaves it after all lost their
    /// power.
    @Test
    void aRunThatDoesNotHealInTimeSaysSo() {
        var findings = new ArrayList<Finding>();
        for (long seed = 1; seed <= 10; seed++) {
            var hasty = new Plan(1, new Workload(2, 2, 30 * MILLI, 100 * MILLI), 3_000 * MILLI, 300 * MILLI, MILLI);
            findings.addAll(Simulation.run(seed, hasty, "test").findings());
        }

        assertThat(findings).isNotEmpty().allMatch(finding -> finding.check().equals("healing"));
        assertThat(findings)
                .anyMatch(finding -> finding.text().endsWith("group 1 has no leader"))
                .allMatch(finding -> finding.when().matches("step [\\d,]+, virtual time \\d\\.\\d{3} s"));
    }

    @Test
    void everyKeyIsReadWhenTheFaultsAreOver() {
        var plan = new Plan(2, new Workload(2, 3, 30 * MILLI, 100 * MILLI), 2_000 * MILLI, 300 * MILLI, 20_000 * MILLI);
        var run = Simulation.run(1, plan, "test");

        assertThat(run.findings()).isEmpty();
        assertThat(run.history().operations().stream()
                        .filter(operation -> operation.invocation().time() > plan.busyNanos())
                        .filter(operation -> operation.f().equals("get") && operation.isCompleted())
                        .map(operation -> operation.argument().toString()))
                .containsExactly(
                        "{:key \"g1-k0\"}",
                        "{:key \"g1-k1\"}",
                        "{:key \"g1-k2\"}",
                        "{:key \"g2-k0\"}",
                        "{:key \"g2-k1\"}",
                        "{:key \"g2-k2\"}");
    }

    /// A client whose request was lost waits until its patience ends, which this plan does not live to see.
    @Test
    void aClientThatWaitsInTheEndIsNotHealed() {
        var stubborn = new Plan(
                1, new Workload(8, 2, 10 * MILLI, 1_000_000 * MILLI), 20_000 * MILLI, Long.MAX_VALUE, 2_000 * MILLI);

        assertThat(Simulation.run(1, stubborn, "test").findings())
                .containsExactly(new Finding(
                        "healing",
                        "after 2 s without faults a client still waits for an answer",
                        Simulation.run(1, stubborn, "test")
                                .findings()
                                .getFirst()
                                .when()));
    }
}
