package dev.scrubjay.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.history.Operation;
import dev.scrubjay.nemesis.Cast;
import dev.scrubjay.nemesis.Fault;
import dev.scrubjay.nemesis.Shape;
import dev.scrubjay.nemesis.Who;
import dev.scrubjay.protocol.Settings;
import dev.scrubjay.scenario.Scenario.Expectation;
import dev.scrubjay.scenario.Scenario.Place;
import dev.scrubjay.scenario.Step.Trigger;
import dev.scrubjay.simulation.Plan;
import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.simulation.Simulation;
import dev.scrubjay.simulation.Swarm;
import dev.scrubjay.value.ReplicaKind;
import dev.scrubjay.value.Site;
import dev.scrubjay.workload.Kind;
import dev.scrubjay.workload.Shares;
import dev.scrubjay.workload.Workload;
import dev.scrubjay.world.Finding;
import dev.scrubjay.world.World.Moment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioFormTest {
    private static final String SMALL = """
            scenario 1
            # Whatever stands behind this sign is for people.
            seed 42
            groups 2
            node a zone=east   # one
            node b zone=west rack=upper
            node c spare zone=south keeps=log
            set archiving.slots=16 scrub.every=1.5s scrub.patience=2s
            workload clients=3 keys=4 pause=50ms
            run 10s heal=5s
            power-off-loses nothing
            faults-from led=2s
            at 1.25s power-off leader b for 300ms
            at 2s while syncing other1 pause leader for 1s
            when Lead 2 isolation b for 1s
            maybe at 3s storm lost=15% repeated=0.2% delay=200us delay-to=60ms for 500ms
            expect no-election
            """;

    @Test
    void eachLineSaysWhatItSays() {
        var scenario = ScenarioForm.read(SMALL);

        assertThat(scenario.seed()).isEqualTo(42);
        assertThat(scenario.groups()).isEqualTo(2);
        assertThat(scenario.nodes())
                .containsExactly(
                        new Place("a", new Site(ReplicaKind.STORAGE, "east", "rack-1"), true),
                        new Place("b", new Site(ReplicaKind.STORAGE, "west", "upper"), true),
                        new Place("c", new Site(ReplicaKind.LOG, "south", "rack-1"), false));
        assertThat(scenario.settings().archiving().slots()).isEqualTo(16);
        assertThat(scenario.settings().scrub().everyNanos()).isEqualTo(1_500_000_000L);
        assertThat(scenario.settings().lease()).isEqualTo(Settings.STANDARD.lease());
        assertThat(scenario.workload().pauseNanos()).isEqualTo(50_000_000L);
        assertThat(scenario.busyNanos()).isEqualTo(10_000_000_000L);
        assertThat(scenario.losses()).isFalse();
        assertThat(scenario.ledNanos()).isEqualTo(Optional.of(2_000_000_000L));
        assertThat(scenario.expectations()).containsExactly(new Expectation.NoElection());
        assertThat(scenario.steps().get(0))
                .isEqualTo(new Step(
                        new Trigger.At(1_250_000_000L),
                        new Fault.PowerOff(Cast.of(new Who.Leader(), new Who.Named("b"))),
                        300_000_000,
                        false));
        assertThat(scenario.steps().get(1).trigger())
                .isEqualTo(new Trigger.While(2_000_000_000L, Moment.DURING_A_SYNC, new Who.Other(1)));
        assertThat(scenario.steps().get(2))
                .isEqualTo(new Step(
                        new Trigger.When("Lead", 2),
                        new Fault.Cut(Shape.ISOLATION, Cast.of(new Who.Named("b"))),
                        1_000_000_000,
                        false));
        assertThat(scenario.steps().get(3).isOptional()).isTrue();
    }

    /// Of all plans, so that each kind of fault is among them.
    @Property(tries = 200)
    void whatIsWrittenIsReadAsItWas(@ForAll @LongRange(min = 1, max = 1_000_000) long seed, @ForAll PlanName plan) {
        var drawn = Swarm.draw(seed, plan.plan());
        var text = ScenarioForm.write(drawn);

        assertThat(ScenarioForm.read(text)).isEqualTo(drawn);
        assertThat(ScenarioForm.write(ScenarioForm.read(text))).isEqualTo(text);
    }

    /// What campaigns do not draw: zones, weights, what is expected of availability, and promises.
    @Property(tries = 300)
    void whatOnlyPeopleWriteIsReadAsItWasToo(
            @ForAll @LongRange(min = 1, max = 1_000_000) long seed, @ForAll PlanName plan, @ForAll Random random) {
        var drawn = written(Swarm.draw(seed, plan.plan()), random);
        var text = ScenarioForm.write(drawn);

        assertThat(ScenarioForm.read(text)).isEqualTo(drawn);
        assertThat(ScenarioForm.write(ScenarioForm.read(text))).isEqualTo(text);
    }

    private static Scenario written(Scenario drawn, Random random) {
        var weights = new EnumMap<Kind, Integer>(Map.of(Kind.PUT, 1 + random.nextInt(9), Kind.GET, 1));
        for (var kind : Kind.values()) {
            if (random.nextBoolean()) {
                weights.put(kind, 1 + random.nextInt(100));
            }
        }
        var load = new Workload(1, 2, new Shares(weights), 1 + random.nextInt(1_000_000_000), 3, 4);
        var expected = new HashSet<>(drawn.expectations());
        while (random.nextBoolean()) {
            Optional<Long> outside =
                    random.nextBoolean() ? Optional.of((long) random.nextInt(1_000_000_000)) : Optional.empty();
            expected.add(new Expectation.Availability(random.nextBoolean(), 1 + random.nextInt(1_000), outside));
        }
        var promises = List.of(Promise.values());
        var promise = promises.get(random.nextInt(promises.size()));
        return drawn.sized(drawn.nodes(), drawn.groups(), load)
                .with(drawn.steps().stream().map(step -> zoned(step, random)).toList())
                .expecting(expected, promise);
    }

    /// The same fault of zones, if it may strike any; a bridge meets in a node all the same.
    private static Step zoned(Step step, Random random) {
        var fault = step.fault();
        boolean takesZones = fault instanceof Fault.PowerOff
                || (fault instanceof Fault.Cut(var shape, var _)
                        && Set.of(Shape.SPLIT, Shape.ISOLATION, Shape.BRIDGE).contains(shape));
        boolean isBridge = fault instanceof Fault.Cut(var shape, var _) && shape == Shape.BRIDGE;
        if (!takesZones) {
            return step;
        }
        var zoned = fault.with(cast -> {
            var parts = new ArrayList<>(cast.parts());
            for (int i = isBridge ? 1 : 0; i < parts.size(); i++) {
                switch (random.nextInt(3)) {
                    case 0 -> parts.set(i, new Who.Zone("zone-" + (1 + random.nextInt(3))));
                    case 1 -> parts.set(i, new Who.LeaderZone());
                    default -> {}
                }
            }
            return new Cast(parts);
        });
        return new Step(step.trigger(), zoned, step.lastsNanos(), step.isOptional());
    }

    @Test
    void everyFaultThatCanBeDrawnHasItsWord() {
        var words = new HashSet<String>();
        for (long seed = 1; seed <= 300; seed++) {
            for (var plan : PlanName.values()) {
                Swarm.draw(seed, plan.plan()).steps().stream()
                        .map(step -> FaultForm.write(step.fault()).split(" ", -1)[0])
                        .forEach(words::add);
            }
        }
        assertThat(words).isEqualTo(Set.copyOf(FaultForm.words()));
    }

    /// What is drawn and what is read from a file are the same run, to the byte.
    @Test
    void aScenarioThatWasWrittenDownIsTheSameRun() {
        var drawn = Simulation.run(3, Plan.TRACE, "test");
        var read = Simulation.run(ScenarioForm.read(ScenarioForm.write(Swarm.draw(3, Plan.TRACE))), "test");

        assertThat(read.trace().get()).isEqualTo(drawn.trace().get());
        assertThat(read.exercised()).isEqualTo(drawn.exercised());
    }

    @Test
    void anActionMayBringAFault() {
        var run = Simulation.run(ScenarioForm.read("""
                        scenario 1
                        node a
                        node b
                        node c
                        workload clients=2 keys=2
                        run 3s
                        when Lead 1 power-off leader for 500ms
                        maybe when Lead 1000 pause leader
                        """), "test");
        assertThat(run.findings()).isEmpty();
        assertThat(run.exercised()).containsEntry("fault power-off", 1L).doesNotContainKey("fault pause");
        assertThat(run.exercised().get("leader changes")).isPositive();
    }

    /// A fault that was asked for and did nothing proves nothing.
    @Test
    void aRunWithoutWhatWasAskedForIsVoid() {
        var scenario = ScenarioForm.read("""
                scenario 1
                node a
                node b
                node c
                workload clients=2 keys=2
                run 3s
                at 1s power-off a for 500ms
                at 1.1s pause a for 100ms
                maybe at 1.2s pause a for 100ms
                """);
        assertThat(Simulation.run(scenario, "test").findings()).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(Finding.UNDECIDED);
            assertThat(finding.text()).startsWith("'at 1.1s pause a for 100ms' had no effect");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    scenario 2                                | line 1: '2' is a version that this program does not read; allowed: 1
                    seed 3                                    | line 1: 'seed' is no beginning of a scenario; allowed: 'scenario 1'
                    scenario 1,sed 3                          | line 2: 'sed' is nothing that a scenario says; allowed: seed, groups, node
                    scenario 1,seed x                         | line 2: 'x' is no seed; allowed: a number from 0 on
                    scenario 1,seed                           | line 2: ends where a number should stand
                    scenario 1,seed 1 2                       | line 2: '2' is too much here; allowed: nothing more
                    scenario 1,node leader                    | line 2: 'leader' is no name of a node
                    scenario 1,node a,node a                  | line 3: 'a' is there already
                    scenario 1,node a keeps=all               | line 2: 'keeps=all' is nothing that a node keeps; allowed: state, log
                    scenario 1,node a colour=red              | line 2: 'colour=' is not known here
                    scenario 1,node a keeps=log               | line 2: no node votes and keeps the state
                    scenario 1,node a                         | line 2: no line 'workload'
                    scenario 1,workload clients=3             | line 2: keys=... is missing
                    scenario 1,workload clients=x keys=1      | line 2: 'clients=x' is no number of these; allowed: one from 1 on
                    scenario 1,workload keys=1 put=0          | line 2: 'put=0' is no weight; allowed: a whole number from 1 on; a kind that does not come is left out
                    scenario 1,workload keys=1 get=50%        | line 2: 'get=50%' is no weight
                    scenario 1,workload keys=1 cas=1          | line 2: 'cas=' is not known here; allowed: clients, keys, get, put, conditional-put, delete, eventual-read, rate, pause
                    scenario 1,workload keys=1 rate=200/s pause=40ms | line 2: 'rate=200/s' and pause=... both say how much clients ask for; allowed: one of them
                    scenario 1,workload keys=1 rate=200       | line 2: 'rate=200' is no rate; allowed: one such as 200/s or 0.5/s
                    scenario 1,workload keys=1 rate=0/s       | line 2: 'rate=0/s' is no rate
                    scenario 1,workload keys=1 rate=0.000000001/s clients=2000000000 | line 2: 'rate=0.000000001/s' is out of range
                    scenario 1,workload keys=1 pause=0s       | line 2: 'pause=0s' is too short; allowed: more than nothing
                    scenario 1,workload keys=1 retry=0s       | line 2: 'retry=0s' is too short; allowed: more than nothing
                    scenario 1,workload keys=1 for 3s,run 3s  | line 3: 'run' says how long a run takes, and a line before it does too; allowed: one of 'run T' and 'workload ... for T'
                    scenario 1,run 3s,workload keys=1 for 3s  | line 3: 'for' says how long a run takes, and a line before it does too
                    scenario 1,workload keys=1,workload keys=2 | line 3: 'workload' is said in line 2 already; allowed: once
                    scenario 1,run 0s                         | line 2: '0s' is too short; allowed: more than nothing
                    scenario 1,node a,at -1s pause a          | line 3: '-1s' is too short; allowed: 0s or more
                    scenario 1,run 999999999999m              | line 2: '999999999999m' is no time
                    scenario 1,set lease=3s                   | line 2: 'lease' is no setting; allowed: election.after
                    scenario 1,set scrub.every=3              | line 2: '3' is no time; allowed: scrub.every such as 300ms
                    scenario 1,set archiving.slots=0          | line 2: 'archiving.slots=0' is out of range
                    scenario 1,run 3 days                     | line 2: '3' is no time
                    scenario 1,run 1.0000000001s              | line 2: '1.0000000001s' is no time
                    scenario 1,node a,at 1s power-of a        | line 3: 'power-of' is no fault; allowed: power-off, leave
                    scenario 1,node a,at 1s power-off         | line 3: 'power-off' names 0 nodes or zones; allowed: 1 or more
                    scenario 1,node a,at 1s pause a b         | line 3: 'b' is no node; allowed: leader, other1, other2 and so on, a
                    scenario 1,node a zone=x,node b zone=y,at 1s pause zone=x | line 4: 'zone=x' is a zone, and 'pause' takes one node there; allowed: leader, other1, other2 and so on, a, b
                    scenario 1,node a,node b,at 1s broken-link a leader-zone | line 4: 'leader-zone' is a zone, and 'broken-link' takes one node there
                    scenario 1,node a zone=x,node b,at 1s bridge zone=x b | line 4: 'zone=x' is a zone, and 'bridge' takes one node there
                    scenario 1,node a zone=x,at 1s while syncing zone=x pause a | line 3: 'zone=x' is a zone, and 'while syncing' takes one node there
                    scenario 1,node a zone=x,node b zone=y,at 1s power-off zone=z | line 4: 'zone=z' is no zone of any node; allowed: leader-zone, zone=x, zone=y
                    scenario 1,node a zone=x,at 1s power-off zone= | line 3: 'zone=' is no zone of any node; allowed: leader-zone, zone=x
                    scenario 1,node a zone=x,at 1s isolation zone=x leader-zone | line 3: 'isolation' names 2 nodes or zones; allowed: 1
                    scenario 1,node a zone=                   | line 2: 'zone=' names no zone; allowed: a word such as zone=a
                    scenario 1,node leader-zone               | line 2: 'leader-zone' is no name of a node
                    scenario 1,node a,at 1s pause other1      | line 3: 'other1' is no node where there is one alone; allowed: leader, a
                    scenario 1,node a,at 1s pause a a         | line 3: 'pause' names 2 nodes; allowed: 1
                    scenario 1,node a,at 1s clock-drift a     | line 3: speed=... is missing
                    scenario 1,node a,at 1s clock-drift a speed=2 | line 3: 'speed=2' is no share; allowed: one such as 15%
                    scenario 1,node a,at 1s bit-rot a kind=red | line 3: 'kind=red' is no kind of rot; allowed: flipped
                    scenario 1,node a,at 1s while asleep a pause a | line 3: 'asleep' is no moment; allowed: request
                    scenario 1,node a,when Leads pause a      | line 3: 'Leads' is no action that nodes trace; allowed:
                    scenario 1,maybe never                    | line 2: 'never' is no beginning of a step; allowed: at, when
                    scenario 1,expect rain                    | line 2: 'rain' is nothing to expect; allowed: no-election, write-availability P%, read-availability P%
                    scenario 1,expect write-availability 101% | line 2: '101%' is no share that can be expected; allowed: one from 0.1% to 100%
                    scenario 1,expect write-availability 0%   | line 2: '0%' is no share that can be expected
                    scenario 1,expect write-availability 99.99% | line 2: '99.99%' is no share that can be expected
                    scenario 1,expect read-availability       | line 2: ends where a share such as 99.9% should stand
                    scenario 1,expect read-availability 9% outside 5 | line 2: '5' is no time
                    scenario 1,expect read-availability 9% outside 5s after faults | line 2: 'faults' does not belong here; allowed: 'outside T after fault'
                    scenario 1,expect read-availability 9% outside 5s | line 2: ends where 'after' should stand
                    scenario 1,expect read-availability 9% inside 5s  | line 2: 'inside' is too much here; allowed: 'outside T after fault', behind a share
                    scenario 1,node a,workload keys=1 put=1 for 9s,expect read-availability 9% | line 4: 'read-availability' counts what the line 'workload' leaves out; needed there: get
                    scenario 1,node a,expect write-availability 9%,workload keys=1 get=1 for 9s | line 3: 'write-availability' counts what the line 'workload' leaves out; needed there: put, conditional-put or delete
                    scenario 1,promise survive=two-zones      | line 2: 'survive=two-zones' is nothing to promise; allowed: everything, one-zone, nothing
                    scenario 1,promise everything             | line 2: survive=... is missing
                    scenario 1,promise survive=nothing,promise survive=nothing | line 3: 'promise' is said in line 2 already; allowed: once
                    """)
    void whatIsWrongIsSaidWithLineAndWord(String lines, String message) {
        assertThatThrownBy(() -> ScenarioForm.read(lines.replace(',', '\n')))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(message);
    }

    /// The line of the design, as it stands.
    @Test
    void aLoadIsSaidByWeightsAndARate() {
        var scenario = ScenarioForm.read("""
                scenario 1
                node a
                workload put=50 get=30 delete=20 keys=100 rate=200/s for 60s
                """);
        var workload = scenario.workload();

        assertThat(workload.clients()).isEqualTo(8);
        assertThat(workload.keys()).isEqualTo(100);
        assertThat(workload.shares().weights())
                .containsExactly(Map.entry(Kind.GET, 30), Map.entry(Kind.PUT, 50), Map.entry(Kind.DELETE, 20));
        assertThat(workload.pauseNanos()).as("of each of eight clients").isEqualTo(40_000_000);
        assertThat(scenario.busyNanos()).isEqualTo(60_000_000_000L);
        assertThat(ScenarioForm.write(scenario))
                .contains("workload clients=8 keys=100 get=30 put=50 delete=20 pause=40ms ", "run 60s heal=");
    }

    @ParameterizedTest
    @CsvSource({"8, 200/s, 40ms", "1, 0.5/s, 2s", "3, 7/s, 428.571429ms", "1, 1000000/s, 1us"})
    void aRateIsOfAllClientsTogether(int clients, String rate, String pause) {
        var scenario = ScenarioForm.read(
                "scenario 1\nnode a\nrun 1s\nworkload keys=1 clients=" + clients + " rate=" + rate + "\n");
        assertThat(Quantity.time(scenario.workload().pauseNanos())).isEqualTo(pause);
        assertThat(ScenarioForm.read(ScenarioForm.write(scenario))).isEqualTo(scenario);
    }

    /// Whoever names weights gets those kinds and no others, about as often as they say.
    @Test
    void clientsAskForWhatTheLoadNames() {
        var operations =
                Simulation.run(ScenarioForm.read("""
                        scenario 1
                        node a
                        node b
                        node c
                        workload put=30 delete=10 eventual-read=1 keys=4 rate=200/s for 10s
                        """), "test").history().operations();
        var byKind = operations.stream()
                .filter(operation -> operation.invocation().time() < 10_000_000_000L)
                .collect(Collectors.groupingBy(Operation::f, Collectors.counting()));

        assertThat(byKind).containsOnlyKeys("put", "delete");
        long deletes = byKind.getOrDefault("delete", 0L);
        assertThat(byKind.get("put")).isBetween(2 * deletes, 4 * deletes);
        assertThat(operations.size())
                .as("about 200 in a second, but for waiting")
                .isBetween(1_000, 2_000);
    }

    @Test
    void anEmptyTextIsNone() {
        assertThatThrownBy(() -> ScenarioForm.read("# nothing\n")).hasMessageContaining("is empty");
    }

    @Property
    void aTimeIsReadAsItWasWritten(@ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long nanos) {
        assertThat(Quantity.time(Quantity.time(nanos))).hasValue(nanos);
    }

    @Test
    void timesAndSharesAreWrittenShort() {
        assertThat(List.of(0L, 5L, 20_000L, 300_000_000L, 12_480_000_000L, -1_000_000_000L).stream()
                        .map(Quantity::time))
                .containsExactly("0s", "5ns", "20us", "300ms", "12.48s", "-1s");
        assertThat(Quantity.time("2m")).hasValue(120_000_000_000L);
        assertThat(Quantity.share(150)).isEqualTo("15%");
        assertThat(Quantity.share(2)).isEqualTo("0.2%");
        assertThat(Quantity.share("500%")).hasValue(5_000);
    }
}
