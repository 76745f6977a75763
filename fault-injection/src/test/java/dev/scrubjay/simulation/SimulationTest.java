package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.trace.TraceEvent;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.HistoryCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Whole runs.
final class SimulationTest {
    private static final long MILLI = 1_000_000;

    /// As rough as the plan that goes beyond the contract, but for its clocks.
    private static final Plan WITHIN = new Plan(
            Plan.OUTSIDE.groups(),
            Plan.OUTSIDE.fivesPerMille(),
            Plan.OUTSIDE.workload(),
            Plan.OUTSIDE.busyNanos(),
            Mix.WITHIN,
            Plan.OUTSIDE.faultEveryNanos(),
            Plan.OUTSIDE.healNanos(),
            true,
            false);

    private static final Pattern EVENT = Pattern.compile(
            "\\{\"group\":(\\d+),\"replica\":\"(\\w+)\\.1\",\"count\":(\\d+),\"order\":(\\d+),\"now\":\\d+,\"action\":\"(\\w+)\".*");

    // ---------------------------------------------------------------- what runs are for

    /// Twenty seeds hold, and they were worth it.
    @Test
    void aCampaignHoldsAndDoesWhatItIsFor() {
        var exercised = new TreeMap<String, Long>();
        for (long seed = 1; seed <= 20; seed++) {
            var run = Simulation.run(seed, Plan.QUICK, "test");
            assertThat(run.findings()).as("seed " + seed).isEmpty();
            run.exercised().forEach((what, count) -> exercised.merge(what, count, Long::sum));
        }

        for (var what : List.of("frames cut off", "replies cut off", "frames that waited out a pause")) {
            assertThat(exercised).as(what).containsKey(what);
        }
        assertThat(exercised.get("faults")).isGreaterThan(100);
        assertThat(exercised.get("faults that overlap")).isGreaterThan(10);
        assertThat(exercised.get("action Lead"))
                .as("leaders of twice twenty groups")
                .isGreaterThan(120);
        assertThat(exercised.get("power-offs with loss")).isGreaterThan(4);
        assertThat(exercised.get("records lost")).isGreaterThan(4);
        assertThat(exercised.get("segments begun")).isGreaterThan(600);
        for (var image : List.of("everything", "nothing", "prefix", "subset", "torn")) {
            assertThat(exercised.get("crash image " + image)).as(image).isGreaterThan(3);
        }
        assertThat(exercised.get("action Restart")).isGreaterThan(100);
        assertThat(exercised.get("requests sent again")).isGreaterThan(1_000);
        assertThat(exercised.get("operations answered")).isGreaterThan(20_000);
        assertThat(exercised.get("operations unknown")).isPositive();
        assertThat(exercised.get("writes sent again and answered")).isGreaterThan(200);
        assertThat(exercised.get("eventual reads answered")).isGreaterThan(1_000);
        assertThat(exercised.get("action HandOver")).isGreaterThan(10);
        assertThat(exercised.get("frames lost")).isGreaterThan(500);
        assertThat(exercised.get("frames repeated")).isGreaterThan(500);
    }

    /// Of eighty seeds about twenty have five voters and a spare; the others have three and two spares.
    @Test
    void everyKindOfFaultHasAnEffectAndHeals() {
        var begun = new TreeSet<String>();
        var sizes = new TreeSet<Integer>();
        var wanted = Mix.BRIEF.words();
        for (long seed = 1; seed <= 300 && !(seed > 60 && begun.containsAll(wanted)); seed++) {
            var run = Simulation.run(seed, Plan.TRACE, "test");
            assertThat(run.findings()).as("seed " + seed).isEmpty();
            run.exercised().keySet().stream()
                    .filter(what -> what.startsWith("fault "))
                    .forEach(begun::add);
            sizes.add((int) run.trace().get().stream()
                    .filter(line -> line.startsWith("{\"trace\""))
                    .count());
        }

        assertThat(begun).containsExactlyElementsOf(wanted);
        assertThat(sizes).as("nodes").containsExactly(5, 6);
    }

