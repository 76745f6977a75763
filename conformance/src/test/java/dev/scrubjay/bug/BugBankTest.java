package dev.scrubjay.bug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.simulation.PlanName;
import dev.scrubjay.specs.InputException;
import dev.scrubjay.specs.SpecsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a bank of bugs looks like, and what is refused in one; and our own bank.
final class BugBankTest {
    private static final Path HOME = Path.of(System.getProperty("scrubjay.home"));

    @TempDir
    Path folder;

    private Bugs bank;

    @BeforeEach
    void begin() throws IOException {
        bank = Bugs.in(folder);
    }

    @Test
    void aBugIsReadWithAllThatItSays() throws IOException {
        bank.file("07-broken-lamp/bug.md", """
                # The lamp breaks

                Catalogue: 12
                Caught by: trace, model check
                Breaks: LitInv
                Models: Lamp.large, Lamp.huge
                Plan: gray
                Seeds: 30

                Everybody had one.

                Note: even we.
                """)
                .file("07-broken-lamp/spec.patch", Bugs.BROKEN)
                .file("07-broken-lamp/impl.patch", """
                        --- a/impl/src/main/java/dev/lamp/Lamp.java
                        +++ b/impl/src/main/java/dev/lamp/Lamp.java
                        @@ -1 +1,2 @@
                        -class Lamp {}
                        +class Lamp {
                        +}
                        """);

        var bug = BugBank.open(bank.bank()).named("07-broken-lamp");

        assertThat(bug.number()).isEqualTo(7);
        assertThat(bug.title()).isEqualTo("The lamp breaks");
        assertThat(bug.catalogue()).hasValue(12);
        assertThat(bug.caughtBy()).containsExactly(CheckKind.MODEL_CHECK, CheckKind.TRACE);
        assertThat(bug.breaks()).hasValue("LitInv");
        assertThat(bug.models()).containsExactly("Lamp.large", "Lamp.huge");
        assertThat(bug.plan()).isEqualTo(PlanName.gray);
        assertThat(bug.seeds(CheckKind.TRACE)).isEqualTo(30);
        assertThat(bug.seeds(CheckKind.SIMULATION)).isEqualTo(5);
        assertThat(bug.story()).isEqualTo("Everybody had one.\n\nNote: even we.");
        assertThat(bug.specPatch().orElseThrow().changes()).containsExactly("specs/Lamp.tla");
        assertThat(bug.implPatch().orElseThrow().lines()).isEqualTo(3);
        assertThat(BugBank.open(bank.bank()).named("7")).isEqualTo(bug);
        assertThat(BugBank.open(bank.bank().resolve("07-broken-lamp")).bugs()).containsExactly(bug);
    }

    /// It is the simulation on other disks, so it is worth nothing without as many seeds.
    @Test
    void aControlSeesAsManySeedsAsTheSimulationAndLosesNothing() throws IOException {
        implementation("Caught by: simulation;Missed by: kills;Seeds: 30");

        var bug = BugBank.open(bank.bank()).named("1");

        assertThat(bug.missedBy()).containsExactly(CheckKind.KILLS);
        assertThat(bug.seeds(CheckKind.KILLS)).isEqualTo(30);
        assertThat(bug.seeds(CheckKind.HISTORY)).isEqualTo(5);
        assertThat(bug.runs(CheckKind.KILLS, Path.of("."))).isEqualTo("kills");
        assertThat(bug.runs(CheckKind.SIMULATION, Path.of("."))).isEqualTo("quick");
        assertThat(bug.concerns(CheckKind.KILLS)).isTrue();
    }

