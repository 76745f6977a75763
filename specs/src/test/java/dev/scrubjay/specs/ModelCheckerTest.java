package dev.scrubjay.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.scrubjay.specs.Counterexample.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLC itself, in its own process, on specifications that go wrong in every way we tell apart.
final class ModelCheckerTest {
    private static final String MANIFEST = """
            {"module": "Counter.tla", "config": "Counter.cfg", "tier": "smoke", "mode": "exhaustive", %s}
            """;

    private Path folder;
    private Specs specs;

    @BeforeEach
    void openFolder(@TempDir Path parent) throws IOException {
        folder = Files.createDirectory(parent.resolve("a folder, with spaces"));
        specs = new Specs(folder);
    }

    @Test
    void aModelThatHoldsIsCompleteAndCounted() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\nINVARIANT AtMostThreeInv\n")
                .check();

        assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(result.distinctStates()).isEqualTo(4);
        assertThat(result.tlc()).startsWith("TLC2 Version 2.18");
        assertThat(result.findings()).isEmpty();
        assertThat(result.counterexample()).isEmpty();
    }

    @Test
    void aBrokenInvariantComesWithTheBehaviourThatBreaksIt() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nINVARIANTS AtMostThreeInv BelowTwoInv\n")
                .check();

        assertThat(result.findings()).containsExactly(new Finding("invariant", "invariant BelowTwoInv does not hold"));
        var states = result.counterexample().orElseThrow().states();
        assertThat(states).extracting(Counterexample.State::action).containsExactly("Init", "Up", "Up");
        assertThat(states.getLast().variables()).containsOnly(entry("count", "2"), entry("colours", "{\"red\"}"));
    }

    /// Both ways round the square break it; eight workers would find one or the other, or a detour.
    @Test
    void aCounterexampleIsAShortestOneAndTheSameEachTime() throws Exception {
        specs.file("Walk.tla", """
                        ---- MODULE Walk ----
                        EXTENDS Naturals
                        VARIABLES east, north
                        Init == east = 0 /\\ north = 0
                        East == east' = east + 1 /\\ UNCHANGED north
                        North == north' = north + 1 /\\ UNCHANGED east
                        Next == East \\/ North
                        NearInv == east * north < 30
                        ====
                        """).file("Walk.cfg", "INIT Init\nNEXT Next\nINVARIANT NearInv\n");
        var model = SpecsFolder.open(folder).models().getFirst();
        var checker = new ModelChecker(Tlc.bundled(), 8, Files.createDirectories(specs.temporary()));

        var one = checker.check(model, (distinctStates, waiting) -> {})
                .counterexample()
                .orElseThrow();
        var other = checker.check(model, (distinctStates, waiting) -> {})
                .counterexample()
                .orElseThrow();

        assertThat(one.states()).hasSize(1 + 5 + 6);
        assertThat(other).isEqualTo(one);
    }

    /// TLC itself calls both actions Next, because their quantifiers depend on the state.
    @Test
    void anActionIsCalledByItsNameWhateverItsQuantifiers() throws Exception {
        var result = specs.file("Mail.tla", """
                        ---- MODULE Mail ----
                        EXTENDS Naturals
                        VARIABLES sent, read
                        Init == sent = {0} /\\ read = {}
                        Write(after) == after < 2 /\\ sent' = sent \\cup {after + 1} /\\ UNCHANGED read
                        Read(letter, reader) == read' = read \\cup {<<letter, reader>>} /\\ UNCHANGED sent
                        Burn(letter) == letter > 5 /\\ sent' = sent \\ {letter} /\\ UNCHANGED read
                        Next ==
                          \\/ \\E letter \\in sent : Write(letter)
                          \\/ \\E letter \\in sent : \\E reader \\in 1 .. (1 + 1) :
                                Read(letter, (reader))
                          \\/ \\E letter \\in sent : Burn(letter)
                        UnreadInv == \\A pair \\in read : pair[1] # 1
                        ====
                        """)
                .file("Mail.cfg", "INIT Init\nNEXT Next\nINVARIANT UnreadInv\n")
                .check();
        var complete = specs.file("Mail.cfg", "INIT Init\nNEXT Next\n").check();

        assertThat(result.counterexample().orElseThrow().states())
                .extracting(Counterexample.State::action)
                .containsExactly("Init", "Write", "Read");
        assertThat(complete.findings())
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .startsWith("action Burn never happens");
    }

    @Test
    void anActionWithABoundIsCalledByItsNameAndNotByTheBound() throws Exception {
        var result = specs.file("Lamp.tla", """
                        ---- MODULE Lamp ----
                        EXTENDS Naturals
                        VARIABLES lit, times
                        Init == lit = {} /\\ times = 0
                        Light(lamp) == lit' = lit \\cup {lamp} /\\ times' = times + 1
                        Put(lamp) == lit' = lit \\ {lamp} /\\ UNCHANGED times
                        PutAway == Put(1) /\\ times = 2
                        Next ==
                          \\/ \\E lamp \\in 1 .. 2 \\ lit : Light(lamp) /\\ times < 2
                          \\/ Put(2) /\\ times > 5
                          \\/ PutAway
                        SomeInv == times = 2 => lit # {2}
                        ====
                        """)
                .file("Lamp.cfg", "INIT Init\nNEXT Next\nINVARIANT SomeInv\n")
                .check();
        var complete = specs.file("Lamp.cfg", "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n")
                .check();

        assertThat(result.counterexample().orElseThrow().states())
                .extracting(Counterexample.State::action)
                .containsExactly("Init", "Light", "Light", "PutAway");
        assertThat(complete.findings())
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .startsWith("action Put never happens");
    }

    @Test
    void anInvariantBrokenAtTheStartHasABehaviourOfOneState() throws Exception {
        var result =
                specs.counter("SPECIFICATION Spec\nINVARIANT NeverZeroInv\n").check();

        assertThat(result.findings()).extracting(Finding::text).containsExactly("invariant NeverZeroInv does not hold");
        assertThat(result.counterexample().orElseThrow().states())
                .singleElement()
                .satisfies(state -> assertThat(state.variables()).containsEntry("count", "0"));
    }

    @Test
    void aStateThatNothingCanFollowIsADeadlock() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\n").check();

        assertThat(result.findings()).extracting(Finding::kind).containsExactly("deadlock");
        assertThat(result.counterexample().orElseThrow().states()).hasSize(4);
    }

    @Test
    void aBrokenPropertyOverStepsIsNamed() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\nPROPERTY NeverThreeProp\n")
                .check();

        assertThat(result.findings()).containsExactly(new Finding("property", "property NeverThreeProp does not hold"));
    }

    @Test
    void aBrokenPropertyOverWholeBehavioursSaysHowItGoesOn() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nPROPERTY AlwaysBackProp\nCHECK_DEADLOCK FALSE\n")
                .check();

        assertThat(result.findings()).containsExactly(new Finding("property", "property AlwaysBackProp does not hold"));
        assertThat(result.counterexample().orElseThrow().ending()).isEqualTo(new Ending.Stuttering());
    }

    @Test
    void aBehaviourThatGoesRoundSaysWhereTo() throws Exception {
        var result = specs.file("Blink.tla", """
                        ---- MODULE Blink ----
                        VARIABLE lamp
                        Init == lamp = "off"
                        Switch == lamp' = IF lamp = "on" THEN "off" ELSE "on"
                        Spec == Init /\\ [][Switch]_lamp /\\ WF_lamp(Switch)
                        StaysOnProp == <>[](lamp = "on")
                        ====
                        """)
                .file("Blink.cfg", "SPECIFICATION Spec\nPROPERTY StaysOnProp\n")
                .check();

        var counterexample = result.counterexample().orElseThrow();
        assertThat(counterexample.ending()).isEqualTo(new Ending.BackTo(1));
        assertThat(counterexample.states())
                .extracting(state -> state.variables().get("lamp"))
                .containsExactly("\"off\"", "\"on\"");
    }

    @Test
    void anAssumptionThatIsFalseIsAFinding() throws Exception {
        var result = specs.file("Assuming.tla", """
                        ---- MODULE Assuming ----
                        EXTENDS Naturals
                        ASSUME Sane == 1 > 2
                        VARIABLE x
                        Init == x = 0
                        Next == x' = x
                        ====
                        """)
                .file("Assuming.cfg", "INIT Init\nNEXT Next\n")
                .check();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("assumption");
            assertThat(finding.text()).contains("line 3").contains("Assuming");
        });
    }

    @Test
    void aFormulaThatHasNoValueIsAFindingWithItsBehaviour() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\nINVARIANT UnknownColourInv\n")
                .check();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("evaluation");
            assertThat(finding.text()).contains("UnknownColourInv");
        });
        assertThat(result.counterexample().orElseThrow().states()).hasSize(3);
    }

    @Test
    void anotherNumberOfStatesThanRecordedIsAFinding() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\n")
                .manifest(MANIFEST.formatted("\"expected\": \"holds\", \"distinctStates\": 5"))
                .check();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("distinct-states");
            assertThat(finding.text()).startsWith("4 distinct states, expected 5");
        });
    }

    @Test
    void anActionThatNeverHappensIsAFinding() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n").check();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("never-taken");
            assertThat(finding.text()).startsWith("action Down never happens");
        });
    }

    @Test
    void anActionIsLeftOutExactlyIfTheManifestSaysSo() throws Exception {
        specs.counter("SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n");

        var right = specs.manifest(MANIFEST.formatted("\"expected\": \"holds\", \"leavesOut\": [\"Down\"]"))
                .check();
        var wrong = specs.manifest(MANIFEST.formatted("\"expected\": \"holds\", \"leavesOut\": [\"Down\", \"Up\"]"))
                .check();

        assertThat(right.findings()).isEmpty();
        assertThat(wrong.findings())
                .extracting(Finding::text)
                .containsExactly("action Up is said to be left out, and happens; take it from leavesOut");
    }

    @Test
    void whatTheModelNeverReachesIsAFindingAndWhatItReachesIsNot() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\n")
                .manifest(
                        MANIFEST.formatted(
                                "\"expected\": \"holds\", \"distinctStates\": 4, \"reach\": [\"ReachThreeInv\", \"ReachFourInv\"]"))
                .check();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("unreached");
            assertThat(finding.text()).startsWith("ReachFourInv holds and should not");
        });
    }

    @Test
    void aModelThatMustBreakAnInvariantDoesAsItMust() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nINVARIANT BelowTwoInv\n")
                .manifest(MANIFEST.formatted("\"expected\": \"violates BelowTwoInv\""))
                .check();

        assertThat(result.outcome()).isInstanceOf(Outcome.Violated.class);
        assertThat(result.findings()).isEmpty();
        assertThat(result.counterexample()).isEmpty();
    }

    @Test
    void aModelThatMustBreakAPropertyOverWholeBehavioursDoesAsItMust() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nPROPERTY AlwaysBackProp\nCHECK_DEADLOCK FALSE\n")
                .manifest(MANIFEST.formatted("\"expected\": \"violates AlwaysBackProp\""))
                .check();

        assertThat(result.findings()).isEmpty();
    }

    @Test
    void aModelThatMustBreakAnInvariantAndDoesNotIsAFinding() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\nINVARIANT AtMostThreeInv\n")
                .manifest(MANIFEST.formatted("\"expected\": \"violates AtMostThreeInv\""))
                .check();

        assertThat(result.findings()).extracting(Finding::kind).containsExactly("holds");
    }

    @Test
    void whatCannotBeReadIsNamedByFileAndLine() throws Exception {
        var good = "SPECIFICATION Restful\n";
        assertUnreadable(specs.file("Counter.tla", Specs.COUNTER.replace("count = 0 /\\", "count = = 0 /\\")), good)
                .startsWith(folder + "/Counter.tla:5: ")
                .contains("Encountered");
        assertUnreadable(specs.file("Counter.tla", Specs.COUNTER.replace("count < 2\n", "cuont < 2\n")), good)
                .isEqualTo(folder + "/Counter.tla:13: Unknown operator: 'cuont'.");
        assertUnreadable(specs.file("Counter.tla", Specs.COUNTER.replace("EXTENDS Naturals", "EXTENDS Natrals")), good)
                .startsWith(folder + "/Counter.tla: there is no module Natrals beside it");
        assertUnreadable(specs.file("Counter.tla", Specs.COUNTER), good + "INVARIANT Typo\n")
                .isEqualTo(folder
                        + "/Counter.cfg: The invariant Typo specified in the configuration file is not defined in "
                        + "the specification.");
        assertUnreadable(specs.file("Counter.tla", Specs.COUNTER), good + "INVARIANCE AtMostThreeInv\n")
                .startsWith(folder + "/Counter.cfg:2: TLC found an error in the configuration file at line 2");
    }

    private static AbstractStringAssert<?> assertUnreadable(Specs specs, String config)
            throws IOException, InterruptedException {
        var outcome = specs.file("Counter.cfg", config).check().outcome();
        assertThat(outcome).isInstanceOf(Outcome.Unreadable.class);
        return assertThat(((Outcome.Unreadable) outcome).text()).doesNotContain("\n");
    }

    /// A TLC of another version may say the same in other words. Then nothing was counted, which is no
    /// verdict.
    @Test
    void aRunThatEndsWellWithoutItsCountsIsAFault() throws Exception {
        var said = new ArrayList<>(List.of(
                "@!@!@STARTMSG 2193:0 @!@!@",
                "Model checking completed. No error has been found.",
                "@!@!@ENDMSG 2193 @!@!@"));
        specs.counter("SPECIFICATION Restful\n");
        var model = SpecsFolder.open(folder).models().getFirst();
        assertThatThrownBy(() -> outcome(model, said)).hasMessageContaining("no number of distinct states");

        said.addAll(List.of(
                "@!@!@STARTMSG 2199:0 @!@!@",
                "4 states generated, 4 distinct states found, 0 states left on queue.",
                "@!@!@ENDMSG 2199 @!@!@"));
        assertThatThrownBy(() -> outcome(model, said)).hasMessageContaining("no count of actions");

        said.addAll(List.of(
                "@!@!@STARTMSG 2772:0 @!@!@",
                "<Up line 7, col 1 to line 7, col 2 of module Counter>: 3:3",
                "@!@!@ENDMSG 2772 @!@!@"));
        assertThat(outcome(model, said)).isEqualTo(new Outcome.Completed());
    }

    private static Outcome outcome(Model model, List<String> said) {
        var output = new TlcOutput(new ActionNames(model));
        said.forEach(output::line);
        return TlcExit.outcome(model, 0, output);
    }

    /// Nothing breaks in a model that has no states.
    @Test
    void aModelWithoutAFirstStateIsNoVerdict() throws Exception {
        assertUnreadable(
                        specs.file(
                                "Counter.tla", Specs.COUNTER.replace("count = 0 /\\", "count = 0 /\\ count > 0 /\\")),
                        "SPECIFICATION Restful\n")
                .startsWith(folder + "/Counter.tla: there is no first state");
    }

    @Test
    void aRunThatLeavesStatesUnseenIsAFault() throws Exception {
        var said = List.of(
                "@!@!@STARTMSG 2193:0 @!@!@",
                "Model checking completed. No error has been found.",
                "@!@!@ENDMSG 2193 @!@!@",
                "@!@!@STARTMSG 2199:0 @!@!@",
                "4 states generated, 4 distinct states found, 1 states left on queue.",
                "@!@!@ENDMSG 2199 @!@!@");
        specs.counter("SPECIFICATION Restful\n");
        var model = SpecsFolder.open(folder).models().getFirst();

        assertThatThrownBy(() -> outcome(model, said)).hasMessageContaining("not looked at");
    }

    @Test
    void aFormulaThatHasNoValueIsNamedByFileAndLine() throws Exception {
        var result = specs.counter("SPECIFICATION Spec\nCONSTRAINT UnknownColourInv\n")
                .check();

        assertThat(result.findings())
                .containsExactly(
                        new Finding(
                                "evaluation",
                                folder
                                        + "/Counter.tla:15: A non-function (a set of the form {e1, ... ,eN}) was applied as a function."));
    }

    /// It would go on for ever, so it makes no difference how fast it is.
    @Test
    void aModelThatIsNotDoneInItsTimeIsUndecided() throws Exception {
        var result = specs.file("Counter.tla", Specs.COUNTER.replace("count < 3", "TRUE"))
                .file("Counter.cfg", "SPECIFICATION Spec\n")
                .manifest(MANIFEST.formatted("\"expected\": \"holds\", \"limitSeconds\": 1"))
                .check();

        assertThat(result.outcome())
                .isEqualTo(new Outcome.Undecided("not done after 1 s, the limitSeconds of this model; make its bounds "
                        + "smaller, or the limit larger"));
        assertThat(result.findings()).isEmpty();
        assertThat(specs.temporary()).isEmptyDirectory();
    }

    @Test
    void aModelThatIsDoneInItsTimeHolds() throws Exception {
        var result = specs.counter("SPECIFICATION Restful\n")
                .manifest(MANIFEST.formatted("\"expected\": \"holds\", \"limitSeconds\": 3600"))
                .check();

        assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
    }

    /// A counter without end: no model of it could be gone through.
    private ModelResult simulate(String config, int behaviours, int depth, String more) throws Exception {
        return specs.file("Counter.tla", Specs.COUNTER.replace("count < 3", "TRUE"))
                .file("Counter.cfg", config)
                .manifest(MANIFEST.formatted(more)
                        .replace(
                                "\"exhaustive\"",
                                "\"simulation\", \"seed\": 7, \"behaviours\": " + behaviours + ", \"depth\": " + depth))
                .check();
    }

    @Test
    void aSimulationThatFindsNothingHolds() throws Exception {
        var result = simulate("SPECIFICATION Spec\nINVARIANT ReachTenInv\n", 100, 9, "\"expected\": \"holds\"");

        assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void aSimulationShowsTheBehaviourThatBreaksAnInvariantAndTheSameEachTime() throws Exception {
        specs.file("Wander.tla", """
                        ---- MODULE Wander ----
                        EXTENDS Naturals
                        VARIABLE count
                        Init == count = 0
                        Next == \\E step \\in 1 .. 9 : count' = count + step
                        NotFiftyInv == count # 50
                        ====
                        """).file("Wander.cfg", "INIT Init\nNEXT Next\nINVARIANT NotFiftyInv\n");

        var one = wander(7);

        assertThat(one.states())
                .last()
                .satisfies(state -> assertThat(state.variables()).containsOnly(entry("count", "50")));
        assertThat(wander(7)).isEqualTo(one);
        assertThat(wander(8)).isNotEqualTo(one);
    }

    /// With many workers to race each other, if it used them.
    private Counterexample wander(int seed) throws Exception {
        var model = SpecsFolder.open(specs.manifest("""
                                {"module": "Wander.tla", "config": "Wander.cfg", "tier": "smoke", "expected": "holds",
                                 "mode": "simulation", "behaviours": 1000, "depth": 50, "seed": %d}
                                """.formatted(seed)).folder())
                .models()
                .getFirst();
        return new ModelChecker(Tlc.bundled(), 8, Files.createDirectories(specs.temporary()))
                .check(model, (distinctStates, waiting) -> {})
                .counterexample()
                .orElseThrow();
    }

    @Test
    void aSimulationSaysWhatItReached() throws Exception {
        var result = simulate(
                "SPECIFICATION Spec\n",
                10,
                9,
                "\"expected\": \"holds\", \"reach\": [\"ReachThreeInv\", \"ReachTenInv\"]");

        assertThat(result.findings())
                .extracting(Finding::text)
                .singleElement()
                .asString()
                .startsWith("ReachTenInv holds and should not");
    }

    @Test
    void aSimulationWithoutAFirstStateDoesNotHold() throws Exception {
        var result = simulate("INIT Nowhere\nNEXT Next\n", 10, 9, "\"expected\": \"holds\"");

        assertThat(result.findings())
                .extracting(Finding::text)
                .containsExactly("There is no state satisfying the initial state predicate.");
    }

    @Test
    void anotherTlcCanBeNamed() throws Exception {
        var jar = Files.copy(
                Path.of(tlc2.TLC
                        .class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                folder.resolve("another tla2tools.jar"));
        specs.counter("SPECIFICATION Restful\n");

        var result = specs.checker(Tlc.at(jar))
                .check(SpecsFolder.open(folder).models().getFirst(), (distinctStates, waiting) -> {});

        assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
        assertThatThrownBy(() -> Tlc.at(folder.resolve("none.jar"))).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Tlc.at(folder.resolve("Counter.tla"))).hasMessageContaining("not a jar");
    }

    @Test
    void nothingIsLeftBehindBesideTheSpecifications() throws Exception {
        specs.counter("SPECIFICATION Spec\nINVARIANT BelowTwoInv\n").check();

        assertThat(specs.temporary()).isEmptyDirectory();
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("Counter.tla", "Counter.cfg");
        }
    }
}
