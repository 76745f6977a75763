package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.scenario.Promise;
import dev.scrubjay.scenario.Scenario;
import dev.scrubjay.scenario.ScenarioForm;
import dev.scrubjay.scenario.Step;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.HistoryCheck;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {
    private static Scenario shrunk(Scenario scenario, Predicate<Scenario> fails, int threads)
            throws InterruptedException {
        return Shrinker.shrink(scenario, fails, 2_000, threads, (_, _) -> {});
    }

    /// What needs only some of its faults ends with these, the smallest that they can be, and nothing else.
    @Property(tries = 50)
    void onlyWhatIsNeededIsLeft(
            @ForAll @LongRange(min = 1, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 3) int needed)
            throws InterruptedException {
        var drawn = Swarm.draw(seed, Plan.QUICK);
        var words = drawn.steps().stream()
                .map(step -> step.fault().word())
                .distinct()
                .limit(needed)
                .toList();
        Predicate<Scenario> fails = smaller -> smaller.workload().clients() >= 2
                && words.stream()
                        .allMatch(word -> smaller.steps().stream()
                                .anyMatch(step -> step.fault().word().equals(word)));

        var least = shrunk(drawn, fails, 2);

        assertThat(fails).accepts(least);
        assertThat(least.steps()).hasSize(words.size()).noneMatch(Step::isOptional);
        assertThat(least.workload().clients()).isEqualTo(2);
        assertThat(least.workload().keys()).isEqualTo(1);
        assertThat(least.groups()).isEqualTo(1);
        assertThat(least.nodes()).hasSizeLessThanOrEqualTo(3);
        assertThat(ScenarioForm.read(ScenarioForm.write(least))).isEqualTo(least);
        assertThat(shrunk(drawn, fails, 1)).as("with one thread").isEqualTo(least);
    }

    @Test
    void aPowerOffOfAllBecomesOneOfFew() throws InterruptedException {
        var scenario = ScenarioForm.read("""
                scenario 1
                node a
                node b
                node c
                workload clients=9 keys=3
                run 20s
                at 12.345678s while syncing leader power-off leader other1 other2 for 1.23456s
                """);

        var least = shrunk(
                scenario,
                smaller -> smaller.steps().stream()
                        .anyMatch(step -> step.fault() instanceof Fault.PowerOff(var cast)
                                && cast.parts().size() >= 2),
                2);

        assertThat(ScenarioForm.write(least.steps().getFirst())).isEqualTo("at 1s power-off leader other1 for 1s");
        assertThat(least.busyNanos()).isEqualTo(2_000_000_000L);
    }

    /// Of a zone that is struck one node stays, and nothing is expected that the failure does not need.
    @Test
    void zonesStayAndExpectationsGo() throws InterruptedException {
        var scenario = ScenarioForm.read("""
                scenario 1
                node d1 zone=d
                node d2 zone=d
                node a1 zone=a
                node b1 zone=b
                node c1 zone=c
                node e1 zone=e spare
                node e2 zone=e spare
                workload put=3 get=1 keys=3 rate=100/s for 20s
                at 2s power-off zone=a
                at 5s isolation zone=e for 2s
                expect no-election
                expect write-availability 99% outside 2s after fault
                expect read-availability 99%
                """);

        var least = shrunk(
                scenario,
                smaller -> smaller.steps().stream()
                                .anyMatch(step -> step.fault().parts().contains(new Who.Zone("e")))
                        && smaller.expectations().stream()
                                .anyMatch(expected -> expected.word().equals("write-availability")),
                2);

        assertThat(least.expectations())
                .extracting(Scenario.Expectation::text)
                .containsExactly("write-availability 99% outside 2s after fault");
        assertThat(least.steps()).extracting(ScenarioForm::write).containsExactly("at 1s isolation zone=e for 2s");
        assertThat(least.nodes()).extracting(Scenario.Place::name).containsExactly("d1", "d2", "a1", "e1");
        assertThat(least.workload().shares()).isEqualTo(scenario.workload().shares());
        assertThat(ScenarioForm.read(ScenarioForm.write(least))).isEqualTo(least);
    }

    /// The first two overlap, and could not both have to come: so they stay optional, and what is left can be
    /// read.
    @Test
    void whatIsLeftKeepsItsPromise() throws InterruptedException {
        var scenario = ScenarioForm.read("""
                scenario 1
                node a zone=a
                node b zone=b
                node c zone=c
                workload keys=3 for 20s
                maybe at 2s pause a for 9s
                maybe at 3.5s pause b for 9s
                at 15s pause c for 1s
                promise survive=one-zone
                """);
        for (int needed : new int[] {2, 3}) {
            var least = shrunk(scenario, smaller -> smaller.steps().size() >= needed, 2);
            assertThat(least.promise()).isEqualTo(Promise.ONE_ZONE);
            assertThat(least.steps()).hasSize(needed);
            assertThat(ScenarioForm.read(ScenarioForm.write(least))).isEqualTo(least);
        }
    }

    @Test
    void itIsNotTriedForEver() throws InterruptedException {
        var tried = new int[1];
        var drawn = Swarm.draw(7, Plan.QUICK);
        Shrinker.shrink(drawn, _ -> true, 25, 2, (runs, _) -> tried[0] = runs);
        assertThat(tried[0]).isPositive().isLessThanOrEqualTo(25);
    }

    /// Healing looks at many things: one that is found instead of another would be another failure.
    @Test
    void whatHealingFindsIsToldApartButForNamesAndNumbers() {
        var lost = healing("after 20 s without faults a wrong value was not found: d, group 1");
        assertThat(lost.isLike(healing("after 20 s without faults a wrong value was not found: a, group 2")))
                .isTrue();
        assertThat(lost.isLike(healing("after 20 s without faults not every key could be read")))
                .isFalse();
        assertThat(lost.isLike(new Finding("history", "", ""))).isFalse();
        assertThat(new Finding("history", "x", "").isLike(new Finding("history", "y", "")))
                .isTrue();
    }

    private static Finding healing(String text) {
        return new Finding(Finding.HEALING, text, "");
    }

    /// A clock that runs at a tenth of its speed, and a leader that only clients reach: two hold the lease.
    @Test
    void aRealFailureBecomesAFewLinesAndAStory() throws InterruptedException {
        var drawn = Swarm.draw(1, Plan.OUTSIDE);
        var checks = List.of(new HistoryCheck());
        var found = Campaign.findings(Simulation.run(drawn, "test"), List.copyOf(checks))
                .getFirst();
        assertThat(found.check()).isEqualTo("OneHolderInv");

        var least = Campaign.shrink(drawn, found, Build.of("test"), List.copyOf(checks), 300, 2, (_, _) -> {});

        assertThat(least.steps()).hasSizeLessThanOrEqualTo(3);
        assertThat(ScenarioForm.write(least)).contains("clock-");
        var explained = Simulation.explain(least, Build.of("test"));
        var finding = explained.run().findings().getFirst();
        assertThat(finding.check()).isEqualTo("OneHolderInv");
        var story = String.join("\n", explained.story(finding));
        assertThat(story)
                .containsPattern("\\d s {2}\\*\\*\\* clock (drift|jump) [a-f]\\n")
                .containsPattern("\\d s {2}[a-f]\\.1: leads group 1 at ballot \\d\\.");
    }
}