    /// Beyond their bound two leaders believe in their leases at a time, and that is seen: a world that could
    /// not bring it about would prove nothing about leases. Clocks that keep it harm nobody.
    @Test
    void clocksBeyondTheirBoundBreakWhatClocksWithinItDoNot() {
        var broken = 0;
        for (long seed = 1; seed <= 20 && broken < 3; seed++) {
            var run = Simulation.run(seed, Plan.OUTSIDE, "test");
            if (!run.findings().isEmpty()) {
                broken++;
                assertThat(run.findings())
                        .allMatch(finding -> finding.check().equals("OneHolderInv")
                                || finding.check().equals("FreshReadsInv"));
                assertThat(run.exercised().keySet()).containsAnyOf("fault clock drift", "fault clock jump");
                assertThat(Simulation.run(seed, WITHIN, "test").findings())
                        .as("seed " + seed)
                        .isEmpty();
            }
        }

        assertThat(broken).isEqualTo(3);
    }

    /// Nobody watches, so runs go on when two hold a lease, and a client reads what is over.
    @Test
    void clocksBeyondTheirBoundLetAClientReadWhatIsOver() {
        var check = new HistoryCheck();

        assertThat(LongStream.rangeClosed(1, 60)
                        .mapToObj(seed -> Simulation.runUnwatched(Swarm.draw(seed, Plan.OUTSIDE), "test"))
                        .anyMatch(run -> !check.judge(run).isEmpty()))
                .isTrue();
    }

    /// Nobody survives a disk that lies, and that is seen: a world that did not notice would prove nothing
    /// about disks.
    @Test
    void disksThatSayWhatIsNotSoLoseWhatWasSynced() {
        var broken = 0;
        for (long seed = 1; seed <= 20 && broken < 3; seed++) {
            var run = Simulation.run(seed, Plan.LYING, "test");
            if (!run.findings().isEmpty()) {
                broken++;
                assertThat(run.findings()).allMatch(finding -> finding.check().equals("SyncedStaysInv"));
                assertThat(run.exercised().get("syncs dropped")).isPositive();
            }
        }

        assertThat(broken).isEqualTo(3);
    }

    /// What a harness sees that only kills processes.
    @Test
    void wherePowerOffsLoseNothingNoRecordIsLost() {
        long written = 0;
        for (long seed = 1; seed <= 8; seed++) {
            var run = Simulation.run(seed, Plan.KILLS, "test");

            assertThat(run.findings()).as("seed " + seed).isEmpty();
            assertThat(run.exercised()).doesNotContainKeys("power-offs with loss", "records lost");
            written += run.exercised().getOrDefault("crash image everything", 0L);
            assertThat(run.exercised().keySet().stream()
                            .filter(what -> what.startsWith("crash image "))
                            .toList())
                    .isSubsetOf("crash image everything");
        }
        assertThat(written).as("power-offs with something to lose").isGreaterThan(4);
    }

    /// One link at a time is broken or slow, from when the groups have had their leaders for two seconds.
    @Test
    void aSingleBrokenLinkMakesNobodyStand() {
        for (long seed = 1; seed <= 8; seed++) {
            var run = Simulation.run(seed, Plan.GRAY, "test");

            assertThat(run.findings()).as("seed " + seed).isEmpty();
            assertThat(run.exercised()).containsEntry("elections by a single broken link", 0L);
            assertThat(run.exercised().get("faults")).isGreaterThan(3);
            assertThat(run.exercised().keySet().stream()
                            .filter(what -> what.startsWith("fault "))
                            .toList())
                    .isSubsetOf("fault broken link", "fault one-way link", "fault slow link");
            assertThat(run.exercised()).doesNotContainKey("faults that overlap");
        }
    }

