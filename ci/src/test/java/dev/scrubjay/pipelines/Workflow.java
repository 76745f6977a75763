package dev.scrubjay.pipelines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A workflow of GitHub Actions, and what is wrong with it.
///
/// GitHub says nothing of most such mistakes: a report of files that are not there is an empty report, and a
/// cache whose key never changes is a cache of last year's libraries.
final class Workflow {
    private static final String POMS = "**/pom.xml";
    private static final Pattern PINNED = Pattern.compile("[^@]+@[0-9a-f]{40}");
    private static final Pattern ALLURE_FOLDER =
            Pattern.compile("<allure.results.directory>\\$\\{maven.multiModuleProjectDirectory}/(.+)</allure");
    /// A word of a command that can only be a path in the repository: no quote or dash in front, and a
    /// folder.
    private static final Pattern PATH = Pattern.compile("[\\w.][\\w.-]*(/[\\w.-]+)+");

    private final Path home;
    private final String file;
    private final String text;
    private final List<String> violations = new ArrayList<>();

    /// @param text what the file of this name in `ci/pipelines` holds
    /// @param copy what the file of this name in `.github/workflows` holds
    Workflow(Path home, String name, String text, String copy) {
        this.home = home;
        this.file = "ci/pipelines/" + name;
        this.text = text;
        require(text.equals(copy), "the copy that GitHub reads differs: cp " + file + " .github/workflows/");
    }

    /// One line each, with the remedy. To be called once.
    ///
    /// @param deciding the command that decides
    /// @param publishes whether it is to show what the tests found
    List<String> violations(String deciding, boolean publishes) throws IOException, InterruptedException {
        var root = map(new Load(LoadSettings.builder().build()).loadFromString(text));
        require(root.get("permissions") != null, "permissions are the repository's default: add contents: read");
        permissionsAreNamed(root);
        var steps = new ArrayList<Map<?, ?>>();
        for (var value : map(root.get("jobs")).values()) {
            var job = map(value);
            permissionsAreNamed(job);
            require(job.get("timeout-minutes") != null, "a job may hang for six hours: give it timeout-minutes");
            if (job.get("steps") instanceof List<?> list) {
                list.forEach(step -> steps.add(map(step)));
            }
        }
        for (var step : steps) {
            actionIsPinned(string(step, "uses"));
            bashCanRead(string(step, "run"));
            filesAreThere(words(step));
            resultsOutliveFailure(step);
        }
        var isRun = steps.stream().anyMatch(step -> string(step, "run").strip().equals(deciding));
        require(isRun, "no step runs '" + deciding + "', which decides: add one");
        if (publishes) {
            resultsAreWhereTheBuildWritesThem(steps);
        }
        cacheDependsOnPoms(steps);
        return List.copyOf(violations);
    }

    private void permissionsAreNamed(Map<?, ?> owner) {
        var all = string(owner, "permissions");
        require(all.isEmpty(), "permissions are '" + all + "': name each one needed, beginning with contents: read");
    }

    /// A tag can be moved to other code by whoever takes over the action; a commit cannot.
    private void actionIsPinned(String action) {
        var isPinned = PINNED.matcher(action).matches() && text.contains(action + " # v");
        require(
                action.isEmpty() || isPinned,
                "action " + action
                        + " is not pinned: name the commit by 40 hexadecimal digits, then '# v' and its version");
    }

    private void bashCanRead(String command) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("bash", "-n", "-c", command).redirectErrorStream(true);
        var process = bash.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        require(process.waitFor() == 0, "bash cannot read a run step; correct it: " + said);
    }

    /// What lies in `target` is made by the build, and is not there yet.
    private void filesAreThere(List<String> words) {
        words.stream()
                .filter(word -> PATH.matcher(word).matches() && !word.startsWith("target/"))
                .forEach(path -> require(
                        Files.exists(home.resolve(path)),
                        "a run step names " + path + ", which is not in the repository: add it or correct the step"));
    }

    private void resultsOutliveFailure(Map<?, ?> step) {
        var condition = string(step, "if");
        require(
                (reported(step).isEmpty() && uploaded(step).isEmpty())
                        || Stream.of("always()", "!cancelled()", "failure()").anyMatch(condition::contains),
                "step '" + step.get("name") + "' is left out when the checks fail: add if: ${{ !cancelled() }}");
    }

    private void resultsAreWhereTheBuildWritesThem(List<Map<?, ?>> steps) throws IOException {
        var pom = ALLURE_FOLDER.matcher(Files.readString(home.resolve("pom.xml")));
        var allure = pom.find() ? pom.group(1) : "the folder that pom.xml no longer names";
        var junit = List.of("ci/target/surefire-reports/TEST-a.xml", "ci/target/failsafe-reports/TEST-a.xml");
        var written = new ArrayList<>(junit);
        written.addAll(List.of(allure + "/a-result.json", "failures/a.scenario"));
        var reported = each(steps, Workflow::reported);
        var uploaded = each(steps, Workflow::uploaded);
        var words = each(steps, Workflow::words);

        junit.forEach(
                made -> require(takes(reported, made), "no report_paths match " + made + ": add a pattern that does"));
        written.forEach(made -> require(takes(uploaded, made), "no upload takes " + made + ": add its path to one"));
        for (var path : Stream.concat(reported.stream(), uploaded.stream()).toList()) {
            var isWritten = written.stream().anyMatch(made -> takes(List.of(path), made));
            require(isWritten || words.contains(path), "nothing writes " + path + ", to be published: correct it");
        }
        require(
                words.contains(allure),
                "no step makes the Allure report from " + allure + ": correct the one that should");
    }

    private void cacheDependsOnPoms(List<Map<?, ?>> steps) {
        var keys = steps.stream()
                .map(step -> map(step.get("with")))
                .filter(with -> with.get("cache") != null || with.get("key") != null)
                .map(with -> string(with, "cache-dependency-path") + string(with, "key"))
                .toList();
        var allDepend = keys.stream().allMatch(key -> key.contains(POMS));
        require(
                !keys.isEmpty() && allDepend,
                "no cache depends on the poms: add cache-dependency-path: '" + POMS + "'");
    }

    private void require(boolean holds, String violation) {
        if (!holds) {
            violations.add(file + ": " + violation.strip().replace('\n', ' '));
        }
    }

    private static boolean takes(List<String> patterns, String path) {
        return patterns.stream()
                .anyMatch(pattern -> path.startsWith(pattern + "/")
                        || FileSystems.getDefault()
                                .getPathMatcher("glob:" + pattern)
                                .matches(Path.of(path)));
    }

    private static List<String> each(List<Map<?, ?>> steps, Function<Map<?, ?>, List<String>> part) {
        return steps.stream().flatMap(step -> part.apply(step).stream()).toList();
    }

    private static List<String> reported(Map<?, ?> step) {
        return string(map(step.get("with")), "report_paths").lines().toList();
    }

    private static List<String> uploaded(Map<?, ?> step) {
        var isUpload = string(step, "uses").startsWith("actions/upload-artifact@");
        return isUpload ? string(map(step.get("with")), "path").lines().toList() : List.of();
    }

    private static List<String> words(Map<?, ?> step) {
        return List.of(string(step, "run").split("[\\s;|&()]+", -1));
    }

    private static String string(Map<?, ?> map, String key) {
        return map.get(key) instanceof String string ? string : "";
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
