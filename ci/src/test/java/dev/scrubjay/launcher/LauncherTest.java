package dev.scrubjay.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.testing.Need;
import dev.scrubjay.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./scrubjay` as a user meets it, with a Maven that only pretends to build.
final class LauncherTest {
    private static final String BUILDING = "scrubjay: building, which takes about half a minute the first time\n";

    @TempDir
    Path scratch;

    private Checkout checkout;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Checkout.in(scratch);
    }

    @Test
    void theFirstRunBuildsAndTheNextDoesNot() throws Exception {
        var first = checkout.run("--version");
        var second = checkout.run("--version");

        assertThat(first.exit()).as(first.err()).isEqualTo(0);
        assertThat(first.out()).startsWith("scrubjay ");
        assertThat(first.err()).isEqualTo(BUILDING);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).isEmpty();
        assertThat(checkout.callsOfMaven()).containsExactly("-q -o -Dmaven.test.skip=true package");
    }

    @Test
    void aSourceThatIsNewerOrGoneOrAChangedPomBuildsAgain() throws Exception {
        checkout.run("--version");

        Files.delete(checkout.root.resolve("ci/src/main/java/Other.java"));
        assertThat(checkout.run("--version").err()).isEqualTo(BUILDING);
        assertThat(checkout.run("--version").err()).isEmpty();
        checkout.touch("ci/src/main/java/Source.java");
        assertThat(checkout.run("--version").err()).isEqualTo(BUILDING);
        checkout.touch("ci/pom.xml");
        assertThat(checkout.run("--version").err()).isEqualTo(BUILDING);
        assertThat(checkout.callsOfMaven()).hasSize(4);
    }

    @Test
    void aDownloadIsAnnouncedWithItsSizeAndOnlyWhenThereIsOne() throws Exception {
        checkout.maven(
                "case $* in *-o*) echo '[ERROR] cannot access it in offline mode'; exit 1 ;; esac",
                "install_the_command_line");

        var ended = checkout.run("--version");

        assertThat(ended.exit()).as(ended.err()).isEqualTo(0);
        assertThat(ended.err())
                .startsWith(BUILDING + "scrubjay: downloading libraries that this machine does not have yet (about ")
                .contains(" MB if it has none)");
        assertThat(checkout.callsOfMaven())
                .containsExactly("-q -o -Dmaven.test.skip=true package", "-q -Dmaven.test.skip=true package");
    }

    @Test
    void aBuildThatFailsSaysWhyAndWhereTheRestIsAndTheNextRunTriesAgain() throws Exception {
        checkout.maven("echo '[ERROR] Source.java:[3,1] no such type'", "exit 1");

        var failed = checkout.run("--version");

        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .isEqualTo(BUILDING
                        + "scrubjay: the build failed: Source.java:[3,1] no such type; all that it said is in "
                        + checkout.root.toRealPath().resolve("target/build.log") + "\n");
        checkout.maven("install_the_command_line");
        assertThat(checkout.run("--version").exit()).isEqualTo(0);
    }

    @Test
    void withoutANetworkADownloadFailsWithTheRemedy() throws Exception {
        checkout.maven(
                "case $* in *-o*) echo '[ERROR] cannot access it in offline mode' ;;",
                "*) echo '[ERROR] Could not transfer artifact a:b:jar:1 from/to somewhere' ;; esac",
                "exit 1");

        var ended = checkout.run("--version");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "scrubjay: the build failed: a download failed; connect to the network and try again; all that");
    }

    @Test
    void withoutMavenThereIsOneLineThatSaysWhatToInstall() throws Exception {
        Files.delete(scratch.resolve("tools/mvn"));
        for (var tool :
                List.of("sh", "sed", "find", "head", "cat", "dirname", "readlink", "mkdir", "date", "flock", "perl")) {
            checkout.tool(tool, "PATH=/usr/local/bin:/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        checkout.environment.put("PATH", scratch.resolve("tools").toString());

        var ended = checkout.run("--version");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo("scrubjay: has to build, and there is no 'mvn' on the PATH; install Maven 3.8.6 or newer "
                        + "(the package is called maven)\n");
    }

    /// A version that no machine has yet, so that only the JDKs of the test are found.
    @Test
    void aJdkIsTakenFromTheFirstPlaceThatHasANewEnoughOne() throws Exception {
        checkout.run("--version");
        wantJava(99);
        var places = List.of(".jdks/graal", ".sdkman/candidates/java/zulu");
        for (var place : places) {
            checkout.pretendedJdk(checkout.home.resolve(place), 99);
        }
        var old = checkout.pretendedJdk(scratch.resolve("old"), 98);
        var one = checkout.pretendedJdk(scratch.resolve("one"), 99);
        var two = checkout.pretendedJdk(scratch.resolve("two, newer"), 100);

        environment(one, two);
        assertThat(checkout.run().out()).isEqualTo("java 99 of one\n");
        environment(old, two);
        assertThat(checkout.run().out()).isEqualTo("java 100 of two, newer\n");
        environment(old, old);
        assertThat(checkout.run().out()).isEqualTo("java 99 of zulu\n");
        Files.delete(checkout.home.resolve(places.getLast()).resolve("release"));
        assertThat(checkout.run().out()).isEqualTo("java 99 of graal\n");
    }

    @Test
    void withoutAJdkThereIsOneLineThatSaysWhatToInstall() throws Exception {
        wantJava(99);
        var jre = checkout.pretendedJdk(scratch.resolve("jre"), 99);
        Files.delete(jre.resolve("bin/javac"));
        environment(jre, checkout.pretendedJdk(scratch.resolve("old"), 98));

        var ended = checkout.run("--version");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .hasLineCount(1)
                .startsWith("scrubjay: needs a JDK, version 99 or newer, and found none")
                .contains("install one");
        assertThat(checkout.callsOfMaven()).isEmpty();
    }

    @Test
    void itRunsThroughALinkFromAnotherFolderAndPassesArgumentsAndExitCodeOn() throws Exception {
        var link =
                Files.createSymbolicLink(checkout.home.resolve("sj"), Path.of("../a checkout, with spaces/scrubjay"));

        var ended = checkout.run(link, "two words", "*");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .contains("\nscrubjay: no command 'two words'; there are: ")
                .endsWith(" (see ./scrubjay --help)\n");
    }

    @Test
    void whatAUserAddsToTheClassPathIsFound() throws Exception {
        var added = compile("acme.Door", """
                package acme;

                import dev.scrubjay.history.Operation;
                import java.util.Optional;

                public final class Door implements dev.scrubjay.object.SequentialObject<Boolean> {
                    @Override public String name() { return "door"; }
                    @Override public Boolean initial() { return false; }
                    @Override public Optional<Boolean> step(Boolean isOpen, Operation operation) {
                        var opens = operation.f().equals("open");
                        return opens == isOpen ? Optional.empty() : Optional.of(opens);
                    }
                }
                """);
        var history = Files.writeString(scratch.resolve("door.edn"), """
                {:process 0, :type :invoke, :f :open, :value nil}
                {:process 0, :type :ok, :f :open, :value nil}
                {:process 0, :type :invoke, :f :shut, :value nil}
                {:process 0, :type :ok, :f :shut, :value nil}
                """);
        String[] command = {"check-history", history.toString(), "--object", "java:acme.Door"};

        var without = checkout.run(command);
        checkout.environment.put("SCRUBJAY_CLASS_PATH", scratch.resolve("no.jar") + ":" + added);
        var with = checkout.run(command);
        checkout.environment.put("SCRUBJAY_CLASS_PATH", "");
        var empty = checkout.run("--version");

        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("java:acme.Door: the class is not on the class path; ");
        assertThat(with.exit()).as(with.err()).isEqualTo(0);
        assertThat(with.err()).doesNotContain("WARNING");
        assertThat(with.out()).endsWith("\nheld: 1 history linearizable\n");
        assertThat(empty.exit()).as(empty.err()).isEqualTo(0);
    }

    @Test
    void withoutKnossosThereIsOneLineThatSaysWhereToPutIt() throws Exception {
        var ended = checkout.run("check-history", "none.edn", "--engine", "knossos");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith(BUILDING + "scrubjay check-history: --engine: the engine knossos needs ")
                .endsWith(" (./scrubjay takes them from SCRUBJAY_CLASS_PATH)\n")
                .hasLineCount(2);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        var gate = gate();
        checkout.maven("echo maven is at it >&3", "read -r go <'" + gate + "'", "install_the_command_line");
        // Standard error of the launcher is not Maven's, whose output goes to the log; so a third stream
        // tells that it runs.
        var command = List.of(
                "sh",
                "-c",
                "exec 3>&2; exec \"$0\" --version",
                checkout.root.resolve("scrubjay").toString());

        var first = checkout.start(command);
        var firstLines = first.errorReader();
        readUntil(firstLines, "maven is at it");
        var second = checkout.start(command);
        var secondLines = second.errorReader();
        readUntil(secondLines, "scrubjay: waiting for another build of this checkout");
        Files.writeString(gate, "go\n");

        assertThat(first.waitFor()).isEqualTo(0);
        assertThat(second.waitFor()).isEqualTo(0);
        assertThat(checkout.callsOfMaven()).hasSize(1);
    }

    @Test
    void aBuildThatSomebodyRunsIsKeptAndOneThatNobodyRunsIsNot() throws Exception {
        checkout.run("--version");
        wantJava(99);
        var gate = gate();
        var jdk = checkout.pretendedJdk(scratch.resolve("slow"), 99);
        Files.writeString(jdk.resolve("bin/java"), "#!/bin/sh\necho running >&2\nread -r go <'" + gate + "'\n");
        environment(jdk, jdk);
        var running = checkout.start(List.of(checkout.root.resolve("scrubjay").toString()));
        readUntil(running.errorReader(), "running");
        var inUse = checkout.builds().getFirst();

        environment(checkout.pretendedJdk(scratch.resolve("quick"), 99), jdk);
        buildAgain(3);
        assertThat(checkout.builds()).contains(inUse).hasSize(3);

        Files.writeString(gate, "go\n");
        running.waitFor();
        buildAgain(1);
        assertThat(checkout.builds()).doesNotContain(inUse).hasSize(2);
    }

    @Test
    void theTestCommandRunsMavenAndCountsWhatItReports() throws Exception {
        checkout.maven(
                "case $* in verify)",
                "  mkdir -p ci/target/surefire-reports",
                "  echo '<testsuite><testcase classname=\"a.B\" name=\"c\"/><testcase classname=\"a.B\" name=\"d\">"
                        + "<failure message=\"2 is not 3\"/></testcase><testcase classname=\"a.B\" name=\"e\"><skipped/></testcase>"
                        + "</testsuite>' >ci/target/surefire-reports/TEST-a.B.xml",
                "  echo Tests run: 3; exit 1 ;;",
                "*) install_the_command_line ;; esac");

        var forPeople = checkout.run("test");
        var forPrograms = checkout.run("test", "--json");

        assertThat(forPeople.exit()).isEqualTo(1);
        assertThat(forPeople.out()).isEqualTo("Tests run: 3\nviolated: 3 tests, 1 failed, 1 skipped\n");
        assertThat(forPrograms.exit()).isEqualTo(1);
        assertThat(forPrograms.err()).isEqualTo("Tests run: 3\n");
        assertThat(forPrograms.out())
                .contains("\"findings\":[{\"kind\":\"test\",\"where\":\"a.B.d\",\"text\":\"2 is not 3\"")
                .contains("\"tests\":3,\"skipped\":1");
    }

    @Test
    void aTestRunWithoutATestProvesNothing() throws Exception {
        var ended = checkout.run("test");

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).endsWith("undecided: no test ran\n");
    }

    @Test
    @Needs(Need.NAMESPACES)
    void aCheckoutThatCannotBeWrittenRunsIfItIsBuiltAndElseSaysWhatToDo() throws Exception {
        var unbuilt = readOnly("--version");
        checkout.run("--version");
        var built = readOnly("--version");

        assertThat(unbuilt.exit()).isEqualTo(2);
        assertThat(unbuilt.err())
                .isEqualTo("scrubjay: has to build and cannot write to "
                        + checkout.root.toRealPath().resolve("target") + "; make the checkout writable\n");
        assertThat(built.exit()).as(built.err()).isEqualTo(0);
        assertThat(built.out()).startsWith("scrubjay ");
        assertThat(built.err()).isEmpty();
    }

    @Test
    @Needs(Need.SHELLCHECK)
    void ourShellScriptsHaveNoKnownTraps() throws Exception {
        var home = Path.of(System.getProperty("scrubjay.home"));
        var shellcheck = new ProcessBuilder(
                        "shellcheck", "scrubjay", ".ci/run", "ci/benchmark", "ci/fuzz", "ci/nightly")
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(shellcheck.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(shellcheck.waitFor()).isEqualTo(0);
    }

    /// The folder that a class lies in, whose name has a space.
    private Path compile(String name, String source) throws IOException {
        var folder = Files.createDirectories(scratch.resolve("what a user adds"));
        var file = folder.resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        var compiler = ToolProvider.getSystemJavaCompiler();
        assertThat(compiler.run(null, null, null, "-cp", System.getProperty("java.class.path"), file.toString()))
                .isEqualTo(0);
        return folder;
    }

    private Checkout.Ended readOnly(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$0/scrubjay\" \"$@\"",
                checkout.root.toString()));
        command.addAll(List.of(arguments));
        return Checkout.end(checkout.start(command));
    }

    private void buildAgain(int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            checkout.touch("ci/pom.xml");
            checkout.run();
        }
    }

    private void wantJava(int version) throws IOException {
        var launcher = checkout.root.resolve("scrubjay");
        var text = Files.readString(launcher);
        assertThat(text).contains("java_min=25\n");
        Files.writeString(launcher, text.replace("java_min=25\n", "java_min=" + version + "\n"));
    }

    private void environment(Path scrubjayJavaHome, Path javaHome) {
        checkout.environment.put("SCRUBJAY_JAVA_HOME", scrubjayJavaHome.toString());
        checkout.environment.put("JAVA_HOME", javaHome.toString());
    }

    /// A pipe that whoever reads it waits at until something is written.
    private Path gate() throws IOException, InterruptedException {
        var gate = scratch.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isEqualTo(0);
        return gate;
    }

    private static void readUntil(BufferedReader lines, String wanted) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(wanted)) {
                return;
            }
        }
        throw new AssertionError("ended without saying: " + wanted);
    }
}
