package dev.scrubjay.bug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small checkout and a small bank, written by a test.
record Bugs(Path folder) {
    /// Goes on and off, and never breaks.
    private static final String LAMP = """
            ---- MODULE Lamp ----
            VARIABLE lamp
            Init == lamp = "off"
            Next == lamp' = IF lamp = "on" THEN "off" ELSE "on"
            KnownInv == lamp \\in {"on", "off"}
            ====
            """;

    /// Leaves the lamp in a state that it must not have.
    static final String BROKEN = specPatch("ELSE \"on\"", "ELSE \"broken\"");

    /// Leaves the lamp dark for ever.
    static final String DARK = specPatch("ELSE \"on\"", "ELSE \"off\"");

    /// Another formula that means the same.
    static final String HARMLESS = specPatch("lamp = \"on\" THEN", "lamp # \"off\" THEN");

    static Bugs in(Path folder) throws IOException {
        var bugs = new Bugs(folder);
        Files.createDirectories(bugs.home().resolve("specs"));
        Files.createDirectories(bugs.temporary());
        Files.writeString(bugs.home().resolve("specs/Lamp.tla"), LAMP);
        Files.writeString(bugs.home().resolve("specs/Lamp.cfg"), "INIT Init\nNEXT Next\nINVARIANT KnownInv\n");
        return bugs;
    }

    private static String specPatch(String good, String bad) {
        var before = "Next == lamp' = IF lamp = \"on\" THEN \"off\" ELSE \"on\"";
        return """
                --- a/specs/Lamp.tla
                +++ b/specs/Lamp.tla
                @@ -3,3 +3,3 @@
                 Init == lamp = "off"
                -%s
                +%s
                 KnownInv == lamp \\in {"on", "off"}
                """.formatted(before, before.replace(good, bad));
    }

    Bugs file(String name, String text) throws IOException {
        var file = bank().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /// A bug that the model check must catch.
    Bugs spec(String name, String patch) throws IOException {
        return file(
                        name + "/bug.md",
                        "# The lamp breaks\n\nCaught by: model check\nBreaks: KnownInv\n\nEverybody had one.\n")
                .file(name + "/spec.patch", patch);
    }

    Path home() {
        return folder.resolve("home");
    }

    Path bank() {
        return folder.resolve("bank");
    }

    /// Where the runner may write while it runs.
    Path temporary() {
        return folder.resolve("temporary");
    }

    BugRunner runner() {
        return new BugRunner(home(), temporary(), BugRunner.Scope.ALL);
    }
}
