package dev.scrubjay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a scenario promises, what it may bring then, and what is said of a finding.
final class ContractTest {
    /// Five nodes in three zones, for ten seconds.
    private static Scenario scenario(String... lines) {
        return ScenarioForm.read("""
                scenario 1
                node a1 zone=a
                node b1 zone=b
                node c1 zone=c
                node a2 zone=a spare
                node b2 zone=b spare keeps=log
                workload clients=4 keys=2 for 8s
                """ + String.join("\n", lines));
    }

    @Test
    void withoutAnythingElseEverythingIsPromised() {
        var scenario = scenario("at 1s power-off a1", "at 2s power-off b1 c1", "maybe at 3s split zone=a");

        assertThat(scenario.promise()).isEqualTo(Promise.EVERYTHING);
        assertThat(Contract.text(scenario))
                .containsExactly(
                        "everything that a group has to survive is promised (survive=everything)",
                        "3 faults are what a group has to survive: power-off, split",
                        "so what was found is a bug");
    }

    /// No group promises to be there: that is for the scenario to know.
    @Test
    void whatIsExpectedMayBeTooMuch() {
        assertThat(Contract.text(scenario("at 1s clock-jump a1 by=1s", "expect write-availability 100%")))
                .last()
                .isEqualTo("so what was found is a bug or more than can be expected if it is found without that one");
        assertThat(Contract.text(scenario("expect no-election")))
                .containsExactly(
                        "everything that a group has to survive is promised (survive=everything)",
                        "so what was found is a bug or more than can be expected");
    }

    @Test
    void whatIsMoreThanAGroupSurvivesIsNamed() {
        var lines = List.of("at 1s pause a1", "maybe at 2s clock-drift b1 speed=500% for 1s", "at 3s dropped-syncs a1");

        assertThat(Contract.text(scenario(lines.toArray(String[]::new))))
                .containsExactly(
                        "everything that a group has to survive is promised (survive=everything)",
                        "1 fault is what a group has to survive: pause",
                        "more than a group survives: 'maybe at 2s clock-drift b1 speed=500% for 1s': the clock is more "
                                + "than one hundredth too fast or too slow",
                        "more than a group survives: 'at 3s dropped-syncs a1': nothing is safe on a disk that only says "
                                + "so",
                        "so what was found is a bug if it is found without those");
        assertThat(Contract.text(scenario("at 3s dropped-syncs a1", "promise survive=nothing")))
                .containsExactly(
                        "nothing is promised (survive=nothing): what was found need be no bug",
                        "more than a group survives: 'at 3s dropped-syncs a1': nothing is safe on a disk that only says "
                                + "so");
    }

    @ParameterizedTest
    @CsvSource({
        "clock-drift a1 speed=101%,   0",
        "clock-drift a1 speed=99%,    0",
        "clock-drift a1 speed=101.1%, 1",
        "clock-drift a1 speed=98.9%,  1",
        "clock-jump a1 by=1ms,        1",
        "dropped-syncs a1,            1",
        "wiped-disk a1,               0",
        "decay a1 b1,                 0",
        "archive-lying,               0",
        "power-off a1 b1 c1,          0"
    })
    void aGroupSurvivesOneHundredthOfClocksAndNoLies(String fault, int outside) {
        assertThat(Contract.of(scenario("at 1s " + fault)).outside()).hasSize(outside);
    }

