package dev.scrubjay.bug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.specs.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the runner makes of bugs that are caught, of some that are not, and of patches that are of no use.
final class BugRunnerTest {
    private static final Path OURS = Path.of(System.getProperty("scrubjay.home"));
    private static final String QUORUM = "impl/src/main/java/dev/scrubjay/value/Members.java";

    @TempDir
    Path folder;

    private Bugs bank;

    @BeforeEach
    void begin() throws IOException {
        bank = Bugs.in(folder);
    }

    @Test
    void aBugThatBreaksAnInvariantIsCaughtAndOneThatChangesNothingIsReported() throws Exception {
        bank.spec("01-broken", Bugs.BROKEN).spec("02-harmless", Bugs.HARMLESS);

        var results = run();

        assertThat(results).hasSize(2);
        var broken = results.getFirst();
        assertThat(broken.findings()).isEmpty();
        assertThat(broken.catches()).isEqualTo(1);
        assertThat(broken.cells().get(CheckKind.MODEL_CHECK))
                .isInstanceOfSatisfying(BugResult.Cell.Caught.class, caught -> {
                    assertThat(caught.where()).isEqualTo("Lamp");
                    assertThat(caught.broken()).hasValue("KnownInv");
                    assertThat(caught.text()).isEqualTo("invariant KnownInv does not hold");
                });
        assertThat(broken.cells().get(CheckKind.TRACE)).isInstanceOf(BugResult.Cell.NotTried.class);
        assertThat(results.getLast().findings())
                .containsExactly(new Finding("not-caught", "the model check does not catch it, and must"));
        assertThat(bank.temporary()).isEmptyDirectory();
    }

    @Test
    void aBugThatBreaksSomethingElseThanItSaysIsAFinding() throws Exception {
        bank.spec("01-broken", Bugs.BROKEN)
                .file("01-broken/bug.md", "# Lamp\n\nCaught by: model check\nBreaks: OtherInv\n\nStory.\n");

        assertThat(run().getFirst().findings())
                .containsExactly(new Finding("breaks", "breaks KnownInv (Lamp), and must break OtherInv"));
    }

    /// Of properties over whole behaviours TLC does not say which is broken.
    @Test
    void aPropertyThatIsBrokenIsFoundAmongSeveral() throws Exception {
        Files.writeString(bank.home().resolve("specs/Lamp.tla"), """
                ---- MODULE Lamp ----
                VARIABLE lamp
                Init == lamp = "off"
                Next == lamp' = IF lamp = "on" THEN "off" ELSE "on"
                KnownInv == lamp \\in {"on", "off"}
                Spec == Init /\\ [][Next]_lamp /\\ WF_lamp(Next)
                DarkProp == []<>(lamp = "off")
                LitProp == []<>(lamp = "on")
                ====
                """);
        Files.writeString(bank.home().resolve("specs/Lamp.cfg"), """
                SPECIFICATION Spec
                INVARIANTS
                    KnownInv
                PROPERTIES
                    DarkProp
                    LitProp
                CHECK_DEADLOCK FALSE
                """);
        bank.spec("01-dark", Bugs.DARK)
                .file("01-dark/bug.md", "# Lamp\n\nCaught by: model check\nBreaks: LitProp\n\nStory.\n");

        var result = run().getFirst();

        assertThat(result.findings()).isEmpty();
        assertThat(result.cells().get(CheckKind.MODEL_CHECK))
                .isInstanceOfSatisfying(
                        BugResult.Cell.Caught.class,
                        caught -> assertThat(caught.broken()).hasValue("LitProp"));
    }

    /// The checkout is not what is patched.
    @Test
    void theCheckoutStaysAsItIs() throws Exception {
        var spec = bank.home().resolve("specs/Lamp.tla");
        var before = Files.readString(spec);

        bank.spec("01-broken", Bugs.BROKEN);
        run();

        assertThat(Files.readString(spec)).isEqualTo(before);
    }