    @Test
    void aControlIsOfProgramsAndCampaignsAlone() throws IOException {
        bank.spec("02-spec", Bugs.BROKEN);
        implementation("Caught by: history;Plan: rolling;Seeds: 30");
        var bugs = BugBank.open(bank.bank());

        assertThat(bugs.named("2").concerns(CheckKind.KILLS)).isFalse();
        assertThat(bugs.named("1").concerns(CheckKind.KILLS)).isFalse();
        assertThat(bugs.named("1").missedBy()).isEmpty();

        implementation("Caught by: history;Seeds: 30");

        var quick = BugBank.open(bank.bank()).named("1");
        assertThat(quick.concerns(CheckKind.KILLS)).isTrue();
        assertThat(quick.seeds(CheckKind.KILLS)).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Caught by: kills                                 | Caught by: 'kills' is none of: model check, trace, simulation, history
            Caught by: simulation;Missed by: history         | Missed by: 'history' is none of: kills
            Caught by: simulation;Missed by: luck            | Missed by: 'luck' is none of: kills
            Caught by: simulation;Missed by:                 | Missed by: wants what must not see the bug: kills
            Caught by: trace;Missed by: kills                | Missed by: the simulation need not catch it either; name it under 'Caught by', or leave this out
            Caught by: simulation;Missed by: kills;Plan: gray| Missed by: kills are tried with the plan quick alone, and this one has gray
            Caught by: simulation;Missed by: kills;Scenario: x| Missed by: kills are tried with the plan quick alone, and this one has x
            Caught by: history;Scenario: x                   | Scenario: only the simulation runs it, and need not catch this bug
            Caught by: simulation;Scenario: ../x             | Scenario: '../x' is not the name of a scenario of the project, without its ending
            """)
    void whatAControlMustMissIsRefusedWhereThatSaysNothing(String fields, String complaint) throws IOException {
        implementation(fields);

        assertRefused("bug.md: " + complaint);
    }

    @Test
    void theSimulationRunsTheScenarioThatABugNames() throws IOException {
        implementation("Caught by: simulation;Scenario: rot-and-scrub");
        var home = Path.of("..");

        var bug = BugBank.open(bank.bank()).named("1");

        assertThat(bug.runs(CheckKind.SIMULATION, home)).endsWith("scenarios/rot-and-scrub.scenario");
        assertThat(bug.runs(CheckKind.TRACE, home)).isEqualTo("quick");
        assertThat(bug.concerns(CheckKind.KILLS)).isFalse();
        assertThatThrownBy(() -> bug.runs(CheckKind.SIMULATION, bank.bank()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bug.md: Scenario: there is no");
    }

    private void implementation(String fields) throws IOException {
        bank.file("01-lamp/bug.md", "# Lamp\n\n" + fields.replace(';', '\n') + "\n\nStory.\n")
                .file("01-lamp/impl.patch", "+++ b/impl/src/main/java/Lamp.java\n@@ -1 +1 @@\n-a\n+b\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'Lamp'                                           | :1: wants '# ' and what is wrong
            '# Lamp;;Caught by: guessing;;Story.'            | : Caught by: 'guessing' is none of: model check, trace, simulation, history
            '# Lamp;;Catalogue: 2;;Story.'                   | : Caught by: wants the checks that must catch the bug
            '# Lamp;;Caught by: trace;;Story.'               | : Caught by: there is no impl.patch for the trace to catch
            '# Lamp;;Caught by: model check'                 | :3: tells no story
            '# Lamp;;Caught by: model check;;Story.'         | : Breaks: wants the invariant or property that the model check reports
            '# Lamp;;Caught by: model check;Breaks: A, B;;S' | : Breaks: 'A, B' is not the name of one invariant or property
            '# Lamp;;Cought by: model check;;Story.'         | :3: no such field 'Cought by'; there are: Catalogue, Caught by, Missed by, Breaks, Models, Plan, Scenario, Seeds
            '# Lamp;;Caught by: trace;Caught by: trace;;S'   | :4: a second 'Caught by'
            '# Lamp;;Caught by: model check;Catalogue: x;;S' | : Catalogue: 'x' is not a number
            '# Lamp;;Caught by: model check;Plan: calm;;S'   | : Plan: 'calm' is none of: quick, gray, rolling
            '# Lamp;;Caught by: model check;Seeds: 0;;S'     | : Seeds: '0' is not a number from 1 to 999
            """)
    void aMalformedDescriptionIsRefusedInOneLine(String text, String complaint) throws IOException {
        bank.spec("01-lamp", Bugs.BROKEN).file("01-lamp/bug.md", text.replace(';', '\n'));

        assertRefused("bug.md" + complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --- a/specs/A.tla;+++ b/specs/A.tla                              | :1: changes nothing
            +++ b/pom.xml;@@ -1 +1 @@;-a;+b                                  | :1: changes 'pom.xml'; it may only change *.tla and *.cfg in specs
            +++ b/specs/../A.tla;@@ -1 +1 @@;-a;+b                           | :1: changes 'specs/../A.tla'
            @@ -1 +1 @@;-a;+b                                                | :1: a change before the name of its file
            +++ b/specs/A.tla;@@ -1,2 +1 @@;-a;+b                            | :4: a hunk has not as many lines as it says
            +++ b/specs/A.tla;@@ -1 +1 @@;a;+b                               | :3: neither kept nor removed nor added
            """)
    void aPatchThatIsNoneIsRefusedInOneLine(String text, String complaint) throws IOException {
        bank.spec("01-lamp", text.replace(';', '\n'));

        assertRefused("spec.patch" + complaint);
    }

    @Test
    void aPatchMayChangeFifteenLinesAndNoMore() throws IOException {
        var head = "+++ b/specs/Lamp.tla\n@@ -0,0 +1,%d @@\n";
        bank.spec("01-lamp", head.formatted(15) + "+a\n".repeat(15));
        assertThat(BugBank.open(bank.bank()).bugs()).hasSize(1);

        bank.spec("01-lamp", head.formatted(16) + "+a\n".repeat(16));

        assertRefused("spec.patch:1: changes 16 lines; a bug is one mistake of at most 15, so cut it");
    }

    @Test
    void twoBugsOfOneNumberAreRefused() throws IOException {
        bank.spec("01-lamp", Bugs.BROKEN).spec("01-light", Bugs.BROKEN);

        assertRefused("01-light: has the number of 01-lamp");
    }

    @Test
    void aNameThatIsNoNumberAndWordsIsRefused() throws IOException {
        bank.spec("Lamp", Bugs.BROKEN);

        assertRefused("Lamp: call the folder of a bug by a number and words");
    }

    @Test
    void aBugThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
        var bugs = BugBank.open(
                bank.spec("01-lamp", Bugs.BROKEN).spec("12-light", Bugs.BROKEN).bank());

        assertThatThrownBy(() -> bugs.named("2"))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("; there are: 01-lamp, 12-light");
    }

    @Test
    void whatBreaksIsSaidOnlyWhereTheModelCheckMustCatchTheBug() throws IOException {
        implementation("Caught by: trace;Breaks: LitInv");

        assertRefused("bug.md: Breaks: the model check reports nothing that it need not catch");
    }

    private void assertRefused(String complaint) {
        assertThatThrownBy(() -> BugBank.open(bank.bank()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(complaint)
                .message()
                .doesNotContain("\n");
    }

    // ---------------------------------------------------------------- our own bank

    static List<Bug> ours() throws IOException {
        return BugBank.open(HOME.resolve("conformance/bugs")).bugs();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void ourPatchesApplyAndCompile(Bug bug) throws Exception {
        var sources = new PatchedSources(
                HOME, Files.createDirectories(folder.resolve("patched")).toRealPath());
        if (bug.specPatch().isPresent()) {
            sources.specs(bug.specPatch().get());
        }
        if (bug.implPatch().isPresent()) {
            var classes = sources.classes(bug.implPatch().get(), System.getProperty("java.class.path"));
            try (var files = Files.walk(classes)) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
            }
        }
    }

    /// A patch that no check sees shows nothing.
    @ParameterizedTest
    @MethodSource("ours")
    void eachPatchOfOursMustBeCaughtBySomeCheck(Bug bug) {
        var ofPrograms = EnumSet.of(CheckKind.TRACE, CheckKind.SIMULATION, CheckKind.HISTORY);

        if (bug.specPatch().isPresent()) {
            assertThat(bug.caughtBy()).contains(CheckKind.MODEL_CHECK);
        }
        if (bug.implPatch().isPresent()) {
            assertThat(bug.caughtBy()).containsAnyElementsOf(ofPrograms);
        }
    }

    /// What no bug of ours breaks, and why it need not.
    ///
    /// `TypeOK` says which values there are, and `DueInv` that a model repeats the guards of the
    /// specification: a bug that breaks no more than these changes how something is said. `OnlyItsKeyProp`
    /// follows from `LastWriteInv` before and after a step, and TLC looks at that first. `StepsRefineProp` is
    /// `RefinementProp` but for how it begins.
    private static final Map<String, List<String>> NEVER_BROKEN = Map.of(
            "ReplicationGroup", List.of("TypeOK", "DueInv", "StepsRefineProp"),
            "LeaseClock", List.of("TypeOK"),
            "Election", List.of("TypeOK"),
            "Scrub", List.of("TypeOK"),
            "KeyValueStore", List.of("TypeOK", "OnlyItsKeyProp"));

    /// An invariant that nothing ever broke may be one that cannot fail.
    @Test
    void everyInvariantAndPropertyOfOurModelsIsBrokenByABugOfOurs() throws IOException {
        var broken = new TreeMap<String, Set<String>>();
        for (var bug : ours()) {
            for (var specification : specifications(bug)) {
                bug.breaks().ifPresent(name -> names(broken, specification).add(name));
            }
        }
        var checked = new TreeMap<String, Set<String>>();
        for (var model : SpecsFolder.open(HOME.resolve("specs")).models()) {
            var names = names(checked, specification(model.name()));
            names.addAll(model.invariants());
            names.addAll(model.properties());
        }

        assertThat(broken.keySet()).isSubsetOf(checked.keySet());
        checked.forEach((specification, names) -> {
            var exempt = NEVER_BROKEN.getOrDefault(specification, List.of());
            var breaks = names(broken, specification);
            assertThat(names).as(specification).containsAll(breaks);
            assertThat(breaks).as(specification).doesNotContainAnyElementsOf(exempt);
            names.removeAll(breaks);
            assertThat(names).as(specification + ": what no bug breaks").isSubsetOf(exempt);
        });
    }

    private static Set<String> names(Map<String, Set<String>> all, String specification) {
        return all.computeIfAbsent(specification, _ -> new TreeSet<>());
    }

    /// Those of the models that it names, or else those that it changes.
    private static List<String> specifications(Bug bug) {
        var changed = bug.specPatch().map(Patch::changes).orElse(List.of()).stream()
                .map(file -> String.valueOf(Path.of(file).getFileName()));
        return (bug.models().isEmpty() ? changed : bug.models().stream())
                .map(BugBankTest::specification)
                .distinct()
                .toList();
    }

    private static String specification(String name) {
        return name.replaceFirst("\\..*", "");
    }
}
