package dev.scrubjay.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The workflows as they are have nothing wrong, and each rule is seen to fail on a text that was broken in
/// one place.
final class WorkflowTest {
    private static final String NAME = "pull-request.yml";
    private static final Path HOME = Path.of(System.getProperty("scrubjay.home"));
    private static final String GATE = "bash .ci/run";

    @Test
    void theWorkflowHasNoViolations() throws Exception {
        assertThat(new Workflow(HOME, NAME, text(), copy(NAME)).violations(GATE, true))
                .isEmpty();
    }

    @Test
    void theNightlyOneHasNone() throws Exception {
        var nightly = "nightly.yml";
        var text = Files.readString(HOME.resolve("ci/pipelines").resolve(nightly));

        assertThat(new Workflow(HOME, nightly, text, copy(nightly)).violations("bash ci/nightly", false))
                .isEmpty();
    }

    private static String copy(String name) throws Exception {
        return Files.readString(HOME.resolve(".github/workflows").resolve(name));
    }

    @Test
    void theCopyIsTheSame() throws Exception {
        assertThat(new Workflow(HOME, NAME, text(), text() + "\n").violations(GATE, true))
                .containsExactly("ci/pipelines/pull-request.yml: the copy that GitHub reads differs: "
                        + "cp ci/pipelines/pull-request.yml .github/workflows/");
    }

    @Test
    void theGateIsRun() throws Exception {
        breaks("run: bash .ci/run", "run: bash .ci/run || true", "no step runs 'bash .ci/run', which decides");
    }

    @Test
    void actionsArePinned() throws Exception {
        var pin = "d9f48fc87bc235f7e214acf696ca5abc0a986f16 # v6.4.2";
        for (var loose : List.of("v6.4.2 # v6.4.2", "d9f48fc # v6.4.2", "d9f48fc87bc235f7e214acf696ca5abc0a986f16")) {
            breaks(pin, loose, "action mikepenz/action-junit-report@" + loose.replaceAll(" .*", "") + " is not pinned");
        }
    }

    @Test
    void bashCanReadEveryCommand() throws Exception {
        breaks("'/googletagmanager/d'", "'/googletagmanager/d", "bash cannot read a run step; correct it: ");
    }

    @Test
    void jobsEnd() throws Exception {
        breaks("timeout-minutes: 30", "continue-on-error: false", "give it timeout-minutes");
    }

    @Test
    void permissionsAreNamed() throws Exception {
        var ofAll = "\npermissions:\n  contents: read\n";
        var ofJob = "    permissions:\n      contents: read\n      checks: write";
        breaks(ofAll, "\n", "permissions are the repository's default");
        breaks(ofAll, "\npermissions: write-all\n", "permissions are 'write-all'");
        breaks(ofJob, "    permissions: write-all", "permissions are 'write-all'");
    }

    @Test
    void namedFilesAreThere() throws Exception {
        var run = "run: bash .ci/run\n";
        var gone = run + "      - run: ./scrubjay test >target/log; sh ci/gone.sh\n";
        breaks(run, gone, "a run step names ci/gone.sh, which is not in the repository");
    }

    @Test
    void resultsOutliveFailure() throws Exception {
        for (var name : List.of("Publish the test results", "Upload the test results")) {
            breaks(name + "\n        if: ${{ !cancelled() }}", name, "step '" + name + "' is left out");
        }
    }

    @Test
    void resultsAreWhereTheBuildWritesThem() throws Exception {
        var surefire = "ci/target/surefire-reports/TEST-a.xml";
        var failsafe = "ci/target/failsafe-reports/TEST-a.xml";
        breaks("'**/target/*-reports/", "'**/target/surefire-reports/", "no report_paths match " + failsafe);
        breaks("'**/target/*-reports/", "'**/target/failsafe-reports/", "no report_paths match " + surefire);
        breaks("  **/target/*-reports/TEST-*.xml\n", "", "no upload takes " + surefire, "no upload takes " + failsafe);
        breaks("  target/allure-results\n", "", "no upload takes target/allure-results/a-result.json");
        breaks(
                "awesome target/allure-results",
                "awesome",
                "no step makes the Allure report from target/allure-results");
        breaks("path: failures/**", "path: failure/**", "no upload takes failures/", "nothing writes failure/**");
        breaks("path: target/allure-report/", "path: target/", "nothing writes target/allure-report.html");
    }

    @Test
    void theCacheDependsOnThePoms() throws Exception {
        breaks("cache-dependency-path: '**/pom.xml'", "cache-dependency-path: LICENSE", "no cache depends on the poms");
        breaks("cache: maven\n          cache-dependency-path", "unused", "no cache depends on the poms");
    }

    /// The copy is broken with the original, so that only the rule in question speaks, once for each text
    /// expected.
    private static void breaks(String replaced, String replacement, String... expected) throws Exception {
        assertThat(text()).containsOnlyOnce(replaced);
        var broken = text().replace(replaced, replacement);
        var violations = new Workflow(HOME, NAME, broken, broken).violations(GATE, true);
        assertThat(violations).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(violations.get(i))
                    .startsWith("ci/pipelines/pull-request.yml: ")
                    .contains(expected[i]);
        }
    }

    private static String text() throws Exception {
        return Files.readString(HOME.resolve("ci/pipelines").resolve(NAME));
    }
}
