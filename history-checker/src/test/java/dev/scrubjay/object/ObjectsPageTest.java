package dev.scrubjay.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scrubjay.checker.Checker;
import dev.scrubjay.checker.Limits;
import dev.scrubjay.checker.Verdict;
import dev.scrubjay.history.Histories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What `docs/objects.md` shows is so.
final class ObjectsPageTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("### `([^`]+)`\n(?:(?!```|###).*\n)+```edn\n((?:\\{.*\n)+)```");

    @Test
    void everyObjectHasItsPlaceOnThePage() throws IOException {
        var page = page();

        assertThat(SequentialObjects.names())
                .allMatch(name -> page.contains("\n### `" + name + "`\n") || name.equals("cas-register"));
    }

    @Test
    void everyExampleIsLinearizable() throws IOException {
        var names = new TreeSet<>(SequentialObjects.names());
        names.removeAll(List.of("cas-register", "clojure", "java"));
        var examples = examples();

        assertThat(examples.keySet()).isEqualTo(names);
        examples.forEach((name, history) -> {
            var object = SequentialObjects.named(name.equals("independent") ? "independent:register" : name);
            assertThat(new Checker(object, Limits.standard()).check(Histories.parse(history, name)))
                    .as(name)
                    .isInstanceOf(Verdict.Linearizable.class);
        });
    }

    private static Map<String, String> examples() throws IOException {
        var examples = new TreeMap<String, String>();
        EXAMPLE.matcher(page()).results().forEach(match -> examples.put(match.group(1), match.group(2)));
        return examples;
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("scrubjay.home"), "docs", "objects.md"));
    }
}