    // ---------------------------------------------------------------- one zone at a time

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    at 1s power-off a1 for 2s, at 2s pause a2 for 1s
                    at 1s power-off a1 for 2s, at 3.1s power-off b1 for 2s
                    at 1s power-off zone=a for 2s, maybe at 2s power-off b1 for 1s
                    at 1s power-off zone=a for 2s, at 2s pause leader for 1s
                    at 1s power-off zone=a for 2s, when Lead 2 pause b1 for 1s
                    at 1s power-off zone=a for 2s, at 2s while syncing b1 pause b1 for 1s
                    at 1s power-off zone=a for 2s, at 2s broken-link a1 b1 for 1s, at 2.5s isolation zone=a for 1s
                    at 1s power-off zone=a for 2s, at 2s archive-away for 1s
                    """)
    void whatTheTextDoesNotForbidIsRead(String lines) {
        var scenario = scenario((lines + ", promise survive=one-zone").split(", "));
        assertThat(scenario.promise()).isEqualTo(Promise.ONE_ZONE);
        assertThat(ScenarioForm.read(ScenarioForm.write(scenario))).isEqualTo(scenario);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    at 1s power-off a1 b1                                       | line 9: 'at 1s power-off a1 b1' strikes nodes of several zones, and 'promise survive=one-zone' lets the nodes of one zone be struck at a time; allowed: nodes of one zone
                    at 1s storm lost=1%                                         | line 9: 'at 1s storm lost=1%
                    at 1s lost-node                                             | line 9: 'at 1s lost-node' strikes nodes of several zones
                    at 1s power-off a1 for 2s, at 3s power-off b1               | line 10: 'at 3s power-off b1' strikes another zone while 'at 1s power-off a1 for 2s' of line 9 goes on, and 'promise survive=one-zone' lets the nodes of one zone be struck at a time; allowed: another time, the same zone, or 'maybe' before it
                    at 3s power-off zone=b, at 1s power-off zone=a for 4s       | line 9: 'at 3s power-off zone=b' strikes another zone while 'at 1s power-off zone=a for 4s' of line 10 goes on
                    at 1s broken-link a1 b1 for 3s, at 2s pause b1, at 3s pause c1 | line 11: 'at 3s pause c1' strikes another zone while 'at 1s broken-link a1 b1 for 3s' of line 9 goes on
                    """)
    void whatTheTextForbidsIsNot(String lines, String message) {
        assertThatThrownBy(() -> scenario(("promise survive=one-zone, " + lines).split(", ")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(message);
    }

    private static Run run(String... lines) {
        return Simulation.run(scenario(lines), "test");
    }

    /// The second comes while the zone of the first is off, the third when it is on again.
    @Test
    void whatWouldBeTooMuchIsLeftOutAndCounted() {
        var run = run(
                "at 2s power-off zone=a for 2s",
                "maybe at 3s power-off zone=b for 500ms",
                "maybe at 5s power-off zone=b for 500ms",
                "promise survive=one-zone");

        assertThat(run.findings()).isEmpty();
        assertThat(run.exercised())
                .containsEntry("fault power-off", 2L)
                .containsEntry("faults left out to strike one zone at a time", 1L);
        assertThat(run(
                                "at 2s power-off zone=a for 2s",
                                "maybe at 3s power-off zone=b for 500ms",
                                "maybe at 5s power-off zone=b for 500ms")
                        .exercised())
                .as("without the promise")
                .containsEntry("fault power-off", 3L)
                .doesNotContainKey("faults left out to strike one zone at a time");
    }

    /// Who leads is not in the text; two of the others certainly stand in two zones.
    @Test
    void whatHadToComeAndWouldBeTooMuchMakesTheRunVoid() {
        var run = run("at 3s power-off leader other1 other2 other3 other4 for 500ms", "promise survive=one-zone");

        assertThat(run.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(Finding.UNDECIDED);
            assertThat(finding.text())
                    .startsWith("'at 3s power-off leader other1 other2 other3 other4 for 500ms' was left out, since "
                            + "'promise survive=one-zone' lets the nodes of one zone be struck at a time");
        });
        assertThat(run.exercised()).doesNotContainKey("fault power-off");
    }

    // ---------------------------------------------------------------- what is expected

    /// A group of which most are off answers nobody; a second after they are back it does.
    @Test
    void anOutageIsFoundUnlessItIsLeftOutOfAccount() {
        var outage = "at 3s power-off b1 c1 for 4s";

        assertThat(run(outage, "expect write-availability 99%").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("write-availability");
                    assertThat(finding.text())
                            .containsPattern("^\\d\\d(\\.\\d+)?% of the writes begun were answered within 2s, ");
                    assertThat(finding.when()).matches("begun at virtual time [2-5]\\.\\d+ s");
                });
        assertThat(run(outage, "expect read-availability 99%").findings())
                .extracting(Finding::check)
                .containsExactly("read-availability");
        var run = run(
                outage,
                "expect write-availability 99% outside 500ms after fault",
                "expect read-availability 99% outside 500ms after fault");
        assertThat(run.findings()).isEmpty();
        assertThat(run.exercised().get("writes begun outside 500ms after a fault"))
                .isBetween(30L, 300L);
        assertThat(run.exercised().get("gets begun outside 500ms after a fault and answered"))
                .isBetween(20L, 200L);
    }

    /// The zone stays together, and hears of nothing that is chosen elsewhere; so it is all one to it whether
    /// each of its nodes is named or the zone.
    @Test
    void aZoneIsItsNodes() {
        var zone = run("at 3s isolation zone=b for 2s", "at 6s power-off leader-zone for 500ms");
        var nodes = run("at 3s split b1 b2 for 2s", "at 6s power-off leader-zone for 500ms");

        assertThat(zone.trace().get()).isEqualTo(nodes.trace().get());
        assertThat(zone.exercised()).containsEntry("fault isolation", 1L).containsEntry("fault power-off", 1L);
        assertThat(zone.exercised().get("frames cut off")).isPositive();
        assertThat(zone.exercised().get("leader changes")).isPositive();
        assertThat(zone.findings()).isEmpty();
    }

    /// The beginning is a fault too, until there is a leader.
    @Test
    void aRunInWhichNothingCountsIsVoid() {
        assertThat(run("expect write-availability 99% outside 8s after fault").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo(Finding.UNDECIDED);
                    assertThat(finding.text()).contains("proves nothing in this run: none of its writes counts");
                });
    }
}
