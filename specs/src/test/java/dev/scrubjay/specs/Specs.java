package dev.scrubjay.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of specifications, written by a test.
record Specs(Path folder) {
    /// Counts to three. The properties beside it hold or break in different ways.
    static final String COUNTER = """
            ---- MODULE Counter ----
            EXTENDS Naturals
            VARIABLES count, colours
            vars == <<count, colours>>
            Init == count = 0 /\\ colours = {"red"}
            Up == count < 3 /\\ count' = count + 1 /\\ UNCHANGED colours
            Down == count > 5 /\\ count' = count - 1 /\\ UNCHANGED colours
            Rest == count = 3 /\\ UNCHANGED vars
            Next == Up \\/ Down
            Spec == Init /\\ [][Next]_vars /\\ WF_vars(Up)
            Restful == Init /\\ [][Up \\/ Rest]_vars /\\ WF_vars(Up)
            AtMostThreeInv == count <= 3
            BelowTwoInv == count < 2
            NeverZeroInv == count # 0
            UnknownColourInv == count < 2 \\/ colours["red"]
            NeverThreeProp == [][count' # 3]_vars
            AlwaysBackProp == []<>(count = 0)
            ReachThreeInv == count # 3
            ReachFourInv == count # 4
            ReachTenInv == count # 10
            Nowhere == Init /\\ count = 1
            ====
            """;

    Specs file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    Specs counter(String config) throws IOException {
        return file("Counter.tla", COUNTER).file("Counter.cfg", config);
    }

    Specs manifest(String entry) throws IOException {
        return file("manifest.json", "{\"manifest\": 1, \"models\": [" + entry + "]}");
    }

    /// What TLC makes of the only model here.
    ModelResult check() throws IOException, InterruptedException {
        var models = SpecsFolder.open(folder).models();
        assert models.size() == 1;
        return checker(Tlc.bundled()).check(models.getFirst(), (distinctStates, waiting) -> {});
    }

    ModelChecker checker(Tlc tlc) throws IOException {
        return new ModelChecker(tlc, 1, Files.createDirectories(temporary()));
    }

    /// Where the checker may write while it runs.
    Path temporary() {
        return folder.resolveSibling("temporary");
    }
}
