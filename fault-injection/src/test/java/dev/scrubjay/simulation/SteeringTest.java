package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.world.Cell;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SteeringTest {
    private static final Plan SHORT = new Plan(1, Plan.TRACE.workload(), 1_000_000_000, 300_000_000, 20_000_000_000L);
    private static final Cell RARE = new Cell("ring", "Install");

    private static Campaign.Result run(long seed, SortedMap<Cell, Long> covered) {
        return new Campaign.Result(seed, new TreeMap<>(), covered, List.of(), List.of());
    }

    @Test
    void allKindsOfFaultsAndAllActionsArePaired() {
        var cells = Campaign.cells(Plan.CAMPAIGN);

        assertThat(cells)
                .doesNotHaveDuplicates()
                .contains(RARE, new Cell("upgrade", "Accept"), new Cell("power-off", "Quarantine"))
                .noneMatch(cell -> cell.fault().contains("while"))
                .hasSizeGreaterThan(1_200);
        assertThat(Campaign.cells(Plan.GRAY)).hasSizeLessThan(cells.size() / 5);
    }

    /// Two broken links at a time are a reason for another leader.
    @Test
    void whereFaultsMustNotComeTogetherNothingIsAimedAt() {
        assertThat(List.of(Plan.CAMPAIGN, Plan.QUICK, Plan.KILLS)).allMatch(Plan::mayAim);
        assertThat(List.of(Plan.GRAY, Plan.ROLLING, Plan.REPLACING, Plan.CALM)).noneMatch(Plan::mayAim);
    }

    @Test
    void whatIsOpenIsAimedAtInTurn() {
        var tally = new Tally();
        var covered = new TreeMap<Cell, Long>();
        Campaign.cells(Plan.CAMPAIGN).forEach(cell -> covered.put(cell, 1L));
        var open = List.of(RARE, new Cell("split", "Fetch"), new Cell("storm", "Repair"), new Cell("pause", "Trim"));
        open.forEach(covered::remove);
        tally.add(run(1, covered), Optional.empty());

        var first = Steering.aims(Plan.CAMPAIGN, tally, 1).getFirst();
        tally.aim(first);
        var next = Steering.aims(Plan.CAMPAIGN, tally, 1).getFirst();

        assertThat(first).hasSize(3).isSubsetOf(open);
        var left = new ArrayList<>(open);
        left.removeAll(first);
        assertThat(next).containsAll(left);
    }

    @Test
    void whereAllHaveMetThereIsNothingToAimAt() {
        var tally = new Tally();
        var covered = new TreeMap<Cell, Long>();
        Campaign.cells(Plan.GRAY).forEach(cell -> covered.put(cell, 1L));
        tally.add(run(1, covered), Optional.empty());

        assertThat(Steering.aims(Plan.GRAY, tally, 2)).containsExactly(List.of(), List.of());
    }

    /// Left to chance the two seldom meet; aimed at, they do.
    @Test
    void whatIsAimedAtComesAbout() {
        var aim = new Cell("mute node", "HandOver");
        var tally = new Tally();
        tally.add(
                new Campaign.Result(
                        1, new TreeMap<>(Map.of("action HandOver", 2L)), new TreeMap<>(), List.of(), List.of()),
                Optional.empty());

        long met = LongStream.rangeClosed(1, 6)
                .filter(seed -> {
                    var scenario = Swarm.aimed(Swarm.draw(seed, Plan.QUICK), Plan.QUICK, List.of(aim), tally);
                    assertThat(scenario.steps())
                            .last()
                            .satisfies(step -> assertThat(step.trigger()).isInstanceOf(Trigger.When.class));
                    return Simulation.run(scenario, "test").covered().containsKey(aim);
                })
                .count();

        assertThat(met).isGreaterThanOrEqualTo(3);
    }

    /// Whatever order they end in, and however many there are at a time.
    @Test
    void theSameCampaignIsTheSameOnAnyNumberOfThreads() {
        var one = campaign(1, new Tally());
        var two = campaign(2, new Tally());

        assertThat(two.totals()).isEqualTo(one.totals());
        assertThat(two.covered()).isEqualTo(one.covered());
        assertThat(two.aimed()).isEqualTo(one.aimed());
        assertThat(two.totals()).isNotEqualTo(unsteered().totals());
        assertThat(new HashSet<>(two.sizes())).isEqualTo(new HashSet<>(one.sizes()));
    }

    private static Tally unsteered() {
        var tally = new Tally();
        Campaign.run(order(2, 60, Optional.empty()), tally, new Silent());
        return tally;
    }

    /// It was interrupted after a whole round, and what it had come to was kept.
    @Test
    void aCampaignThatGoesOnIsTheSame() {
        var whole = campaign(2, new Tally());
        var part = campaign(50);

        assertThat(part.runs()).isEqualTo(50);
        assertThat(campaign(2, part).totals()).isEqualTo(whole.totals());
        assertThat(part.covered()).isEqualTo(whole.covered());
    }

    private static Tally campaign(int threads, Tally tally) {
        run(threads, 60, tally);
        assertThat(tally.runs()).isEqualTo(60);
        return tally;
    }

    private static Tally campaign(long last) {
        var tally = new Tally();
        run(2, last, tally);
        return tally;
    }

    private static void run(int threads, long last, Tally tally) {
        Campaign.run(order(threads, last, Optional.of(SHORT)), tally, new Silent());
    }

    private static Campaign.Order order(int threads, long last, Optional<Plan> steered) {
        return new Campaign.Order(
                1, last, seed -> Swarm.draw(seed, SHORT), steered, Build.of("test"), List.of(), threads, true);
    }

    private static final class Silent implements Campaign.Listener {
        @Override
        public void ended(long runs) {}

        @Override
        public void saved(Tally saved) {}
    }
}
