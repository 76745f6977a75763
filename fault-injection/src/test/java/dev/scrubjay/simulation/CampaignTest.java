package dev.scrubjay.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a campaign must have brought about to prove anything.
final class CampaignTest {
    /// So many runs alike, in which everything happened often enough but what is named.
    private static Tally runs(int count, String without) {
        SortedMap<String, Long> exercised = new TreeMap<>();
        for (var what : Campaign.OF_CLIENTS.keySet()) {
            exercised.put(what, 1_000L);
        }
        for (var what : Campaign.OF_FAULTS.keySet()) {
            exercised.put(what, 1_000L);
        }
        exercised.put("faults", 1_000L);
        exercised.put("operations", 1_000L);
        Mix.OUTSIDE.words().forEach(word -> exercised.put(word, 1L));
        Plan.CAMPAIGN.words().forEach(word -> exercised.put(word, 1L));
        exercised.remove(without);
        var tally = new Tally();
        for (long seed = 1; seed <= count; seed++) {
            tally.add(new Campaign.Result(seed, exercised, new TreeMap<>(), List.of(), List.of()), Optional.empty());
        }
        return tally;
    }

    @Test
    void whatNeverHappensIsTooLittle() {
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(10, "nothing")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(10, "leader changes")))
                .containsExactly("leader changes: 0.0 per run, at least 2.0 wanted");
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(10, "reads answered")))
                .containsExactly("reads answered: 0.0 per run, at least 100.0 wanted");
    }

    /// One in two runs has to bring a power-off with loss.
    @Test
    void whatIsRareIsNotMissedInAFewRuns() {
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(39, "power-offs with loss")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(40, "power-offs with loss")))
                .hasSize(1);
    }

    @Test
    void ofManyRunsEachKindOfFaultHasToComeInOne() {
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(99, "fault ring")))
                .as("so few may miss one by bad luck")
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(100, "fault ring")))
                .containsExactly("fault ring: never");
    }

    @Test
    void aPlanIsHeldToWhatItIsFor() {
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(100, "fault clock jump")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.OUTSIDE, runs(100, "fault clock jump")))
                .containsExactly("fault clock jump: never");
        assertThat(Campaign.exercisedTooLittle(Plan.KILLS, runs(100, "power-offs with loss")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.KILLS, runs(100, "power-offs")))
                .hasSize(1);
        assertThat(Campaign.exercisedTooLittle(Plan.GRAY, runs(100, "leader changes")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.GRAY, runs(100, "faults")))
                .containsExactly(
                        "faults: 0.0 per run, at least 3.0 wanted", "faults: 0 in the median run, at least 5 wanted");
        assertThat(Campaign.exercisedTooLittle(Plan.ROLLING, runs(100, "power-offs")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.ROLLING, runs(100, "action HandOver")))
                .hasSize(1);
        assertThat(Campaign.exercisedTooLittle(Plan.ROLLING, runs(100, "fault leave")))
                .containsExactly("fault leave: never");
        assertThat(Campaign.exercisedTooLittle(Plan.CALM, runs(100, "faults"))).isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.CALM, runs(100, "operations answered")))
                .hasSize(1);
    }

    /// Many runs in which next to nothing happens do not make up for a few that did much.
    @Test
    void theMedianRunHasToDoEnough() {
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(19, "operations")))
                .isEmpty();
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(20, "operations")))
                .containsExactly("operations: 0 in the median run, at least 1000 wanted");
        assertThat(Campaign.exercisedTooLittle(Plan.CAMPAIGN, runs(20, "leader changes")))
                .contains("leader changes: none in the median run");
    }
}