    @Test
    void whileLinksAreBadLeadersHandOverAndNothingIsBroken() {
        for (long seed = 1; seed <= 8; seed++) {
            var run = Simulation.run(seed, Plan.ROLLING, "test");

            assertThat(run.findings()).as("seed " + seed).isEmpty();
            assertThat(run.exercised().get("action HandOver")).isGreaterThan(3);
            assertThat(run.exercised().get("faults that overlap")).isGreaterThan(3);
            assertThat(run.exercised().keySet().stream()
                            .filter(what -> what.startsWith("fault "))
                            .toList())
                    .isSubsetOf("fault broken link", "fault one-way link", "fault slow link", "fault leave");
        }
    }

    /// By the standard settings nobody stands in the first quarter of a second, which is all that this plan
    /// lives for.
    @Test
    void nodesOfSomeSeedsStandSoonerThanThoseOfOthers() {
        var brief = new Plan(
                1, new Workload(1, 1, 30 * MILLI, 50 * MILLI, 100 * MILLI), 150 * MILLI, Long.MAX_VALUE, MILLI);
        long stood = LongStream.rangeClosed(1, 40)
                .filter(seed -> Simulation.run(seed, brief, "test").exercised().containsKey("action Stand"))
                .count();

        assertThat(stood).isBetween(10L, 35L);
    }

    /// Most have to wait for a lease to run out. A leader that a fault had made powerless before has none.
    @Test
    void failoversAreMeasured() {
        var nanos = LongStream.rangeClosed(1, 3)
                .mapToObj(seed -> Simulation.run(seed, Plan.QUICK, "test").failoverNanos())
                .flatMap(List::stream)
                .toList();

        assertThat(nanos).hasSizeGreaterThan(5).allMatch(time -> time > 0);
        assertThat(nanos.stream().filter(time -> time > 100 * MILLI).count()).isGreaterThan(nanos.size() * 3L / 4);
        assertThat(Simulation.run(1, Plan.CALM, "test").failoverNanos()).isEmpty();
    }

    /// What the clients saw says so: a write that is done twice undoes what came between.
    @Test
    void aWriteThatIsSentAgainCountsOnce() {
        var check = new HistoryCheck();
        long sentAgain = 0;
        for (long seed = 1; seed <= 5; seed++) {
            var run = Simulation.run(seed, Plan.QUICK, "test");
            sentAgain += run.exercised().getOrDefault("writes sent again and answered", 0L);

            assertThat(check.judge(run)).as("seed " + seed).isEmpty();
        }
        assertThat(sentAgain).isGreaterThan(25);
    }

    @Test
    void onACalmDayNothingGoesWrongAndThousandsAreAnswered() {
        var run = Simulation.run(1, Plan.CALM, "test");

        assertThat(run.findings()).isEmpty();
        assertThat(run.exercised().get("operations answered")).isGreaterThan(1_000);
        assertThat(run.exercised()).doesNotContainKeys("power-offs", "faults", "frames cut off", "action PowerOff");
    }

    @Test
    void everyActionOfTheProtocolHappensInATrace() {
        var actions = new ArrayList<String>();
        for (long seed = 1; seed <= 100; seed++) {
            Simulation.run(seed, Plan.TRACE, "test").exercised().keySet().stream()
                    .filter(what -> what.startsWith("action "))
                    .forEach(actions::add);
        }

        for (var action : TraceEvent.class.getPermittedSubclasses()) {
            assertThat(actions).contains("action " + action.getSimpleName());
        }
    }

    @Test
    void inMostTracesALeaderHandsOver() {
        int handedOver = 0;
        for (long seed = 1; seed <= 20; seed++) {
            if (Simulation.run(seed, Plan.TRACE, "test").exercised().containsKey("action HandOver")) {
                handedOver++;
            }
        }

        assertThat(handedOver).isGreaterThan(10);
    }