    @Test
    void aPatchThatNoLongerAppliesIsAFinding() throws Exception {
        bank.spec("01-broken", Bugs.BROKEN.replace("Init ==", "Begin =="));

        var result = run().getFirst();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("patch");
            assertThat(finding.text())
                    .contains("spec.patch: does not apply any more: patch failed: specs/Lamp.tla:")
                    .endsWith("; make it anew for what is there now, or delete the bug");
        });
        assertThat(bank.temporary()).isEmptyDirectory();
    }

    @Test
    void aPatchedSpecificationThatCannotBeReadIsAFinding() throws Exception {
        bank.spec("01-broken", Bugs.BROKEN.replace("ELSE \"broken\"", "ELSE ELSE"));

        assertThat(run().getFirst().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("patch");
            assertThat(finding.text()).contains("spec.patch: makes no specification: ");
        });
    }

    @Test
    void aPatchThatDoesNotCompileIsAFindingWithTheLine() throws Exception {
        implementation("final class Lamp {}", "final class Lamp { int x = nowhere; }");

        assertThat(run().getFirst().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("patch");
            assertThat(finding.text())
                    .contains(
                            "impl.patch: does not compile: impl/src/main/java/dev/lamp/Lamp.java:1: cannot find symbol");
        });
        assertThat(bank.temporary()).isEmptyDirectory();
    }

    @Test
    void aFileThatIsGoneIsAFinding() throws Exception {
        implementation("final class Lamp {}", "final class Lamp { }");
        Files.delete(bank.home().resolve("impl/src/main/java/dev/lamp/Lamp.java"));

        assertThat(run().getFirst().findings())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("there is no file impl/src/main/java/dev/lamp/Lamp.java any more");
    }

    /// A quorum that is too small shows to everybody who looks, whatever disks lose.
    @Test
    void aControlThatSeesWhatItMustMissIsAFindingAndNoCatch() throws Exception {
        tooSmallAQuorum("Missed by: kills");

        var result = runOnOurs().getFirst();

        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo("not-missed");
            assertThat(finding.text())
                    .startsWith("kills show it (seed 1), and must not, by its bug.md: ")
                    .contains("Inv: ");
        });
        assertThat(result.cells().values().stream()
                        .filter(BugResult.Cell.Caught.class::isInstance)
                        .count())
                .isEqualTo(result.catches() + 1);
    }

    @Test
    void aControlIsNotTriedOnABadDayThatHasNoCounterpart() throws Exception {
        tooSmallAQuorum("Plan: gray");

        var result = runOnOurs().getFirst();

        assertThat(result.findings()).isEmpty();
        assertThat(result.cells().get(CheckKind.SIMULATION)).isInstanceOf(BugResult.Cell.Caught.class);
        assertThat(result.cells().get(CheckKind.KILLS)).isInstanceOf(BugResult.Cell.NotTried.class);
    }

    @Test
    void ofChecksThatTheDescriptionDoesNotNameNoneIsTriedWhereThatIsWanted() throws Exception {
        tooSmallAQuorum("Missed by: kills");

        var result = run(new BugRunner(OURS, bank.temporary(), BugRunner.Scope.NAMED), () -> {})
                .getFirst();

        assertThat(result.cells().get(CheckKind.SIMULATION)).isInstanceOf(BugResult.Cell.Caught.class);
        assertThat(result.cells().get(CheckKind.KILLS)).isInstanceOf(BugResult.Cell.Caught.class);
        assertThat(result.cells().get(CheckKind.HISTORY)).isInstanceOf(BugResult.Cell.NotTried.class);
        assertThat(result.cells().get(CheckKind.TRACE)).isInstanceOf(BugResult.Cell.NotTried.class);
    }

    @Test
    void anInterruptedRunEndsAllThatItStartedAndLeavesNoFiles() throws Exception {
        Files.writeString(bank.home().resolve("specs/Lamp.tla"), """
                ---- MODULE Lamp ----
                EXTENDS Naturals
                VARIABLE lamp
                Init == lamp = 0
                Next == lamp' = lamp + 1
                KnownInv == TRUE
                ====
                """);
        bank.spec("01-endless", """
                --- a/specs/Lamp.tla
                +++ b/specs/Lamp.tla
                @@ -5,3 +5,3 @@
                 Next == lamp' = lamp + 1
                -KnownInv == TRUE
                +KnownInv == lamp >= 0
                 ====
                """);
        var running = new CountDownLatch(1);
        var ended = new AtomicReference<Throwable>();
        var before = children();
        var runner = Thread.ofPlatform().start(() -> {
            try {
                run(running::countDown);
            } catch (Exception e) {
                ended.set(e);
            }
        });
        assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();
        while (children().equals(before)) {
            Thread.onSpinWait(); // TLC starts a moment after it was said.
        }
        var tlc = new ArrayList<>(children());
        tlc.removeAll(before);

        runner.interrupt();
        runner.join();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        assertThat(tlc).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        assertThat(bank.temporary()).isEmptyDirectory();
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current().children().toList();
    }

    private void implementation(String before, String after) throws IOException {
        var source = bank.home().resolve("impl/src/main/java/dev/lamp/Lamp.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, before + "\n");
        bank.file("01-lamp/bug.md", "# The lamp breaks\n\nCaught by: simulation\n\nEverybody had one.\n")
                .file("01-lamp/impl.patch", """
                        --- a/impl/src/main/java/dev/lamp/Lamp.java
                        +++ b/impl/src/main/java/dev/lamp/Lamp.java
                        @@ -1 +1 @@
                        -%s
                        +%s
                        """.formatted(before, after));
    }

    /// A bug of our own program, with one more line in its description.
    private void tooSmallAQuorum(String field) throws IOException {
        var good = "        return 2 * among > voters.size();";
        var lines = Files.readAllLines(OURS.resolve(QUORUM));
        int at = lines.indexOf(good);
        bank.file("01-quorum/bug.md", "# One is enough\n\nCaught by: simulation\n" + field + "\n\nEverybody had one.\n")
                .file("01-quorum/impl.patch", """
                        --- a/%s
                        +++ b/%s
                        @@ -%d,3 +%d,3 @@
                         %s
                        -%s
                        +%s
                         %s
                        """.formatted(
                                QUORUM,
                                QUORUM,
                                at,
                                at,
                                lines.get(at - 1),
                                good,
                                good.replace("> voters.size()", "> 1"),
                                lines.get(at + 1)));
    }

    private List<BugResult> run() throws IOException, InterruptedException {
        return run(() -> {});
    }

    private List<BugResult> runOnOurs() throws IOException, InterruptedException {
        return run(new BugRunner(OURS, bank.temporary(), BugRunner.Scope.ALL), () -> {});
    }

    private List<BugResult> run(Runnable progress) throws IOException, InterruptedException {
        return run(bank.runner(), progress);
    }

    private List<BugResult> run(BugRunner runner, Runnable progress) throws IOException, InterruptedException {
        return runner.run(BugBank.open(bank.bank()).bugs(), new BugRunner.Watcher() {
            @Override
            public void progress(String text) {
                progress.run();
            }

            @Override
            public void done(BugResult result) {}
        });
    }
}
