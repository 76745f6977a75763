package dev.scrubjay.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the tree that a test can hold. The tree as it is keeps them all, and each is seen to fail on
/// one that does not.
final class TidyTest {
    @TempDir
    Path folder;

    record Rule(String name, Function<Tree, List<String>> check) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule("the top level is the one of the design", LayoutRules::topLevel),
                new Rule("arrows between modules", LayoutRules::moduleArrows),
                new Rule("versions are in the parent pom", LayoutRules::versionsInTheParent),
                new Rule("packages say what they are", LayoutRules::packages),
                new Rule("arrows between packages", CodeRules::packageArrows),
                new Rule("the protocol is pure", CodeRules::purity),
                new Rule("no paths of a machine", TextRules::machinePaths),
                new Rule("no hosts of registries", TextRules::registryHosts),
                new Rule("no sleeping tests", TextRules::sleepingTests),
                new Rule("no needs on properties", TextRules::needsOnProperties),
                new Rule("no rows that are comments", TextRules::rowsThatAreComments),
                new Rule("no long files", TextRules::longFiles),
                new Rule("no long comments", TextRules::longComments),
                new Rule("every model is listed", SpecRules::everyModelIsListed),
                new Rule("every action happens somewhere", SpecRules::everyActionHappensSomewhere),
                new Rule("specifications have headers", SpecRules::everyFileBeginsWithAHeader),
                new Rule("names of invariants", SpecRules::namesOfInvariants),
                new Rule("every action is cited", CitationRules::everyActionIsCited),
                new Rule("every citation resolves", CitationRules::everyCitationResolves),
                new Rule("documented commands exist", DocRules::documentedCommands),
                new Rule("the reference is the help", TidyTest::reference),
                new Rule("links lead somewhere", DocRules::links));
    }

    private static List<String> reference(Tree tree) {
        return DocRules.reference(tree, Boolean.getBoolean(DocRules.REWRITE_PROPERTY));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ourTreeIsTidy(Rule rule) {
        assertThat(rule.check().apply(new Tree(Path.of(System.getProperty("scrubjay.home")))))
                .isEmpty();
    }

    /// A walk that saw nothing would find nothing wrong.
    @Test
    void theWalkSeesTheTree() {
        var ours = new Tree(Path.of(System.getProperty("scrubjay.home")));

        assertThat(ours.files())
                .hasSizeGreaterThan(50)
                .noneMatch(file -> file.toString().contains("/target/"));
        assertThat(ours.files("pom.xml")).hasSize(8);
        for (var module : Tree.MODULES) {
            assertThat(CodeRules.compiled(ours, module)).as("compiled classes").isNotEmptyDirectory();
        }
    }

    @Test
    void aNewFolderAtTheTopIsRefused() throws IOException {
        file("tools/run.sh", "").file("specs/a.tla", "").file(".gitignore", "").file("target/x", "");

        assertThat(LayoutRules.topLevel(tree()))
                .singleElement()
                .asString()
                .startsWith("tools: has no place at the top");
    }

    @Test
    void anArrowBetweenModulesThatRunsTheWrongWayIsRefused() throws IOException {
        pom("impl", "scrubjay-conformance", "compile").pom("specs", "scrubjay-impl", "test");
        pom("ci", "scrubjay-conformance", "compile").pom("history-checker", "scrubjay-testing", "test");

        assertThat(LayoutRules.moduleArrows(tree()))
                .containsExactly(
                        "impl/pom.xml: impl may not use conformance outside its tests; move the code to where the arrow points, "
                                + "see ARCHITECTURE.md",
                        "specs/pom.xml: specs may not use impl; move the code to where the arrow points, see ARCHITECTURE.md");
        pom("conformance", "scrubjay-testing", "compile");
        assertThat(LayoutRules.moduleArrows(tree())).anyMatch(line -> line.startsWith("conformance/pom.xml"));
    }

    @Test
    void aVersionOutsideTheParentIsRefused() throws IOException {
        file(
                "impl/pom.xml",
                "<project><parent><version>1</version></parent><dependencies><dependency>"
                        + "<artifactId>a</artifactId><version>2.3</version></dependency></dependencies></project>");

        assertThat(LayoutRules.versionsInTheParent(tree()))
                .containsExactly("impl/pom.xml: version 2.3 belongs into the parent pom");
    }

    @Test
    void aPackageThatDoesNotSayWhatItIsOrLiesInsideAnotherIsRefused() throws IOException {
        var source = "impl/src/main/java/dev/scrubjay/";
        file(source + "log/Log.java", "package dev.scrubjay.log;");
        file(source + "state/State.java", "").file(source + "state/package-info.java", "package dev.scrubjay.state;");
        file(source + "node/package-info.java", "/// Runs.\n@NullMarked package dev.scrubjay.node;");
        file(source + "node/inner/package-info.java", "/// Runs.\n@NullMarked package dev.scrubjay.node.inner;");

        assertThat(LayoutRules.packages(tree()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith(source + "log: no package-info.java"))
                .anyMatch(line -> line.startsWith(source + "state/package-info.java: begin with ///"))
                .anyMatch(line -> line.startsWith(source + "node/inner: a package inside dev/scrubjay/node"));
    }

    @Test
    void anActionThatTheCodeDoesNotCiteOnceIsRefused() throws IOException {
        file("specs/ReplicationGroup.tla", """
                Helper == 1
                Send(m) == messages' = m
                Stand(r) == Helper /\\ Send(r) /\\ x' = 1
                Lead(r) == UNCHANGED x
                Candidate(r) == Stand(r) \\/ Lead(r)
                Next == \\E r \\in Replica : Candidate(r)
                """);
        file("specs/trace/ReplicationGroupTrace.tla", "CASE e.action = \"Stand\" -> Stand(r)");
        file(
                "impl/src/main/java/dev/scrubjay/trace/TraceEvent.java",
                "interface TraceEvent {\n    record Stand() {}\n    record Lead() {}\n}");
        file(
                "impl/src/main/java/A.java",
                "    /// Spec: ReplicationGroup!Stand\n    /// Spec: ReplicationGroup!Stand\n");
        file("impl/src/test/java/B.java", "    /// Spec test: ReplicationGroup!Led\n");

        assertThat(CitationRules.everyActionIsCited(tree()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("specs/ReplicationGroup.tla: Stand is cited 2 times"))
                .anyMatch(line -> line.startsWith("specs/ReplicationGroup.tla: Lead is cited 0 times"))
                .anyMatch(line -> line.startsWith("specs/ReplicationGroup.tla: Lead has no line in the trace"));
        assertThat(CitationRules.everyCitationResolves(tree()))
                .containsExactly("impl/src/test/java/B.java: there is no Led in specs/ReplicationGroup.tla");
    }

    @Test
    void anArrowBetweenPackagesThatRunsTheWrongWayIsRefused() throws IOException {
        compile("impl", "dev.scrubjay.value.Slot", "public record Slot(long number) {}");
        compile("impl", "dev.scrubjay.message.Accept", "public record Accept(dev.scrubjay.value.Slot slot) {}");
        assertThat(CodeRules.packageArrows(tree())).isEmpty();

        compile("impl", "dev.scrubjay.value.Turned", "class Turned { dev.scrubjay.message.Accept[] accepts; }");
        compile("impl", "dev.scrubjay.utilities.Strings", "class Strings {}");
        compile("specs", "dev.scrubjay.log.Segment", "class Segment {}");

        assertThat(CodeRules.packageArrows(tree()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("dev.scrubjay.value.Turned: value may not use message"))
                .anyMatch(line -> line.startsWith("impl: package utilities is not in the picture"))
                .anyMatch(line -> line.startsWith("specs: package log is not in the picture of this module"));
    }

    @Test
    void aClockAFileAThreadOrChanceInTheProtocolIsRefused() throws IOException {
        compile(
                "impl",
                "dev.scrubjay.protocol.Rules",
                "class Rules { long slot; java.util.TreeMap<Long, String> log; }");
        compile("impl", "dev.scrubjay.system.Clocks", "class Clocks { long now() { return System.nanoTime(); } }");
        assertThat(CodeRules.purity(tree())).isEmpty();

        compile(
                "impl",
                "dev.scrubjay.protocol.Late",
                "class Late { long now() { return System.currentTimeMillis(); } }");
        compile("impl", "dev.scrubjay.value.Lucky", "class Lucky { java.util.Random random; }");
        compile("impl", "dev.scrubjay.trace.Writer", "class Writer { void write(java.nio.file.Path to) {} }");
        compile("impl", "dev.scrubjay.message.Busy", "class Busy { void run() { new Thread().start(); } }");
        compile("impl", "dev.scrubjay.protocol.Dice", "class Dice { double roll() { return Math.random(); } }");

        assertThat(CodeRules.purity(tree()))
                .anyMatch(
                        line -> line.equals(
                                "dev.scrubjay.protocol.Late: calls java.lang.System.currentTimeMillis; the time is an argument of step"))
                .anyMatch(line -> line.startsWith("dev.scrubjay.value.Lucky: names java.util.Random;"))
                .anyMatch(line -> line.startsWith("dev.scrubjay.trace.Writer: names java.nio.file.Path;"))
                .anyMatch(line -> line.startsWith("dev.scrubjay.message.Busy: names java.lang.Thread;"))
                .anyMatch(line -> line.startsWith("dev.scrubjay.protocol.Dice: calls java.lang.Math.random;"));
    }

    @Test
    void aPathOfAMachineIsRefused() throws IOException {
        file("docs/a.md", "fine: /usr/lib/jvm, ~/.m2, a/ro" + "ot/b, ${HOME}/wo" + "rk\n");
        assertThat(TextRules.machinePaths(tree())).isEmpty();

        file("docs/b.md", "one\nsee /wo" + "rk/main\n")
                .file("c.sh", "cd /ho" + "me/ann/x")
                .file("d.sh", "ls '/ro" + "ot'");

        assertThat(TextRules.machinePaths(tree()))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("docs/b.md:2: "))
                .allMatch(line -> line.endsWith("is a path of one machine; say it relative to the checkout"));
    }

    @Test
    void aHostOfARegistryIsRefused() throws IOException {
        file("pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"/>");
        assertThat(TextRules.registryHosts(tree())).isEmpty();

        file("a.xml", "<url>https://re" + "po.maven.apache.org/maven2</url>")
                .file("b.json", "https://registry.npm" + "js.org/x");

        assertThat(TextRules.registryHosts(tree())).hasSize(2);
    }

    @Test
    void aTestThatSleepsOrIsSwitchedOffIsRefused() throws IOException {
        file("impl/src/main/java/A.java", "Thread.sle" + "ep(1);");
        assertThat(TextRules.sleepingTests(tree())).isEmpty();

        file("impl/src/test/java/A.java", "Thread.sle" + "ep(1);\n@Disab" + "led");

        assertThat(TextRules.sleepingTests(tree())).hasSize(2);
    }

    @Test
    void aNeedOnAPropertyIsRefused() throws IOException {
        file("impl/src/test/java/A.java", "@Test @Needs(Need.NAMESPACES) void a() {}\n@Prop" + "erty void b() {}");
        assertThat(TextRules.needsOnProperties(tree())).isEmpty();

        file("impl/src/test/java/B.java", "@Needs(Need.NAMESPACES)\n@Prop" + "erty void a() {}");
        file("impl/src/test/java/C.java", "@Prop" + "erty(tries = 3)\n@Needs(Need.NAMESPACES) void a() {}");

        assertThat(TextRules.needsOnProperties(tree())).hasSize(2);
    }

    @Test
    void aRowThatIsACommentToJUnitIsRefused() throws IOException {
        file("impl/src/test/java/A.java", """
                @CsvSource(delimiter = '|', textBlock = \"\"\"
                    '# quoted' | 1
                    # a row    | 2
                    \"\"\")
                    # behind
                """);

        assertThat(TextRules.rowsThatAreComments(tree()))
                .singleElement()
                .asString()
                .startsWith("impl/src/test/java/A.java:3: ");
    }

    @Test
    void aFileThatIsTooLongIsRefused() throws IOException {
        file("impl/src/main/java/A.java", "line\n".repeat(600)).file("impl/src/main/java/B.java", "line\n".repeat(601));

        assertThat(TextRules.longFiles(tree())).singleElement().asString().startsWith("impl/src/main/java/B.java");
    }

    @Test
    void aCommentThatTheFormatterWouldBreakIsRefused() throws IOException {
        file("impl/src/main/java/A.java", "/// " + "a".repeat(106) + "\nvar text = \"" + "b".repeat(120) + "\";");
        assertThat(TextRules.longComments(tree())).isEmpty();

        file("impl/src/main/java/B.java", "\n    /// " + "a".repeat(103));

        assertThat(TextRules.longComments(tree()))
                .singleElement()
                .asString()
                .startsWith("impl/src/main/java/B.java:2: ");
    }

    @Test
    void aModelThatIsNotListedOrNamedOrIntroducedIsRefused() throws IOException {
        file("specs/manifest.json", """
                {"manifest": 1, "models": [{"module": "models/M.tla", "config": "models/M.smoke.cfg", "tier": "smoke",
                 "mode": "exhaustive", "expected": "holds", "reach": ["NeverInv"]}]}""");
        file("specs/models/M.tla", "---- MODULE M ----\nVARIABLE x\n====");
        file("specs/models/M.smoke.cfg", "\\* Small.\nINVARIANTS TypeOK Safe GoodInv\nPROPERTY Moves\n");
        file("specs/models/M.large.cfg", "INIT Init\n");

        assertThat(SpecRules.everyModelIsListed(tree()))
                .containsExactly(
                        "specs/models/M.large.cfg: not in specs/manifest.json; list it with its expected number of states");
        assertThat(SpecRules.everyFileBeginsWithAHeader(tree()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("specs/models/M.large.cfg: "))
                .anyMatch(line -> line.startsWith("specs/models/M.tla: "));
        assertThat(SpecRules.namesOfInvariants(tree()))
                .containsExactly(
                        "specs/models/M.smoke.cfg: call invariant Safe ...Inv",
                        "specs/models/M.smoke.cfg: call property Moves ...Prop",
                        "specs/models/M.smoke.cfg: call invariant NeverInv Reach...Inv");
    }

    @Test
    void anActionThatEveryModelLeavesOutIsRefused() throws IOException {
        var model = """
                {"module": "models/M.tla", "config": "models/%s.cfg", "tier": "smoke", "mode": "exhaustive",
                 "expected": "holds", "leavesOut": [%s]}""";
        file("specs/models/M.tla", "").file("specs/models/one.cfg", "").file("specs/models/two.cfg", "");
        file(
                "specs/manifest.json",
                "{\"manifest\": 1, \"models\": [" + model.formatted("one", "\"PowerOff\", \"Ask\"") + ","
                        + model.formatted("two", "\"PowerOff\"") + "]}");

        assertThat(SpecRules.everyActionHappensSomewhere(tree()))
                .containsExactly("specs/models/M.tla: all its models leave out PowerOff; add one in which it happens");
    }

    @Test
    void aCommandThatDoesNotExistIsRefusedWhereverItIsShown() throws IOException {
        file(
                "README.md",
                "Run `./scrubjay check-specs --tier quick`.\n```\n./scrubjay test\n./scrubjay COMMAND [OPTION ...]\n```\n");
        assertThat(DocRules.documentedCommands(tree())).isEmpty();

        file("docs/a.md", "```\n./scrubjay fly\n```\nor `./scrubjay check-specs --loud`\n");

        assertThat(DocRules.documentedCommands(tree()))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("docs/a.md: './scrubjay fly' does not work"))
                .anyMatch(line -> line.startsWith("docs/a.md: './scrubjay check-specs --loud' does not work"));
    }

    @Test
    void aReferenceThatIsOutOfDateIsRefused() throws IOException {
        file("docs/command-line.md", "<!-- help check-specs -->\n```\nold\n```\n<!-- help fly -->\n```\nup\n```\n");

        var commands = Cli.commandLine().getSubcommands().size();

        assertThat(DocRules.reference(tree(), false))
                .hasSize(commands + 1)
                .anyMatch(line -> line.contains("the help of check-specs is another now"))
                .anyMatch(line -> line.contains("has no block '<!-- help test -->'"))
                .anyMatch(line -> line.contains("there is no command fly"));
        assertThat(DocRules.reference(tree(), true)).hasSize(commands).noneMatch(line -> line.contains("check-specs"));
    }

    @Test
    void aLinkThatLeadsNowhereIsRefused() throws IOException {
        file("docs/a.md", "[b](b.md#part) [home](../README.md) [web](https://example.org) [gone](gone.md)");
        file("docs/b.md", "").file("README.md", "");

        assertThat(DocRules.links(tree())).containsExactly("docs/a.md: links to gone.md, which is not there");
    }

    private Tree tree() {
        return new Tree(folder);
    }

    private TidyTest file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    private TidyTest pom(String module, String dependency, String scope) throws IOException {
        return file(
                module + "/pom.xml",
                "<project><artifactId>scrubjay-" + module + "</artifactId><dependencies><dependency>" + "<artifactId>"
                        + dependency + "</artifactId><scope>" + scope
                        + "</scope></dependency></dependencies></project>");
    }

    /// Compiles one class into a module of the small tree.
    private void compile(String module, String name, String body) throws IOException {
        var classes = Files.createDirectories(CodeRules.compiled(tree(), module));
        var dot = name.lastIndexOf('.');
        var source = folder.resolve("target").resolve(name.substring(dot + 1) + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package " + name.substring(0, dot) + ";\n" + body);
        var exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classes.toString(), "-d", classes.toString(), source.toString());
        assertThat(exit).as("compiles " + name).isEqualTo(0);
    }
}
