package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Finds out in a single run which of a model's `reach` invariants fail.
///
/// TLC stops at the first invariant that fails, and those of `reach` all must. So the model is wrapped in a
/// module with one invariant that always holds and, where one of them fails for the first time, prints its
/// name. Each worker of TLC has registers of its own, so a name may come once from each.
final class ReachModule {
    static final String NAME = "ScrubjayReach";

    /// Registers that a specification of somebody's own is not likely to use.
    private static final int REGISTER = 1_000_000;

    private ReachModule() {}

    /// Writes the module and its configuration into a folder.
    static void write(Model model, Path folder) throws IOException {
        Files.writeString(folder.resolve(NAME + ".tla"), module(Model.withoutEnding(model.module()), model.reach()));
        Files.writeString(
                folder.resolve(NAME + ".cfg"), Files.readString(model.config()) + "\nINVARIANT " + NAME + "Inv\n");
    }

    private static String module(String extended, List<String> reach) {
        var text = new StringBuilder();
        text.append("---- MODULE ").append(NAME).append(" ----\n");
        text.append("EXTENDS ").append(extended).append(", TLC\n");
        for (int i = 0; i < reach.size(); i++) {
            text.append("ASSUME TLCSet(").append(REGISTER + i).append(", FALSE)\n");
        }
        text.append(NAME).append("Inv ==\n");
        for (int i = 0; i < reach.size(); i++) {
            var register = REGISTER + i;
            text.append("  /\\ \\/ TLCGet(").append(register).append(")\n");
            text.append("     \\/ ").append(reach.get(i)).append("\n");
            text.append("     \\/ TLCSet(").append(register).append(", TRUE) /\\ PrintT(<<\"reached\", \"");
            text.append(reach.get(i)).append("\">>)\n");
        }
        return text.append("====\n").toString();
    }
}
