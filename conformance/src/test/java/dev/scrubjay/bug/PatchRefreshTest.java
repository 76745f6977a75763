package dev.scrubjay.bug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.scrubjay.specs.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Patches that are brought up to date, and those that cannot be.
final class PatchRefreshTest {
    @TempDir
    Path folder;

    @Test
    void aPatchWhoseSurroundingsChangedIsWrittenAnewAndOnlyThat() throws Exception {
        var bugs = Bugs.in(folder).spec("01-broken", Bugs.BROKEN).spec("02-harmless", Bugs.HARMLESS);
        var refresh = new PatchRefresh(bugs.home(), bugs.temporary());
        // In the form that git gives them, once.
        refresh.refresh(BugBank.open(bugs.bank()).bugs());
        assertThat(refresh.refresh(BugBank.open(bugs.bank()).bugs())).isEmpty();
        var before = Files.readString(bugs.bank().resolve("01-broken/spec.patch"));

        replace(bugs, "VARIABLE lamp\n", "\\* A lamp.\nVARIABLE lamp, other\n");
        var written = refresh.refresh(BugBank.open(bugs.bank()).bugs());

        assertThat(written)
                .containsExactly(
                        bugs.bank().resolve("01-broken/spec.patch"), bugs.bank().resolve("02-harmless/spec.patch"));
        var after = Files.readString(written.getFirst());
        assertThat(after)
                .isNotEqualTo(before)
                .contains(" VARIABLE lamp, other\n")
                .contains("ELSE \"broken\"");
        assertThat(BugBank.open(bugs.bank())
                        .bugs()
                        .getFirst()
                        .specPatch()
                        .orElseThrow()
                        .lines())
                .isEqualTo(2);
        assertThat(bugs.temporary()).isEmptyDirectory();
    }

    @Test
    void aPatchWhoseOwnLinesAreGoneIsRefusedAndStays() throws Exception {
        var bugs = Bugs.in(folder).spec("01-broken", Bugs.BROKEN);
        replace(bugs, "ELSE \"on\"", "ELSE \"bright\"");

        assertThatThrownBy(() -> new PatchRefresh(bugs.home(), bugs.temporary())
                        .refresh(BugBank.open(bugs.bank()).bugs()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(bugs.bank().resolve("01-broken/spec.patch") + ": fits nowhere any more (")
                .hasMessageEndingWith("); write it anew");
        assertThat(bugs.bank().resolve("01-broken/spec.patch")).hasContent(Bugs.BROKEN);
    }

    private static void replace(Bugs bugs, String one, String other) throws IOException {
        var file = bugs.home().resolve("specs/Lamp.tla");
        var text = Files.readString(file);
        assertThat(text).contains(one);
        Files.writeString(file, text.replace(one, other));
    }
}