    // ---------------------------------------------------------------- traces

    @Test
    void aTraceBeginsWithAHeaderOfEachNodeAndNumbersWhatEachReplicaDid() {
        // In which nobody joins: those who do are in the headers too.
        var lines = LongStream.rangeClosed(1, 50)
                .mapToObj(seed -> Simulation.run(seed, Plan.QUICK, "0.1"))
                .filter(run -> !run.exercised().containsKey("nodes joined"))
                .findFirst()
                .orElseThrow()
                .trace()
                .get();
        assertThat(lines.subList(0, 4)).containsExactly(header("a"), header("b"), header("c"), header("d"));
        assertThat(lines.subList(4, 5)).containsExactly(header("e"));

        var counts = new HashMap<String, Long>();
        var orders = new HashMap<String, Long>();
        for (var line : lines.subList(5, lines.size())) {
            var event = EVENT.matcher(line);
            assertThat(event.matches()).as(line).isTrue();
            long count = counts.merge(event.group(1) + event.group(2), 1L, Long::sum);
            assertThat(event.group(3)).as("count in %s", line).isEqualTo("" + count);
            long own = Long.parseLong(event.group(4));
            assertThat(orders.getOrDefault(event.group(2), 0L))
                    .as("the order before it of the same node, %s", line)
                    .isLessThan(own);
            orders.put(event.group(2), own);
        }
        assertThat(lines).hasSizeGreaterThan(10_000);
    }

    private static String header(String node) {
        return "{\"trace\":1,\"node\":\"" + node
                + "\",\"build\":\"0.1\",\"groups\":{\"1\":[\"a.1\",\"b.1\",\"c.1\"],\"2\":[\"a.1\",\"b.1\",\"c.1\"]},"
                + "\"replicas\":{\"1\":[\"a.1\",\"b.1\",\"c.1\",\"d.1\",\"e.1\"],"
                + "\"2\":[\"a.1\",\"b.1\",\"c.1\",\"d.1\",\"e.1\"]},\"logs\":{\"1\":[\"d.1\"],\"2\":[\"d.1\"]}}";
    }

    // ---------------------------------------------------------------- healing

    /// No group elects a leader within the tenth of a second that this plan leaves it after all lost their
    /// power.
    @Test
    void aRunThatDoesNotHealInTimeSaysSo() {
        var findings = new ArrayList<Finding>();
        for (long seed = 1; seed <= 20; seed++) {
            var hasty = new Plan(
                    1, new Workload(2, 2, 30 * MILLI, 50 * MILLI, 100 * MILLI), 3_000 * MILLI, 150 * MILLI, MILLI);
            findings.addAll(Simulation.run(seed, hasty, "test").findings());
        }

        assertThat(findings).isNotEmpty().allMatch(finding -> finding.check().equals("healing"));
        assertThat(findings)
                .anyMatch(finding -> finding.text().endsWith("group 1 has no leader"))
                .allMatch(finding -> finding.when().matches("step [\\d,]+, virtual time \\d\\.\\d{3} s"));
    }

    @Test
    void everyKeyIsReadWhenTheFaultsAreOver() {
        var plan = new Plan(
                2, new Workload(2, 3, 30 * MILLI, 50 * MILLI, 100 * MILLI), 2_000 * MILLI, 300 * MILLI, 20_000 * MILLI);
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
                        "{:key \"g2-k2\"}",
                        "{:key \"g1-cold\"}",
                        "{:key \"g2-cold\"}");
    }

    /// A client whose request was lost waits until its patience ends, which this plan does not live to see.
    @Test
    void aClientThatWaitsInTheEndIsNotHealed() {
        var stubborn = new Plan(
                1,
                new Workload(8, 2, 10 * MILLI, 1_000_000 * MILLI, 1_000_000 * MILLI),
                20_000 * MILLI,
                Long.MAX_VALUE,
                2_000 * MILLI);

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
