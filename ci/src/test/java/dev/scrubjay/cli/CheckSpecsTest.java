package dev.scrubjay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `check-specs` on our own specifications, whole and broken.
final class CheckSpecsTest {
    @TempDir
    Path scratch;

    @Test
    void ourSpecificationsHold() {
        var ended = Cli.run("check-specs", "--model", "KeyValueStore.smoke");

        assertThat(ended.exit()).as(ended.out()).isEqualTo(0);
        assertThat(ended.out()).containsPattern("KeyValueStore.smoke +8,421 +8,421 .* holds\n");
        assertThat(ended.lastLine()).isEqualTo("held: 1 model, 6 invariants, 1 property");
    }

    @Test
    void aStoreThatDoesNotDeleteIsFoundOutWithTheRequestsThatShowIt() throws IOException {
        var broken = broken(
                "Without(state, key) == [k \\in DOMAIN state \\ {key} |-> state[k]]", "Without(state, key) == state");

        var ended = Cli.run("check-specs", "--dir", broken.toString(), "--model", "KeyValueStore.smoke");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).containsPattern("KeyValueStore.smoke .* violated\n");
        assertThat(ended.out()).contains("KeyValueStore.smoke: invariant LastWriteInv does not hold\n  1  Init\n");
        assertThat(ended.out()).containsPattern("  3  Send\n +sent = <<(.|\n)*kind \\|-> \"delete\"");
        assertThat(ended.out())
                .contains("reproduce: ./scrubjay check-specs --dir " + broken + " --model KeyValueStore.smoke\n");
        assertThat(ended.lastLine()).isEqualTo("violated: 1 of 1 model");
    }

    @Test
    void aProgramIsToldTheSameAsAPerson() throws IOException {
        var broken = broken(
                "Without(state, key) == [k \\in DOMAIN state \\ {key} |-> state[k]]", "Without(state, key) == state");

        var ended = Cli.run("check-specs", "--json", "--dir", broken.toString(), "--model", "KeyValueStore.smoke");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ReportSchema.violations(ended.json())).isEmpty();
        var finding = ended.json().at("/findings/0");
        assertThat(finding.path("where").asString()).isEqualTo("KeyValueStore.smoke");
        assertThat(finding.path("text").asString()).isEqualTo("invariant LastWriteInv does not hold");
        assertThat(finding.path("reproduce").asString())
                .isEqualTo("./scrubjay check-specs --dir " + broken + " --model KeyValueStore.smoke");
        var states = ended.json().at("/models/0/counterexample/states");
        assertThat(states.size()).isEqualTo(3);
        assertThat(states.path(2).path("action").asString()).isEqualTo("Send");
        assertThat(states.path(2).path("variables").path("sent").asString()).contains("\"delete\"");
    }

    /// The number of states gives away a change that breaks nothing.
    @Test
    void aRequestThatWentMissingIsFoundByTheNumberOfStates() throws IOException {
        var poorer = broken("[kind : {\"get\", \"delete\"}, key : Key]", "[kind : {\"get\"}, key : Key]");

        var ended = Cli.run("check-specs", "--json", "--dir", poorer.toString(), "--model", "KeyValueStore.smoke");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.json()
                        .path("findings")
                        .valueStream()
                        .map(finding -> finding.path("kind").asString()))
                .containsExactlyInAnyOrder("distinct-states", "unreached");
    }

    @Test
    void aModelThatIsNotThereIsAnsweredWithThoseThatAre() {
        var ended = Cli.run("check-specs", "--model", "nope");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("; there are: KeyValueStore.smoke, ").hasLineCount(1);
    }

    @Test
    void aSpecificationThatCannotBeReadIsBadInputWithFileAndLine() throws IOException {
        var broken = broken("IsState(state) ==\n", "IsState(state) =\n");

        var ended = Cli.run("check-specs", "--dir", broken.toString(), "--model", "KeyValueStore.smoke");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.out()).contains("KeyValueStore.smoke: " + broken + "/KeyValueStore.tla:");
        assertThat(ended.lastLine()).isEqualTo("bad input: 1 of 1 model");
    }

    @Test
    void specificationsOfOneIsOwnNeedNoManifest() throws IOException {
        Files.writeString(scratch.resolve("Light.tla"), """
                ---- MODULE Light ----
                VARIABLE lamp
                Init == lamp = "off"
                Next == lamp' = IF lamp = "on" THEN "off" ELSE "on"
                ====
                """);
        Files.writeString(scratch.resolve("Light.cfg"), "INIT Init\nNEXT Next\n");

        var ended = Cli.run("check-specs", "--dir", scratch.toString());

        assertThat(ended.exit()).isEqualTo(0);
        assertThat(ended.out()).containsPattern("Light +2 +any .* holds\n");
    }

    /// A copy of our specifications with one change, which must apply.
    private Path broken(String good, String bad) throws IOException {
        var copy = scratch.resolve("specs");
        try (var files = Files.walk(Cli.HOME.resolve("specs"))) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(tla|cfg|json)")
                            && !file.toString().contains("/target/"))
                    .toList()) {
                var to = copy.resolve(Cli.HOME.resolve("specs").relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        var store = copy.resolve("KeyValueStore.tla");
        var text = Files.readString(store);
        assertThat(text).contains(good);
        Files.writeString(store, text.replace(good, bad));
        return copy;
    }
}
